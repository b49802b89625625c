"""What the verbs of this room read: the ground that a case stands on, its records, and the people's parts in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from ecvet.credit.achievement import Achievement
from ecvet.credit.assessment import Assessment
from ecvet.credit.basis import Basis, assessing_institution, home_of, learner_of
from ecvet.credit.portfolio import Portfolio
from ecvet.credit.recognition import Recognition
from ecvet.credit.transcript import Transcript
from ecvet.mobility.agreement import LearningAgreement
from ecvet.partnership.institution import Function
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.record import Address, Recorded, RecordType
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import learners
from ecvet_platform.credit.errors import BasisUnknown, CreditUnknown, NotInForce
from ecvet_platform.credit.store import facts
from ecvet_platform.credit.store.cases import Path
from ecvet_platform.credit.store.facts import Fact
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as journal
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """An agreement or a portfolio as credit sees it: the version that holds, the versions before it, who has a part.

    `hosting` assesses, `home` validates, `body` recognises and awards.
    """

    thread: Identifier
    path: Path
    basis: Recorded[Basis]
    earlier: frozenset[Address]
    learner: Identifier
    hosting: Identifier
    home: Identifier
    body: Identifier

    @property
    def key(self) -> UUID:
        """The key of the thread in addresses."""
        return key_of(self.thread)

    @property
    def qualification(self) -> Identifier:
        """The version of the home qualification."""
        return self.basis.value.qualification


def ground(thread: Identifier) -> Ground:
    """The agreement or portfolio with this thread. Raises `BasisUnknown`, `NotInForce`."""
    versions = journal.history(thread)
    if not versions or versions[-1].type not in (RecordType.LEARNING_AGREEMENT, RecordType.PORTFOLIO):
        raise BasisUnknown(name=thread)
    addresses = frozenset(one.address for one in versions)
    if versions[-1].type is RecordType.PORTFOLIO:
        portfolio = journal.recorded(versions[-1].address, Portfolio)
        return _ground(thread, Path.PORTFOLIO, portfolio, addresses, portfolio.value.institution)
    address = learners.in_force(thread)
    if address is None:
        raise NotInForce()
    agreement = journal.recorded(address, LearningAgreement)
    return _ground(thread, Path.MOBILITY, agreement, addresses, _body(agreement.value))


def units_of(found: Ground) -> tuple[Unit, ...]:
    """The units that can be assessed: for each agreed one the hosting unit it is paired with, else the unit itself."""
    basis = found.basis.value
    if isinstance(basis, LearningAgreement):
        ids = [one.hosting_unit or one.unit for one in basis.units]
    else:
        ids = list(dict.fromkeys(claim.unit for claim in basis.claims))
    return tuple(unit(one) for one in ids)


def unit(name: Identifier) -> Unit:
    """A unit version as published. Raises `UnitUnknown`."""
    return qualifications.unit(name).value


def qualification(name: Identifier) -> Qualification:
    """A qualification version as published. Raises `QualificationUnknown`."""
    return qualifications.qualification(name).value


def assessments(found: Ground) -> tuple[Recorded[Assessment], ...]:
    """All assessments on this ground, the first one first."""
    return values(facts.of_basis(found.thread, "assessment"), Assessment)


def transcripts(found: Ground) -> tuple[Recorded[Transcript], ...]:
    """All versions of the transcript, the first one first."""
    return values(facts.of_basis(found.thread, "transcript"), Transcript)


def require_transcript(found: Ground) -> Recorded[Transcript]:
    """The version of the transcript that stands now. Raises `CreditUnknown` before it is issued."""
    known = transcript(found)
    if known is None:
        raise CreditUnknown(name=found.thread)
    return known


def transcript(found: Ground) -> Recorded[Transcript] | None:
    """The version of the transcript that stands now."""
    known = facts.of_basis(found.thread, "transcript")
    return journal.recorded(known[-1].address, Transcript) if known else None


def recognitions(learner: Identifier) -> tuple[Recorded[Recognition], ...]:
    """All decisions of recognition about a learner, refusals among them, the first one first."""
    return values(facts.of_learner(learner, "recognition"), Recognition)


def achievements(learner: Identifier) -> tuple[Recorded[Achievement], ...]:
    """What a learner passed at home in the ordinary way, the first one first."""
    return values(facts.of_learner(learner, "achievement"), Achievement)


def values(found: Iterable[Fact], cls: type[V]) -> tuple[Recorded[V], ...]:
    """The values that the records carry."""
    return tuple(journal.recorded(one.address, cls) for one in found)


def _ground(
    thread: Identifier, path: Path, basis: Recorded[LearningAgreement] | Recorded[Portfolio],
    versions: frozenset[Address], body: Identifier,
) -> Ground:  # fmt: skip
    value: Recorded[Basis] = Recorded(basis.value, basis.address)
    return Ground(
        thread=thread, path=path, basis=value, earlier=versions - {basis.address},
        learner=learner_of(basis.value), hosting=assessing_institution(basis.value),
        home=home_of(basis.value), body=body,
    )  # fmt: skip


def _body(agreement: LearningAgreement) -> Identifier:
    """Who recognises: the institution named for it in the agreement; else home, if it may; else the one that awards."""
    named = next((one.institution for one in agreement.recognition), None)
    home = home_of(agreement)
    if named is None and institutions.may_do(home, Function.RECOGNISE, agreement.qualification, clock.today()):
        return home
    published = qualifications.find(agreement.qualification)  # a partner's may not be here
    return named or (published.value.institution if published else home)
