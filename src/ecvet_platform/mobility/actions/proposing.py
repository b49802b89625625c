"""Putting an agreement to its parties: judged, proposed for one learner or a group, changed by a complete version."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Protocol

from django.db import transaction

from ecvet.mobility import (
    LearningAgreement,
    MobilityEvent,
    Proposal,
    State,
    amend,
    duplicates,
    one_for_each,
    propose,
    read,
)
from ecvet.mobility import Role as Part
from ecvet.mobility import Verb as Happening
from ecvet.partnership import MemorandumOfUnderstanding, in_force
from ecvet.record import Address, Recorded, record
from ecvet.saying import say
from ecvet.terms import Finding, Identifier, require
from ecvet_platform.institutions.actions import memoranda, register, threads
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import agreements, learners, together
from ecvet_platform.mobility.errors import NobodyChosen, NotYourPart
from ecvet_platform.mobility.store import agreements as store
from ecvet_platform.people.roles import Actor, has_one_of
from ecvet_platform.qualifications import actions as qualifications

ADULT_AGE: Final = learners.ADULT_AGE

_CALLED_OFF: Final = frozenset({State.CANCELLED.value, State.NO_SHOW.value})


class Credit(Protocol):
    """What this room needs of the room of credit, which comes later in the story."""

    def achieved(self, learner: Identifier) -> Mapping[Identifier, frozenset[str]]:
        """The outcomes that a learner already holds, by unit version (R-LA-14)."""
        ...


_credit: list[Credit] = []


def rely_on(credit: Credit) -> None:
    """Take the room of credit as the one that knows what learners hold; called once, when the platform starts."""
    _credit[:] = [credit]


# ------------------------------------------------------------- propose and amend
def judge(draft: LearningAgreement, *, actor: Actor, thread: Identifier | None = None) -> Proposal:
    """What is found in a draft, and whether it may be put to the parties. Writes nothing.

    With a `thread` the draft is judged as a change of what is in force there. Raises `LearnerUnknown`,
    `LearnerErased`, `AgreementUnknown`.
    """
    on, known = clock.today(), agreements.seen(thread, actor) if thread else None
    current = in_force(known, on) if known else None
    learner = learners.present(store.party(draft, Part.LEARNER))
    found = (qualifications.find_unit(one.unit) for one in draft.units)
    units = {one.value.id: one.value for one in found if one}
    home = qualifications.find(draft.qualification)
    achieved = {unit: held for one in _credit for unit, held in one.achieved(learner.id).items()}
    frame = _memorandum(draft, on, kept=current is not None)
    qualification = home.value if home else None
    if current is not None:
        return amend(
            read(current), draft, memorandum=frame, units=units, qualification=qualification, achieved=achieved,
            learner=learner, adult_age=ADULT_AGE, on=on,
        )  # fmt: skip
    return propose(
        draft, memorandum=frame, units=units, qualification=qualification, achieved=achieved, learner=learner,
        adult_age=ADULT_AGE, on=on,
    )  # fmt: skip


def guardian_still(before: LearningAgreement) -> Identifier | None:
    """The guardian who signs the next version too: the one of the version before, while the learner is a minor."""
    speaks = learners.guardian(learners.known(store.party(before, Part.LEARNER)))
    return before.party(Part.GUARDIAN) and speaks


def already(draft: LearningAgreement, *, besides: Identifier | None = None) -> tuple[Finding, ...]:
    """Warnings about other agreements of the learner in the same time (edge case 10); a stay called off is none."""
    lines = [one for one in store.of_learner(store.party(draft, Part.LEARNER))
             if one.thread != besides and one.stay not in _CALLED_OFF]  # fmt: skip
    others = (one.in_force or one.proposed for one in lines)
    return duplicates(draft, (records.recorded(address, LearningAgreement).value for address in others if address))


@transaction.atomic
def put_forward(draft: LearningAgreement, *, actor: Actor) -> Identifier:
    """Put a first version to its parties, and plan the stay; the thread that carries it. For the home coordinator.

    Raises `NotYourRole`, `NotYourPart`, `InstitutionContinued`, and the first obstacle that `judge` finds
    (R-LA-1 … 13).
    """
    home = _home_speaker(draft, actor)
    require(register.may_agree(store.party(draft, Part.HOSTING)))
    require(judge(draft, actor=actor).may)
    ref = learners.known(store.party(draft, Part.LEARNER)).ref
    made = threads.propose(draft, thing=agreements.THING, author=home, owner=home, actor=actor, person_ref=ref)
    agreements.index(made.thread)
    plan = MobilityEvent(stay=made.thread, verb=Happening.PLAN, on=clock.today(), by=Part.HOME)
    told = record(plan, thread=chance.new_identifier(), author=home, at=clock.now())
    address = store.add_entry(made.thread, store.EVENT, told)
    register.issue(address, home)
    journal.write("stay.plan", by=actor, subject=made.thread, record=address)
    agreements.index(made.thread)
    return made.thread


@transaction.atomic
def put_forward_group(text: LearningAgreement, chosen: Iterable[Identifier], *, actor: Actor) -> tuple[Identifier, ...]:
    """One agreement for each learner, made from one common text without a learner (R-LA-8); their threads.

    Raises `NobodyChosen`, and `NotForAll` with what `put_forward` raises for each learner; then none is proposed.
    """
    wanted = tuple(dict.fromkeys(chosen))
    if not wanted:
        raise NobodyChosen()
    home = _home_speaker(text, actor)
    kept = record(text, thread=chance.new_identifier(), author=home, at=clock.now())
    common = Recorded(text, records.keep(kept))
    register.issue(common.address, home)
    journal.write("agreement.group", by=actor, subject=kept.thread, record=common.address)
    found = {one: learners.guardian(learners.known(one)) for one in wanted}
    minors = {one: adult for one, adult in found.items() if adult is not None}
    made = one_for_each(common, wanted, minors)
    return together.for_each(
        made, lambda one: put_forward(made[one], actor=actor), called=lambda: dict(learners.names(wanted))
    )


@transaction.atomic
def change(
    thread: Identifier, draft: LearningAgreement, *, base: Address, actor: Actor, newest: Address | None = None
) -> Address:
    """Put a complete new version to all parties, made from `base` (R-LA-12); what is in force stays in force.

    `newest` is the latest version that the writer saw: when another has come since, nothing is proposed before both
    were looked at (7.5, case 32). Raises `NotYourRole`, `NotYourPart`, `AgreementUnknown`, `VersionSince`,
    `ProposalStale`, and the first obstacle.
    """
    require(has_one_of(actor, *agreements.SIGNERS))
    known = agreements.held(thread, actor)
    require(threads.nothing_since(known, newest))
    by = agreements.institution(actor)
    if by not in (draft.party(Part.HOME), draft.party(Part.HOSTING)):
        raise NotYourPart(verb="propose", whose=say("the home or the hosting institution"))
    require(judge(draft, actor=actor, thread=thread).may)
    ref = known.versions[0].person_ref
    made = threads.propose(
        draft,
        thing=agreements.THING,
        author=by,
        owner=known.owner,
        actor=actor,
        thread=thread,
        base=base,
        person_ref=ref,
    )
    agreements.index(thread)
    return made.address


# ------------------------------------------------------------- inside
def _home_speaker(draft: LearningAgreement, actor: Actor) -> Identifier:
    require(has_one_of(actor, *agreements.SIGNERS))
    if actor.institution is None or actor.institution != draft.party(Part.HOME):
        raise NotYourPart(verb="propose", whose=say("the home institution"))
    learner = draft.party(Part.LEARNER)
    if learner is not None and learners.known(learner).home != actor.institution:
        raise NotYourPart(verb="propose", whose=say("the learner's own home institution"))
    return actor.institution


def _memorandum(draft: LearningAgreement, on: date, *, kept: bool) -> Recorded[MemorandumOfUnderstanding] | None:
    """The memorandum named, when it is in force, or when the agreement to be changed already stands in its frame."""
    if draft.memorandum is None:
        return None
    if kept:
        return memoranda.at(draft.memorandum)
    home, hosting = store.party(draft, Part.HOME), store.party(draft, Part.HOSTING)
    return next((one for one in memoranda.between(home, hosting, on) if one.address == draft.memorandum), None)
