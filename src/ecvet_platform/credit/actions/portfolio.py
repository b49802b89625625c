"""The way without mobility: identification and documentation of non-formal and informal learning (R-NFIL-1 … 6).

Assessment, transcript, validation and recognition follow with the same verbs as after a stay abroad.
"""

from typing import Final

from django.db import transaction

from ecvet.credit.certifying import document as decide_document
from ecvet.credit.certifying import identify as decide
from ecvet.credit.errors import OutcomeUnknown
from ecvet.credit.portfolio import Claim, Experience, Note, Portfolio
from ecvet.record import Recorded, StepNotYours
from ecvet.terms import Identifier, LangString, require
from ecvet_platform.credit.actions import casework, learners, reading, sides
from ecvet_platform.credit.actions.access import look_at
from ecvet_platform.credit.actions.keeping import keep
from ecvet_platform.credit.actions.reading import Ground
from ecvet_platform.credit.actions.sides import Party
from ecvet_platform.credit.errors import BasisUnknown, CreditUnknown
from ecvet_platform.credit.store import facts
from ecvet_platform.credit.store.cases import Path
from ecvet_platform.credit.store.facts import Fact
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.people.roles import Actor, Role, has_one_of

INTERVIEWERS = (Role.COORDINATOR, Role.COMPETENT_INSTITUTION)
LISTED: Final = 500
"""Versions of portfolios of an institution among which a list looks, the latest first."""


@transaction.atomic
def identify(
    learner: Identifier, *, qualification: Identifier, claims: tuple[Claim, ...], procedure: LangString, actor: Actor,
    experience: tuple[Experience, ...] = (), interview: tuple[Note, ...] = (),
) -> Ground:  # fmt: skip
    """Open a portfolio with what the interview of identification found. For the awarding institution's own people.

    Raises `CreditUnknown`, `NotYourRole`, `FunctionNotHeld`, `ProcedureMissing`, `OutcomeUnknown`.
    """
    require(has_one_of(actor, *INTERVIEWERS))
    look_at(learner, qualification, actor)
    own = actor.institution
    if own is None:
        raise CreditUnknown(name=learner)
    _known(claims, qualification)
    made = decide(
        learner, institution=institutions.institution(own), qualification=qualification, claims=claims, by=actor.name,
        on=clock.today(), procedure=procedure, experience=experience, interview=interview,
    )  # fmt: skip
    kept = keep(
        made, kind="portfolio", verb="portfolio.identify", actor=actor, learner=learner, on=clock.today(),
        qualification=qualification,
    )  # fmt: skip
    return _begin(kept)


@transaction.atomic
def document(
    thread: Identifier, *, claims: tuple[Claim, ...], actor: Actor, experience: tuple[Experience, ...] | None = None
) -> Ground:
    """Put claims with their evidence into a portfolio, as a new version. For the learner, or the institution for them.

    Where it was learned stays as it was said before unless `experience` is given.
    Raises `BasisUnknown`, `StepNotYours`, `OutcomeUnknown`.
    """
    ground = portfolio_for(thread, actor)
    before = records.head(thread)
    _writer(ground, actor)
    _known(claims, ground.qualification)
    told = _value(ground).experience if experience is None else experience
    made = decide_document(
        ground.learner, institution=institutions.institution(ground.hosting), qualification=ground.qualification,
        claims=claims, on=clock.today(), procedure=None, experience=told,
        after=Recorded(_value(ground), before.address),
    )  # fmt: skip
    kept = keep(
        made, kind="portfolio", verb="portfolio.document", actor=actor, learner=ground.learner, on=clock.today(),
        signed=Party.LEARNER not in sides.parts(sides.parties(ground), actor), basis=thread,
        qualification=ground.qualification, follows=before.address, prev=before,
        annexes=tuple(dict.fromkeys(annex for claim in claims for annex in claim.evidence)),
    )  # fmt: skip
    return _begin(kept)


def portfolio_for(thread: Identifier, actor: Actor) -> Ground:
    """A portfolio for somebody who has a part in it. Raises `BasisUnknown`."""
    found = sides.ground_for(thread, actor)
    if found.path is not Path.PORTFOLIO:
        raise BasisUnknown(name=thread)
    return found


def portfolios(*, actor: Actor) -> tuple[Ground, ...]:
    """The portfolios of the learner, or those that the actor's institution keeps, the latest first."""
    found: list[Fact] = [one for own in learners.mine(actor) for one in facts.of_learner(own, "portfolio")]
    if actor.institution is not None and actor.roles - {Role.LEARNER}:
        found += facts.latest_of_institution(actor.institution, "portfolio", limit=LISTED)
    threads = dict.fromkeys(
        records.record(one.address).thread for one in sorted(found, key=lambda one: one.at, reverse=True)
    )
    return tuple(reading.ground(thread) for thread in threads)


def value_of(ground: Ground) -> Portfolio:
    """The portfolio itself."""
    return _value(ground)


def claimed(ground: Ground) -> dict[tuple[Identifier, str], Claim]:
    """By unit and outcome, what a portfolio says; nothing for an agreement, in which nothing is claimed."""
    value = kept_in(ground)
    return {(one.unit, one.outcome): one for one in value.claims} if value else {}


def kept_in(ground: Ground) -> Portfolio | None:
    """The portfolio itself; None for an agreement."""
    value = ground.basis.value
    return value if isinstance(value, Portfolio) else None


def _begin(kept: Recorded[Portfolio]) -> Ground:
    ground = reading.ground(records.record(kept.address).thread)
    for unit in dict.fromkeys(claim.unit for claim in kept.value.claims):
        casework.case_of(ground, unit)
    return ground


def _writer(ground: Ground, actor: Actor) -> None:
    mine = sides.parts(sides.parties(ground), actor)
    if Party.LEARNER not in mine and not has_one_of(actor, *INTERVIEWERS):
        raise StepNotYours(verb="document", whose="learner", role=" and ".join(sorted(mine)), thing="portfolio")


def _known(claims: tuple[Claim, ...], qualification: Identifier) -> None:
    units = {link.unit for link in reading.qualification(qualification).units}
    for claim in claims:
        if claim.unit not in units or claim.outcome not in reading.unit(claim.unit).outcome_ids:
            raise OutcomeUnknown(unit=claim.unit, outcomes=claim.outcome)


def _value(ground: Ground) -> Portfolio:
    value = ground.basis.value
    assert isinstance(value, Portfolio)
    return value
