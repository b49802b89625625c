"""What an assessment rests on, seen alike: a learning agreement abroad, or a portfolio without any partner.

Everything after the assessment looks at its basis only through these functions, so that no step can ask where or how
learning happened (R-NFIL-3), and the way without mobility needs no host, no agreement and no memorandum (R-NFIL-6).
"""

from typing import TypeAlias

from ecvet.credit.errors import AnotherBasis, BasisIncomplete
from ecvet.credit.portfolio import Portfolio
from ecvet.mobility.agreement import LearningAgreement, Role, assessing
from ecvet.record import Address, Recorded
from ecvet.saying import Said, say
from ecvet.terms import Failure, Identifier, Success

Basis: TypeAlias = LearningAgreement | Portfolio


def name_of(basis: Basis) -> Said:
    """What to call it in a sentence."""
    return say("learning agreement") if isinstance(basis, LearningAgreement) else say("portfolio")


def learner_of(basis: Basis) -> Identifier:
    """Whose learning it is about. Raises `BasisIncomplete`."""
    return _party(basis, Role.LEARNER) if isinstance(basis, LearningAgreement) else basis.learner


def assessing_institution(basis: Basis) -> Identifier:
    """Who assesses: the host abroad (R-ASSESS-2) or the institution agreed to in its place, as a school assesses
    practice in a company; the institution of the portfolio without mobility. Raises `BasisIncomplete`."""
    if not isinstance(basis, LearningAgreement):
        return basis.institution
    return assessing(basis) or _party(basis, Role.HOSTING)


def home_of(basis: Basis) -> Identifier:
    """Who will validate and recognise: the definition of home (Annex II.3)."""
    return _party(basis, Role.HOME) if isinstance(basis, LearningAgreement) else basis.institution


def home_unit_of(basis: Basis, unit: Identifier) -> Identifier | None:
    """The home unit that an assessed unit stands for: itself, or the one its agreement pairs it with; None: neither."""
    if isinstance(basis, Portfolio):
        return unit if any(claim.unit == unit for claim in basis.claims) else None
    return next((one.unit for one in basis.units if unit in (one.unit, one.hosting_unit)), None)


def targeted_outcomes(basis: Basis, home_unit: Identifier) -> frozenset[str]:
    """The outcomes of a home unit that were agreed or are claimed: the whole unit, or the part named (R-CREDIT-5)."""
    if isinstance(basis, Portfolio):
        return frozenset(claim.outcome for claim in basis.claims if claim.unit == home_unit)
    agreed = basis.unit(home_unit)
    return agreed.outcomes if agreed else frozenset()


def assessed_units(basis: Basis, home_unit: Identifier) -> frozenset[Identifier]:
    """The units whose results speak for a home unit: itself, and the hosting unit that the agreement pairs with it."""
    agreed = basis.unit(home_unit) if isinstance(basis, LearningAgreement) else None
    paired = {agreed.hosting_unit} if agreed and agreed.hosting_unit else set()
    return frozenset({home_unit, *paired})


def belongs_to(found: Address, basis: Recorded[Basis], earlier: frozenset[Address] = frozenset()) -> Success | Failure:
    """Whether a record that names the basis `found` rests on this basis, or on an earlier version of it (R-LA-12)."""
    if found == basis.address or found in earlier:
        return Success()
    return Failure(AnotherBasis(found=found, thing=name_of(basis.value), given=basis.address))


def _party(agreement: LearningAgreement, role: Role) -> Identifier:
    found = agreement.party(role)
    if found is None:
        raise BasisIncomplete(role=role.value)
    return found
