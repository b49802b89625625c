"""What can stand in the way at the journal."""

from ecvet.errors import EcvetError


class RecordUnknown(EcvetError):
    """An address or thread under which nothing is kept here."""

    code = "journal.record.unknown"
    sentence = "There is no record {name} here."
    remedy = "Check the address, or ask its author for the record."
    status = 404


class RecordOfAnotherType(EcvetError):
    """A record that exists but carries something else than what was asked for."""

    code = "journal.record.another-type"
    sentence = "The record {address} is of type {found}, not {expected}."
    remedy = "Refer to a record of the type {expected}."
    status = 409


class JournalBroken(EcvetError):
    """An entry that no longer fits into the chain: something was changed outside the platform."""

    code = "journal.chain.broken"
    sentence = "The journal is broken at entry {n}: {why}."
    remedy = "Stop writing, keep a copy of the database, and compare it with the last copy that still verifies."
    status = 500
