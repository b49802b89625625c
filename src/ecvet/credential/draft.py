"""What a certificate will say, before any format: made from a decision, saying nothing that was not decided.

One value, several encodings: the profiles map it, each listing what its format cannot carry. A certificate of a unit is
about exactly one unit (R-RECOG-12).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ecvet.credential.errors import DraftIncomplete
from ecvet.credential.profiles.types import CertificateType, Role
from ecvet.credit.achievement import Achievement
from ecvet.credit.award import Award
from ecvet.credit.decision import Decider, Extent
from ecvet.credit.recognition import Recognition, Use
from ecvet.partnership.institution import CompetentInstitution
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import LearningOutcome, Unit
from ecvet.record import Address, Person, Recorded
from ecvet.saying import say
from ecvet.terms import EQFLevel, Identifier, LangString, NQFLevel, Points


@dataclass(frozen=True, slots=True)
class Link:
    """A record in the chain of proof, by its address."""

    role: Role
    address: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class AchievedUnit:
    """A unit, or the part of it, that was recognised: its outcomes and the points granted, if any."""

    id: Identifier
    code: str
    title: LangString
    extent: Extent
    outcomes: tuple[LearningOutcome, ...]
    points: Points | None = None
    eqf: EQFLevel | None = None
    use: Use = Use.PART


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialDraft:
    """A certificate to be issued. `person` is None when only the pseudonym may be shown. Raises `DraftIncomplete`."""

    type: CertificateType
    issuer: Identifier
    issuer_name: LangString
    learner: Identifier
    person: Person | None = None
    title: LangString
    qualification: Identifier
    qualification_code: str
    qualification_title: LangString
    units: tuple[AchievedUnit, ...]
    decided_by: Decider
    decided_on: date
    ground: LangString
    chain: tuple[Link, ...]
    points: Points | None = None
    eqf: EQFLevel | None = None
    nqf: NQFLevel | None = None
    explanation: LangString | None = None

    def __post_init__(self) -> None:
        if self.type is CertificateType.RECOGNISED_UNIT and len(self.units) != 1:
            raise DraftIncomplete(
                why=say("a certificate is about one achieved unit, not {number} (R-RECOG-12)", number=len(self.units))
            )
        if not self.units:
            raise DraftIncomplete(why=say("an award names the units that it rests on"))


def draft_of_recognition(
    recognition: Recorded[Recognition], unit: Unit, qualification: Qualification, by: CompetentInstitution,
    *, person: Person | None = None, chain: Sequence[Link] = (),
) -> CredentialDraft:  # fmt: skip
    """The certificate of one recognised unit, or part of it. `chain` holds the records before the recognition.

    Raises `DraftIncomplete` when nothing was granted, or when the values belong to another decision.
    """
    decision = recognition.value
    _belongs(decision.qualification, qualification.id, "qualification")
    _belongs(decision.by.institution, by.id, "institution")
    return CredentialDraft(
        type=CertificateType.RECOGNISED_UNIT, issuer=by.id, issuer_name=by.name,
        learner=decision.learner, person=person, title=unit.title,
        qualification=qualification.id, qualification_code=qualification.code, qualification_title=qualification.title,
        units=(achieved(decision, unit),), points=decision.points,
        eqf=qualification.eqf, nqf=qualification.nqf,
        decided_by=decision.by, decided_on=decision.on, ground=decision.ground, explanation=decision.explanation,
        chain=(Link(Role.RECOGNITION, recognition.address), *chain),
    )  # fmt: skip


def draft_of_award(
    award: Recorded[Award], recognised: Sequence[tuple[Recorded[Recognition], Unit]], qualification: Qualification,
    by: CompetentInstitution, *, person: Person | None = None, chain: Sequence[Link] = (),
    own: Sequence[tuple[Recorded[Achievement], AchievedUnit]] = (),
) -> CredentialDraft:  # fmt: skip
    """The certificate of a qualification, with the recognised units and the `own` achievements it rests on.

    Raises `DraftIncomplete` when these are not the decisions that the award names, or belong to another learner.
    """
    decision = award.value
    _belongs(decision.qualification, qualification.id, "qualification")
    _belongs(decision.by.institution, by.id, "institution")
    if sorted(one.address for one, _ in (*recognised, *own)) != sorted(decision.recognitions):
        raise DraftIncomplete(why=say("these are not the decisions that the award rests on"))
    for learner in (*(one.value.learner for one, _ in recognised), *(one.value.learner for one, _ in own)):
        _belongs(learner, decision.learner, "learner")
    return CredentialDraft(
        type=CertificateType.AWARD, issuer=by.id, issuer_name=by.name,
        learner=decision.learner, person=person, title=decision.title,
        qualification=qualification.id, qualification_code=qualification.code, qualification_title=qualification.title,
        units=(*(achieved(one.value, unit) for one, unit in recognised), *(unit for _, unit in own)),
        points=decision.points,
        eqf=qualification.eqf, nqf=qualification.nqf,
        decided_by=decision.by, decided_on=decision.on, ground=decision.ground,
        chain=(
            Link(Role.AWARD, award.address), *(Link(Role.RECOGNITION, one.address) for one, _ in recognised),
            *(Link(Role.ACHIEVEMENT, one.address) for one, _ in own), *chain,
        ),
    )  # fmt: skip


def achieved(recognition: Recognition, unit: Unit) -> AchievedUnit:
    """What a recognition grants of a unit. Raises `DraftIncomplete` when that is nothing, or another unit's."""
    _belongs(recognition.unit, unit.id, "unit")
    if recognition.extent is Extent.NONE:
        raise DraftIncomplete(why=say("the decision grants nothing"))
    unknown = recognition.outcomes - unit.outcome_ids
    if unknown:
        raise DraftIncomplete(why=say("the unit has no outcome {unknown}", unknown=sorted(unknown)[0]))
    return AchievedUnit(
        id=unit.id, code=unit.code, title=unit.title, extent=recognition.extent,
        outcomes=tuple(one for one in unit.outcomes if one.id in recognition.outcomes),
        points=recognition.points, eqf=unit.eqf, use=recognition.use,
    )  # fmt: skip


def _belongs(said: Identifier, given: Identifier, what: str) -> None:
    if said != given:
        raise DraftIncomplete(why=say("the decision is about another {what} than {given}", what=what, given=given))
