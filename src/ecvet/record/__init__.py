"""One value, one byte string, one address: the immutable objects that institutions sign and exchange.

The form is that of the network (docs/integrate/records.md): canonical JSON after RFC 8785, addressed by the SHA-256 of
its bytes, complete versions chained by `prev`, signatures detached. Nothing is ever updated: a correction is a new
record (R-LA-12, R-TRANS-4, R-RECOG-14).
"""

from ecvet.record.attestation import Attestation, Level, sealed
from ecvet.record.canonical import Address, Json, address, address_of, canonical, parse_canonical
from ecvet.record.lifecycle import Lifecycle, Step, StepNotPossible, StepNotYours
from ecvet.record.person import Person, PersonRef, commitment
from ecvet.record.record import Annex, Record, Recorded, RecordType, follows, from_bytes, record, to_bytes
from ecvet.record.signature import Act, Signature, SigningKey, VerificationKey, check_signature, sign
from ecvet.record.values import known_part, plain, value

__all__ = [
    "Act",
    "Address",
    "Annex",
    "Attestation",
    "Json",
    "Level",
    "Lifecycle",
    "Person",
    "PersonRef",
    "Record",
    "RecordType",
    "Recorded",
    "Signature",
    "SigningKey",
    "Step",
    "StepNotPossible",
    "StepNotYours",
    "VerificationKey",
    "address",
    "address_of",
    "canonical",
    "check_signature",
    "commitment",
    "follows",
    "from_bytes",
    "known_part",
    "parse_canonical",
    "plain",
    "record",
    "sealed",
    "sign",
    "to_bytes",
    "value",
]
