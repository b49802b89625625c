"""Learning agreements as each of those concerned sees them, and the index that follows from their threads.

Who may see an agreement: the people of its institutions who work with it, its learner, and its guardian. For everybody
else there is none.
"""

from dataclasses import dataclass
from typing import Final

from ecvet.mobility import (
    Change,
    LearningAgreement,
    Stay,
    difference,
    read,
    signatories,
    stay_of,
)
from ecvet.mobility import Role as Part
from ecvet.partnership import Signatory, Thread, in_force, outstanding, proposed, respond_by, state
from ecvet.record import Address, Recorded
from ecvet.saying import say
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import register, threads
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import learners
from ecvet_platform.mobility.errors import AgreementUnknown, NotYourPart
from ecvet_platform.mobility.store import agreements as store
from ecvet_platform.mobility.store.agreements import Line as Line
from ecvet_platform.mobility.store.agreements import Standing
from ecvet_platform.people.roles import Actor, Role, has_one_of

THING: Final = "agreement"
SIGNERS: Final = (Role.COORDINATOR,)
"""Who speaks for an institution in an agreement."""

READERS: Final = (Role.COORDINATOR, Role.ASSESSOR, Role.MENTOR, Role.COMPETENT_INSTITUTION)
"""Who may read the agreements of their institution."""

INSTITUTIONS: Final = frozenset({Part.HOME.value, Part.HOSTING.value, Part.INTERMEDIARY.value})
_SEEING: Final = INSTITUTIONS | {store.ASSESSING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A learning agreement as somebody sees it: `item` is the version that speaks for it.

    `verbs` are the steps that this actor may take with each version now, `me` the signatories for whom he speaks.
    """

    thread: Identifier
    learner: Identifier
    item: Recorded[LearningAgreement]
    in_force: Address | None
    proposed: Address | None
    versions: tuple[threads.Version, ...]
    verbs: dict[Address, tuple[str, ...]]
    me: frozenset[Signatory]
    stay: Stay


# ------------------------------------------------------------- read
def agreement(thread: Identifier, *, actor: Actor) -> Agreement:
    """An agreement with everything that the actor may see and do. Raises `AgreementUnknown`."""
    known = seen(thread, actor)
    on = clock.today()
    items = {one.address: read(one).value for one in known.versions}
    among = {address: signatories(item) for address, item in items.items()}
    me = mine(actor, known)
    speaks = bool(has_one_of(actor, *SIGNERS))
    shown = threads.latest(known)
    current, waiting = in_force(known, on), proposed(known, on)
    item = items[shown.address]
    return Agreement(
        thread=thread, learner=store.party(item, Part.LEARNER), item=Recorded(item, shown.address),
        in_force=current.address if current else None, proposed=waiting.address if waiting else None,
        versions=threads.versions(known, among, {one: item.period.start for one, item in items.items()}),
        verbs={
            address: threads.verbs(known, address, who, me=me, institution=actor.institution if speaks else None)
            for address, who in among.items()
        },
        me=me, stay=stay_of(store.events(thread)),
    )  # fmt: skip


def version(thread: Identifier, address: Address, *, actor: Actor) -> LearningAgreement:
    """One version of an agreement. Raises `AgreementUnknown`, `VersionUnknown`."""
    return read(seen(thread, actor).version(address)).value


def compare(thread: Identifier, new: Address, *, actor: Actor) -> tuple[Change, ...]:
    """What a version changes against the one that it was made from; nothing for a first version."""
    known = seen(thread, actor)
    made = known.version(new)
    return difference(read(known.version(made.prev)).value, read(made).value) if made.prev else ()


def thread(name: Identifier) -> Thread:
    """Everything received about an agreement, for other rooms' decisions; they have checked who asks.

    `ecvet.mobility.version_at(thread, on)` says which version an assessment of a day refers to. Raises
    `AgreementUnknown`.
    """
    found = threads.thread(name) if store.line(name) else None
    if found is None:
        raise AgreementUnknown(name=name)
    return found


def line(name: Identifier, *, actor: Actor) -> Line:
    """The index of one agreement. Raises `AgreementUnknown` for who has no part in it."""
    found = store.line(name)
    if found is None or not may_see(name, actor):
        raise AgreementUnknown(name=name)
    return found


def may_see(name: Identifier, actor: Actor) -> bool:
    """Whether somebody has a part in an agreement."""
    sides = store.sides(name)
    persons = {one.id for one in sides if one.role not in _SEEING}
    if persons & set(_persons(actor)):
        return True
    ours = {one.id for one in sides if one.role in _SEEING}
    return actor.institution in ours and bool(has_one_of(actor, *READERS))


def page(
    *, actor: Actor, search: str = "", state: str = "", stay: str = "", learner: Identifier | None = None,
    number: int = 1, size: int = 50,
) -> tuple[tuple[Line, ...], int]:  # fmt: skip
    """One page of the agreements in which the actor has a part, the latest change first, and how many there are."""
    return store.of(
        _parties(actor), search=search, state=state, stay=stay, learner=learner, skip=(number - 1) * size, limit=size
    )


def lines(*, actor: Actor, after: Identifier | None = None, limit: int = 50) -> tuple[Line, ...]:
    """The same from a cursor on."""
    return store.after(_parties(actor), after, limit)


def last_between(home: Identifier, hosting: Identifier, *, actor: Actor) -> LearningAgreement | None:
    """The latest agreement of the actor's institution with another one: a pattern for the next."""
    address = store.last_between(home, hosting) if actor.institution in (home, hosting) else None
    return records.recorded(address, LearningAgreement).value if address else None


def to_sign(actor: Actor) -> tuple[tuple[Part, Line], ...]:
    """The agreements that wait for the actor's signature, with the role in which."""
    return tuple((role, found) for _, role, found in store.waits_for(_signing_for(actor)))


def unsigned(actor: Actor) -> tuple[tuple[Line, tuple[tuple[Part, Identifier], ...]], ...]:
    """The agreements in which the actor has a part and others have still to sign: who, in which role."""
    return store.missing(_parties(actor))


def to_seal(actor: Actor) -> tuple[Line, ...]:
    """The agreements that everybody has accepted and that the actor may bring into force."""
    speaks = actor.institution is not None and has_one_of(actor, *SIGNERS)
    return store.ready_to_seal(actor.institution) if speaks and actor.institution else ()


def names_in(item: LearningAgreement) -> dict[Identifier, str]:
    """What all those named in an agreement are called, for its readers."""
    parties = [party.id for party in item.parties]
    others = [one.institution for one in (*item.assessment.assessors, *item.validation, *item.recognition)]
    return {**register.names((*parties, *others)), **learners.people_named(parties), **learners.names(parties)}


# ------------------------------------------------------------- inside
def seen(name: Identifier, actor: Actor) -> Thread:
    """The thread of an agreement in which the actor has a part. Raises `AgreementUnknown`."""
    found = threads.thread(name) if may_see(name, actor) else None
    if found is None:
        raise AgreementUnknown(name=name)
    return found


def held(name: Identifier, actor: Actor) -> Thread:
    """The same for a step: nobody else takes one until the transaction ends. Raises `AgreementUnknown`."""
    seen(name, actor)
    found = threads.held(name)
    assert found is not None, "it was there a moment ago, and nothing is ever deleted"
    return found


def institution(actor: Actor) -> Identifier:
    """The institution for which somebody acts. Raises `NotYourPart` for who acts for none."""
    if actor.institution is None:
        raise NotYourPart(verb="act", whose=say("an institution of the agreement"))
    return actor.institution


def _persons(actor: Actor) -> tuple[Identifier, ...]:
    """The persons as whom somebody acts: the learners of the account, and a guardian, who is the account."""
    return (actor.person, *learners.named(actor))


def _parties(actor: Actor) -> tuple[Identifier, ...]:
    own = (actor.institution,) if actor.institution and has_one_of(actor, *READERS) else ()
    return (*own, *_persons(actor))


def _signing_for(actor: Actor) -> tuple[Identifier, ...]:
    own = (actor.institution,) if actor.institution and has_one_of(actor, *SIGNERS) else ()
    return (*own, *_persons(actor))


def mine(actor: Actor, known: Thread) -> frozenset[Signatory]:
    """The parties, in any version, for whom somebody may speak."""
    mine = set(_signing_for(actor))
    parties = (party for one in known.versions for party in read(one).value.parties)
    return frozenset(Signatory(role=party.role.value, id=party.id) for party in parties if party.id in mine)


def index(name: Identifier) -> None:
    """Compute where an agreement stands and write it into the index, in the transaction of the step."""
    known = threads.thread(name)
    assert known is not None
    now = clock.now()
    shown, waiting = threads.latest(known), proposed(known, now.date())
    item = read(shown).value
    draft = read(waiting).value if waiting else None
    missing = outstanding(known, waiting.address, signatories(draft), now) if waiting and draft else ()
    standing = Standing(
        head=known.versions[-1].address, in_force=known.seals[-1].object if known.seals else None,
        proposed=waiting.address if waiting else None, state=state(known, shown.address, now.date()),
        waiting=frozenset(missing),
        respond_by=respond_by(waiting, draft.period.start) if waiting and draft else None,
    )  # fmt: skip
    institutions = [party.id for party in item.parties if party.role.value in INSTITUTIONS]
    stay = stay_of(store.events(name)).state
    names = register.names(institutions).values()
    store.put(name, item, standing, stay=stay, at=now, names=names, concerned=(draft,) if draft else ())
