"""Memoranda: proposed, accepted, rejected, withdrawn, sealed, changed and terminated by the institutions they bind."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from ecvet.credit.grading import table_holds
from ecvet.partnership import (
    MemorandumOfUnderstanding,
    Signatory,
    Thread,
    findings,
    in_force,
    may_agree,
    may_come_into_force,
    memorandum_on,
    outstanding,
    proposed,
    read_memorandum,
    respond_by,
    signatories,
    state,
)
from ecvet.partnership import seal as into_force
from ecvet.partnership.errors import NotASignatory
from ecvet.partnership.force import PARTY_ROLE
from ecvet.record import Act, Address, Recorded
from ecvet.terms import Finding, Identifier, require
from ecvet_platform.institutions.actions import threads
from ecvet_platform.institutions.actions.scales import SCALES
from ecvet_platform.institutions.errors import MemorandumUnknown
from ecvet_platform.institutions.store import institutions as who
from ecvet_platform.institutions.store import memoranda as store
from ecvet_platform.institutions.store.memoranda import Line as Line
from ecvet_platform.institutions.store.memoranda import Standing
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.people.roles import Actor, Role, has_one_of

THING: Final = "memorandum"
SIGNERS: Final = (Role.COORDINATOR, Role.COMPETENT_INSTITUTION)
"""Who speaks for an institution in a memorandum."""

READERS: Final = (*SIGNERS, Role.REGISTER_OFFICE, Role.ASSESSOR, Role.MENTOR)
"""Who may read the memoranda of their institution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memorandum:
    """A memorandum as somebody sees it: `item` is the version that speaks for it, `verbs` what he may do with it."""

    thread: Identifier
    owner: Identifier
    item: Recorded[MemorandumOfUnderstanding]
    in_force: Address | None
    proposed: Address | None
    versions: tuple[threads.Version, ...]
    findings: tuple[Finding, ...]
    verbs: dict[Address, tuple[str, ...]]


# ------------------------------------------------------------- steps
@transaction.atomic
def propose(
    item: MemorandumOfUnderstanding, *, actor: Actor, thread: Identifier | None = None, base: Address | None = None,
    newest: Address | None = None,
) -> Identifier:  # fmt: skip
    """Put a memorandum, or a complete new version made from `base`, to its parties; the thread that carries it.

    `newest` is the latest version that the writer saw: when another has come since, nothing is proposed before both
    were looked at (7.5, case 32). Raises `NotYourRole`, `NotASignatory`, `MemorandumUnknown`, `VersionSince`,
    `ProposalStale`, `InstitutionContinued`, and for a table of grades `ScaleUnknown`, `GradeNotOnScale`,
    `GradeTwiceInTable`.
    """
    by = _speaker(actor)
    for table in item.grade_tables:
        require(table_holds(table, SCALES))
    if by not in item.parties:
        raise NotASignatory(signer=by, act="propose", role=PARTY_ROLE)
    known = _held(thread, actor) if thread else None
    if known is not None:
        require(threads.nothing_since(known, newest))
    for party in who.institutions(item.parties).values() if known is None else ():
        require(may_agree(party, clock.today()))
    owner = known.owner if known else by
    made = threads.propose(item, thing=THING, author=by, owner=owner, actor=actor, thread=thread, base=base)
    index(made.thread)
    return made.thread


@transaction.atomic
def answer(thread: Identifier, version: Address, act: Act, *, actor: Actor, reason: str = "") -> None:
    """Accept, reject or withdraw a version. The owner's own acceptance, when it is the last, seals it too.

    Raises `NotYourRole`, `NotASignatory`, `ReasonMissing`, `ProposalStale`, `StepNotPossible`, `MemorandumUnknown`.
    """
    by = _speaker(actor)
    known = _held(thread, actor)
    among = signatories(read_memorandum(known.version(version)))
    me = Signatory(role=PARTY_ROLE, id=by)
    threads.sign(
        thread, version, thing=THING, act=act, signatory=me, among=among, key_of=by, actor=actor, reason=reason.strip()
    )
    known = _held(thread, actor)
    last = act is Act.ACCEPT and by == known.owner and not outstanding(known, version, among, clock.now())
    if last and may_come_into_force(known, version, who.institutions(_all(known, version)), by=by, at=clock.now()):
        seal(thread, version, actor=actor)
    index(thread)


@transaction.atomic
def seal(thread: Identifier, version: Address, *, actor: Actor) -> None:
    """Bring a version that all have accepted into force, from today or from its first day (R-MOU-2, R-MOU-6).

    Raises `NotYourRole`, `NotTheOwner`, `MemorandumIncomplete`, `AcceptancesMissing`, `StepNotPossible`.
    """
    by = _speaker(actor)
    known = _held(thread, actor)
    item = read_memorandum(known.version(version))
    require(may_come_into_force(known, version, who.institutions(_all(known, version)), by=by, at=clock.now()))
    since = max(clock.today(), item.valid.start) if item.valid else clock.today()
    made = into_force(known, version, signatories(item), by=by, at=clock.now(), in_force_from=since)
    threads.bring_into_force(thread, made, thing=THING, actor=actor)
    index(thread)


@transaction.atomic
def terminate(thread: Identifier, *, actor: Actor, reason: str, last_day: date) -> None:
    """End the version in force after a day; agreements made under it keep its terms (R-MOU-10).

    Raises `NotYourRole`, `NotASignatory`, `ReasonMissing`, `StepNotPossible`, `MemorandumUnknown`.
    """
    by = _speaker(actor)
    known = _held(thread, actor)
    version = (in_force(known, clock.today()) or known.versions[-1]).address
    among = signatories(read_memorandum(known.version(version)))
    threads.terminate(thread, version, thing=THING, among=among, by=by, actor=actor, reason=reason, last_day=last_day)
    index(thread)


# ------------------------------------------------------------- read
def memorandum(thread: Identifier, *, actor: Actor) -> Memorandum:
    """A memorandum with everything the actor may see and do. Raises `MemorandumUnknown` for who has no part in it."""
    known = _thread(thread, actor)
    among = {one.address: signatories(read_memorandum(one)) for one in known.versions}
    me: frozenset[Signatory] = frozenset()
    if actor.institution and has_one_of(actor, *SIGNERS):
        me = frozenset([Signatory(role=PARTY_ROLE, id=actor.institution)])
    shown = threads.latest(known)
    item = read_memorandum(shown)
    on = clock.today()
    current, waiting = in_force(known, on), proposed(known, on)
    return Memorandum(
        thread=thread, owner=known.owner, item=Recorded(item, shown.address),
        in_force=current.address if current else None, proposed=waiting.address if waiting else None,
        versions=threads.versions(known, among), findings=findings(item, who.institutions(item.parties)),
        verbs={
            one: threads.verbs(known, one, signed_by, me=me, institution=actor.institution if me else None)
            for one, signed_by in among.items()
        },
    )  # fmt: skip


def version(thread: Identifier, address: Address, *, actor: Actor) -> MemorandumOfUnderstanding:
    """One version of a memorandum. Raises `MemorandumUnknown`, `VersionUnknown`."""
    return read_memorandum(_thread(thread, actor).version(address))


def in_force_on(thread: Identifier, on: date) -> Recorded[MemorandumOfUnderstanding]:
    """The version in force on a day, for the rooms that rest on it. Raises `MemorandumNotInForce` (R-MOU-6)."""
    known = threads.thread(thread)
    if known is None:
        raise MemorandumUnknown(name=thread)
    item = memorandum_on(known, on)
    held = in_force(known, on)
    assert held is not None
    return Recorded(item, held.address)


def between(home: Identifier, hosting: Identifier, on: date) -> tuple[Recorded[MemorandumOfUnderstanding], ...]:
    """The memoranda in force on a day to which both institutions belong."""
    found = (_in_force(line.thread, on) for line in store.between(home, hosting))
    return tuple(one for one in found if one and one.value.covers(home) and one.value.covers(hosting))


def at(address: Address) -> Recorded[MemorandumOfUnderstanding]:
    """The memorandum version at an address, whatever became of it. Raises `RecordUnknown`."""
    return records.recorded(address, MemorandumOfUnderstanding)


def last_day(address: Address) -> date | None:
    """The last day on which a version of a memorandum holds: of its period, or of a notice before; None without one."""
    item = records.recorded(address, MemorandumOfUnderstanding).value
    known = threads.thread(records.record(address).thread)
    ended = [one.last_day for one in known.terminations if one.object == address] if known else []
    stated = [item.valid.end] if item.valid and item.valid.end else []
    return min((*stated, *ended), default=None)


def lines(*, actor: Actor, search: str = "", after: Identifier | None = None, limit: int = 50) -> tuple[Line, ...]:
    """The memoranda of the institution for which somebody acts."""
    if actor.institution is None or not has_one_of(actor, *READERS):
        return ()
    return store.of(actor.institution, search=search, after=after, limit=limit)


def to_sign(actor: Actor) -> tuple[Line, ...]:
    """The memoranda that wait for the signature of the actor's institution."""
    return store.waits_for(actor.institution) if actor.institution and has_one_of(actor, *SIGNERS) else ()


def to_seal(actor: Actor) -> tuple[Identifier, ...]:
    """The threads of the memoranda that all have signed and that the actor may bring into force."""
    return store.ready_to_seal(actor.institution) if actor.institution and has_one_of(actor, *SIGNERS) else ()


def unsigned(actor: Actor) -> tuple[tuple[Identifier, Identifier, date | None], ...]:
    """The memoranda of the actor's institution that others have still to answer: thread, whose answer, by when."""
    if actor.institution is None or not has_one_of(actor, *READERS):
        return ()
    return store.missing(actor.institution)


# ------------------------------------------------------------- inside
def _speaker(actor: Actor) -> Identifier:
    require(has_one_of(actor, *SIGNERS))
    if actor.institution is None:
        raise NotASignatory(signer=actor.person, act="speak", role=PARTY_ROLE)
    return actor.institution


def _held(name: Identifier, actor: Actor) -> Thread:
    """The thread for a step: nobody else takes one until the transaction ends."""
    _thread(name, actor)
    found = threads.held(name)
    assert found is not None, "it was there a moment ago, and nothing is ever deleted"
    return found


def _thread(name: Identifier, actor: Actor) -> Thread:
    reads = actor.institution is not None and has_one_of(actor, *READERS)
    found = threads.thread(name) if reads and actor.institution and store.is_party(name, actor.institution) else None
    if found is None:
        raise MemorandumUnknown(name=name)
    return found


def _all(known: Thread, version: Address) -> tuple[Identifier, ...]:
    return read_memorandum(known.version(version)).parties


def _in_force(thread: Identifier, on: date) -> Recorded[MemorandumOfUnderstanding] | None:
    known = threads.thread(thread)
    held = in_force(known, on) if known else None
    return Recorded(read_memorandum(held), held.address) if held else None


def index(thread: Identifier) -> None:
    """Compute where a memorandum stands and write it into the index, in the transaction of the step."""
    known = threads.thread(thread)
    assert known is not None
    shown = threads.latest(known)
    item = read_memorandum(shown)
    now = clock.now()
    waiting = proposed(known, now.date())
    change = read_memorandum(waiting) if waiting else None
    missing = outstanding(known, waiting.address, signatories(change), now) if waiting and change else ()
    standing = Standing(
        head=known.versions[-1].address, in_force=known.seals[-1].object if known.seals else None,
        proposed=waiting.address if waiting else None, state=state(known, shown.address, now.date()),
        waiting=frozenset(one.id for one in missing), respond_by=respond_by(waiting) if waiting else None,
    )  # fmt: skip
    concerned = (change,) if change else ()
    names = who.names(item.parties).values()
    store.put(thread, known.owner, item, standing, at=now, names=names, concerned=concerned)
