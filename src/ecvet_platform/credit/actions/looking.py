"""What people look at: their cases, an agreement or portfolio with its units, one case with all its records."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ecvet.credit.assessment import Assessment
from ecvet.credit.basis import Basis, home_unit_of, targeted_outcomes
from ecvet.credit.lifecycle import Verb
from ecvet.credit.recognition import Appeal, Recognition
from ecvet.credit.standing import in_effect, to_be_examined
from ecvet.credit.transcript import Transcript
from ecvet.credit.validation import EvidenceRequest, Validation
from ecvet.mobility.agreement import LearningAgreement
from ecvet.qualification.unit import Unit
from ecvet.record import Address, Recorded
from ecvet.terms import Identifier, LangString
from ecvet_platform.credit.actions import casework, learners, reading, sides
from ecvet_platform.credit.actions.ahead import Ahead, ahead
from ecvet_platform.credit.actions.reading import Ground
from ecvet_platform.credit.errors import CreditUnknown
from ecvet_platform.credit.store import cases, facts
from ecvet_platform.credit.store.cases import Case
from ecvet_platform.credit.store.facts import Fact
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import store as records
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.qualifications import actions as qualifications


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One case as lists show it."""

    case: Case
    learner: str
    unit: LangString
    institutions: dict[Identifier, str]
    verbs: tuple[Verb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A home unit of an agreement or portfolio: what is assessed for it, which outcomes, and where it stands."""

    unit: Unit
    assessed: Unit
    outcomes: frozenset[str]
    case: Case | None
    verbs: tuple[Verb, ...]
    assessments: tuple[Recorded[Assessment], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundView:
    """An agreement or portfolio as its parties see it; `verbs` are the steps for the transcript as a whole."""

    ground: Ground
    learner: str
    institutions: dict[Identifier, str]
    title: LangString
    units: tuple[UnitLine, ...]
    transcripts: tuple[Recorded[Transcript], ...]
    verbs: frozenset[Verb]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case with everything that was said about it, in order; `standing` are the recognitions in effect.

    `remaining` are the outcomes that remain to be examined after a decision (R-NFIL-5); none before the first one.
    """

    case: Case
    learner: str
    institutions: dict[Identifier, str]
    unit: Unit
    qualification: LangString
    verbs: tuple[Verb, ...]
    assessments: tuple[Recorded[Assessment], ...]
    transcripts: tuple[Recorded[Transcript], ...]
    requests: tuple[Recorded[EvidenceRequest], ...]
    validations: tuple[Recorded[Validation], ...]
    recognitions: tuple[Recorded[Recognition], ...]
    appeals: tuple[Recorded[Appeal], ...]
    standing: frozenset[Address]
    remaining: frozenset[str]


def mine(*, actor: Actor, limit: int = 200) -> tuple[Line, ...]:
    """The cases of the learner, and those in which the actor's institution has a part, the latest first."""
    found = [case for own in learners.mine(actor) for case in cases.of_learner(own)]
    if actor.institution is not None and actor.roles - {Role.LEARNER}:
        found += cases.of_institution(actor.institution, limit=limit)
    return lines(tuple({case.id: case for case in found}.values()), actor=actor)


def elsewhere(*, actor: Actor, limit: int = 50) -> tuple[tuple[Line, Ahead], ...]:
    """The cases of the actor in which somebody else acts next, the latest first, with the step that is awaited."""
    found = mine(actor=actor, limit=limit)
    return tuple(
        (line, step)
        for line in found
        if (step := ahead(line.case)) is not None and step.party not in sides.parts(sides.parties(line.case), actor)
    )


_OPEN = ("assessed", "not assessed", "contested")
_UNDECIDED = (
    "awaited", "reminded", "escalated", "more evidence asked", "validated", "not validated", "appeal lodged", "review",
)  # fmt: skip


def waiting(*, actor: Actor) -> tuple[Line, ...]:
    """The cases that may wait for the actor's institution, the longest unchanged first."""
    own = actor.institution
    if own is None or not actor.roles - {Role.LEARNER}:
        return ()
    found = (
        *cases.waiting("hosting", own, result=_OPEN),
        *cases.waiting("home", own, recognition=_UNDECIDED),
        *cases.waiting("body", own, recognition=_UNDECIDED),
    )
    return lines(tuple({case.id: case for case in found}.values()), actor=actor)


def lines(found: tuple[Case, ...], *, actor: Actor) -> tuple[Line, ...]:
    """Cases with the names that lists show."""
    called, where = learners.names(case.learner for case in found), _institutions(*found)
    units, spoken = qualifications.unit_titles({case.unit for case in found}), learners.spoken_for(actor)
    return tuple(
        Line(
            case=case, learner=called[case.learner], unit=units[case.unit], institutions=where,
            verbs=casework.possible(case, actor, spoken),
        )
        for case in found
    )  # fmt: skip


def ground(thread: Identifier, *, actor: Actor) -> GroundView:
    """An agreement or portfolio with its units. Raises `BasisUnknown`, `NotInForce`."""
    found = sides.ground_for(thread, actor)
    basis, known = found.basis.value, {case.unit: case for case in cases.of_basis(thread)}
    assessments = reading.assessments(found)
    units = []
    for assessed in reading.units_of(found):
        home = home_unit_of(basis, assessed.id) or assessed.id
        case = known.get(home)
        units.append(
            UnitLine(
                unit=reading.unit(home), assessed=assessed, case=case, outcomes=targeted_outcomes(basis, home),
                verbs=casework.possible(case, actor) if case else (),
                assessments=tuple(one for one in assessments if home_unit_of(basis, one.value.unit) == home),
            )
        )  # fmt: skip
    transcripts = reading.transcripts(found)
    return GroundView(
        ground=found, learner=learners.names([found.learner])[found.learner], institutions=_institutions(found),
        title=_title(basis), units=tuple(units), transcripts=transcripts,
        verbs=_verbs(found, tuple(known.values()), bool(assessments), bool(transcripts), actor),
    )  # fmt: skip


def case(key: UUID, *, actor: Actor) -> CaseView:
    """A case with all its records. Raises `CreditUnknown`."""
    found = casework.for_actor(cases.one(key), actor, key)
    about = [one for one in facts.of_basis(found.basis) if one.unit in (None, found.unit)]
    on, known, unit = reading.ground(found.basis), reading.recognitions(found.learner), reading.unit(found.unit)
    decided = reading.values(_of(about, "recognition"), Recognition)
    remaining = to_be_examined(unit, known, learner=found.learner, qualification=found.qualification)
    return CaseView(
        case=found, learner=learners.names([found.learner])[found.learner], institutions=_institutions(found),
        unit=unit, qualification=reading.qualification(found.qualification).title,
        verbs=casework.possible(found, actor),
        assessments=tuple(
            one for one in reading.assessments(on) if home_unit_of(on.basis.value, one.value.unit) == found.unit
        ),
        transcripts=reading.transcripts(on),
        requests=reading.values(_of(about, "request"), EvidenceRequest),
        validations=reading.values(_of(about, "validation"), Validation),
        recognitions=decided,
        appeals=reading.values(_of(about, "appeal"), Appeal),
        standing=frozenset(one.address for one in in_effect(known)),
        remaining=remaining if decided else frozenset(),
    )  # fmt: skip


def record(address: Address, *, actor: Actor) -> bytes:
    """The bytes of a record of this room as they were kept, for those who have a part in it. Raises `CreditUnknown`."""
    fact = facts.one(address)
    if fact is None:
        raise CreditUnknown(name=address)
    if not learners.acts_as(actor, fact.learner):
        own = actor.institution if actor.roles - {Role.LEARNER} else None
        parties = {fact.institution, *(who for one in _cases_of(fact) for who in (one.hosting, one.home, one.body))}
        if own not in parties:
            raise CreditUnknown(name=address)
    return records.record_bytes(address)


def to_assess(*, actor: Actor, on: date) -> tuple[tuple[Identifier, str, LangString, date | None], ...]:
    """The agreements and portfolios with a unit that the actor's institution has still to assess.

    Thread, learner, title, and the last day of the stay.
    """
    own = actor.institution
    if own is None or Role.ASSESSOR not in actor.roles:
        return ()
    found = []
    for line in learners.hosted_by(own):
        begun = {case.unit: case for case in cases.of_basis(line.thread)}
        wanted = {one.unit for one in _agreement(Address(str(line.in_force))).units}
        if line.starts <= on and any(name not in begun or begun[name].result == "open" for name in wanted):
            found.append((line.thread, line.learner, LangString.of(en=line.title), line.ends))
    waits = cases.waiting("hosting", own, result=("open",))
    for thread in dict.fromkeys(one.basis for one in waits if one.path is cases.Path.PORTFOLIO):
        ground_ = reading.ground(thread)
        found.append((thread, ground_.learner, reading.qualification(ground_.qualification).title, None))
    called = learners.names(one[1] for one in found)
    return tuple((thread, called[learner], title, until) for thread, learner, title, until in found)


def _agreement(address: Address) -> LearningAgreement:
    return records.recorded(address, LearningAgreement).value


def _title(basis: Basis) -> LangString:
    if isinstance(basis, LearningAgreement):
        return basis.qualification_title
    return reading.qualification(basis.qualification).title


def _institutions(*of: Ground | Case) -> dict[Identifier, str]:
    return institutions.names(who for one in of for who in (one.hosting, one.home, one.body))


def _verbs(ground: Ground, known: tuple[Case, ...], assessed: bool, issued: bool, actor: Actor) -> frozenset[Verb]:
    """The steps that concern the transcript as a whole."""
    of = sides.parties(ground)
    found = {verb for one in known for verb in casework.possible(one, actor)}
    whole = {Verb.TRANSFER, Verb.CORRECT, Verb.ACKNOWLEDGE, Verb.CONTEST, Verb.CONFIRM} & found
    if not assessed or issued:
        whole -= {Verb.TRANSFER}
    return frozenset(whole | ({Verb.ASSESS} if sides.may_take(Verb.ASSESS, of, actor) else set()))


def _of(found: list[Fact], kind: str) -> list[Fact]:
    return [one for one in found if one.kind == kind]


def _cases_of(fact: Fact) -> tuple[Case, ...]:
    if fact.basis is not None:
        return cases.of_basis(fact.basis)
    return tuple(one for one in cases.of_learner(fact.learner) if one.qualification == fact.qualification)
