"""Who is concerned by an entry of the journal: the people behind the parties, as they are today.

Parties stand in records; people are found by their roles, so that whoever took over a colleague's work is told too.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from ecvet.mobility import read
from ecvet.mobility import signatories as signing
from ecvet.partnership import Signatory, Thread, outstanding, read_memorandum
from ecvet.partnership import signatories as signatories_of
from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import reading, sides
from ecvet_platform.credit.actions.sides import Party
from ecvet_platform.institutions.actions import asking, memoranda, threads
from ecvet_platform.journal import clock
from ecvet_platform.journal.chain import Entry
from ecvet_platform.mobility.actions import agreements, learners
from ecvet_platform.notices.words import Who
from ecvet_platform.people import store as accounts
from ecvet_platform.people.roles import Role

People = Iterator[Identifier]
_SECOND: Final = (Role.COORDINATOR,)


def concerned(entry: Entry, who: Iterable[Who]) -> frozenset[Identifier]:
    """The accounts of those concerned, without whoever did it. Raises what reading the subject raises."""
    found = {person for one in who for person in FIND[one](entry)}
    return frozenset(found - {entry.person})


# ------------------------------------------------------------- documents that are signed
def _missing(entry: Entry) -> People:
    known, version, among = _document(entry)
    for one in outstanding(known, version, among, clock.now()):
        yield from _behind(one, entry, version)


def _signatory(entry: Entry) -> People:
    said = json.loads(entry.detail)
    known, version, among = _document(entry)
    one = Signatory(role=said["role"], id=Identifier(said["signer"]))
    if one in outstanding(known, version, among, clock.now()):
        yield from _behind(one, entry, version)


def _parties(entry: Entry) -> People:
    if entry.verb.startswith("memorandum."):
        for one in _document(entry)[2]:
            yield from _behind(one, entry, None)
        return
    known = agreements.thread(entry.subject)
    for party in read(threads.latest(known)).value.parties:
        yield from _behind(Signatory(role=party.role.value, id=party.id), entry, None)


def _proposer(entry: Entry) -> People:
    """Whoever signed the version as its author; the colleagues too, when that person is not here any more."""
    known, version, _among = _document(entry)
    made = known.version(version)
    author = next((one.person for one in known.signatures if one.object == version and one.act.value == "issue"), None)
    here = {one.identifier for one in accounts.members(made.author, *_signers(entry))}
    yield from [author] if author in here else here


def _owner(entry: Entry) -> People:
    known, version, among = _document(entry)
    if not outstanding(known, version, among, clock.now()) and known.seal_of(version) is None:
        yield from _members(known.owner, _signers(entry))


def _delegate(entry: Entry) -> People:
    yield Identifier(json.loads(entry.detail)["to"])


def _colleagues(entry: Entry) -> People:
    """The coordinators of the institution that proposed, and of the one whose signature is missing."""
    known, version, _among = _document(entry)
    institutions = {known.version(version).author, Identifier(json.loads(entry.detail)["signer"])}
    for one in institutions:
        yield from _members(one, _signers(entry))


# ------------------------------------------------------------- credit and the learner
def _learner(entry: Entry) -> People:
    name = entry.subject
    if entry.verb.startswith("credit.") and entry.verb != "credit.award":
        name = reading.ground(entry.subject).learner
    known = learners.known(name)
    yield from (one for one in (known.account, learners.guardian(known)) if one)


def _side(party: Party, *roles: Role) -> Callable[[Entry], People]:
    def found(entry: Entry) -> People:
        parties = sides.parties(reading.ground(entry.subject))
        who = {Party.HOSTING: parties.hosting, Party.HOME: parties.home, Party.BODY: parties.body}[party]
        yield from _members(who, roles)

    return found


def _home(entry: Entry) -> People:
    if entry.verb.startswith("erasure."):
        yield from _members(learners.known(entry.subject).home, (Role.COORDINATOR,))
    else:
        yield from _side(Party.HOME, Role.COORDINATOR)(entry)


def _second(entry: Entry) -> People:
    if entry.institution is not None:
        yield from _members(entry.institution, _SECOND)


def _keepers(entry: Entry) -> People:
    yield from _members(entry.subject, (Role.COMPETENT_INSTITUTION, Role.COORDINATOR))


def _offices(entry: Entry) -> People:
    yield from (one.identifier for one in accounts.with_role(Role.REGISTER_OFFICE))


FIND: Final[dict[Who, Callable[[Entry], People]]] = {
    Who.MISSING: _missing, Who.PARTIES: _parties, Who.PROPOSER: _proposer, Who.OWNER: _owner, Who.DELEGATE: _delegate,
    Who.SIGNATORY: _signatory, Who.COLLEAGUES: _colleagues, Who.LEARNER: _learner, Who.HOME: _home,
    Who.HOSTING: _side(Party.HOSTING, Role.COORDINATOR, Role.ASSESSOR),
    Who.BODY: _side(Party.BODY, Role.COMPETENT_INSTITUTION), Who.SECOND: _second,
    Who.KEEPERS: _keepers, Who.OFFICES: _offices,
}  # fmt: skip
"""How each of those concerned is found."""


# ------------------------------------------------------------- inside
def _document(entry: Entry) -> tuple[Thread, Address, tuple[Signatory, ...]]:
    """The thread of a document, the version that the entry is about, and whose signatures that needs."""
    known = threads.thread(entry.subject)
    assert known is not None, "the journal tells of documents that are kept"
    version = entry.record or known.versions[-1].address
    made = known.version(version)
    among = signing(read(made).value) if _is_agreement(entry) else signatories_of(read_memorandum(made))
    return known, version, among


def _behind(one: Signatory, entry: Entry, version: Address | None) -> People:
    """The people behind a signatory: the colleague to whom it was handed, else all who may sign; a person herself."""
    if _is_agreement(entry) and one.role not in agreements.INSTITUTIONS:
        yield from _person(one.id)
        return
    handed = asking.delegated(asking.delegations([version]), version, one) if version else None
    members = tuple(_members(one.id, _signers(entry)))
    yield from [handed.to] if handed and handed.to in members else members


def _person(name: Identifier) -> People:
    """A learner's account, or a guardian, who is an account."""
    if accounts.id_of(name) is not None:
        yield name
        return
    account = learners.known(name).account
    if account is not None:
        yield account


def _members(institution: Identifier, roles: tuple[Role, ...]) -> People:
    for one in accounts.members(institution, *roles):
        yield one.identifier


def _signers(entry: Entry) -> tuple[Role, ...]:
    return agreements.SIGNERS if _is_agreement(entry) else memoranda.SIGNERS


def _is_agreement(entry: Entry) -> bool:
    return not entry.verb.startswith("memorandum.")
