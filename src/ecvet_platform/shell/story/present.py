"""What is still open today, so that everybody who signs in to the demo finds something to do.

The same plans as in the story, moved in time: each has reached the day before the step that its table names, and the
tale stops there, because that day has not yet come. A memorandum waits for its parties, a portfolio for its assessor.
"""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, Final

from ecvet.credit import Claim, CriterionResult, OutcomeResult, Result
from ecvet.examples import CLAY_PLASTERING, HAIRDRESSING, VEHICLE, qualification, units
from ecvet.examples.cast import CLAY_SCHOOL, COLLEGE, GEORG, INSTITUTE, MARI, ONNI, CastLearner, Figure, seed
from ecvet.examples.plan import FromWork, Mobility
from ecvet.examples.story import ALBA_IN_MALTA, FARID_FROM_WORK, LIISA_IN_MALTA, MEMORANDUM, ONNI_IN_MALTA
from ecvet.mobility import Learner
from ecvet.partnership import CoveredQualification, Function, Responsibility
from ecvet.record import Person, commitment
from ecvet.terms import Identifier, LangString, Period
from ecvet_platform.institutions.actions import memoranda
from ecvet_platform.shell.story.abroad import abroad
from ecvet_platform.shell.story.days import Tale
from ecvet_platform.shell.story.from_work import from_work
from ecvet_platform.shell.story.world import World

_DAY: Final = timedelta(days=1)
_ADULT, _MINOR = 19, 16


def present(world: World, today: date) -> tuple[Tale, ...]:
    """The tales that are in the middle of things today."""
    return (
        *(abroad(world, plan) for plan in open_mobilities(today)),
        from_work(world, _portfolio(today)),
        _memorandum(world, today),
    )


def open_mobilities(today: date) -> tuple[Mobility, ...]:
    """The stays abroad that wait for somebody today, each at another step."""
    return tuple(
        _until(step, plan, _newcomer(who, plan, today) if isinstance(who, str) else who, today)
        for step, plan, who in _WAITING
    )


_WAITING: Final[tuple[tuple[str, Mobility, CastLearner | str], ...]] = (
    ("signed", ALBA_IN_MALTA, ONNI),
    ("signed", LIISA_IN_MALTA, "Eero Niemi"),
    ("started", ONNI_IN_MALTA, "Veera Salo"),
    ("assessed", ALBA_IN_MALTA, "Sanna Virtanen"),
    ("transferred", ONNI_IN_MALTA, "Ville Koski"),
    ("validated", ALBA_IN_MALTA, "Elina Heikkinen"),
    ("recognised", ONNI_IN_MALTA, "Joonas Lehto"),
    ("answered", LIISA_IN_MALTA, "Iida Rantanen"),
)
"""The step that waits, the plan, and whose it is. Eero is a minor, whose mother signs for him."""


def _until(step: str, plan: Mobility, who: CastLearner, today: date) -> Mobility:
    """The plan of a learner in which a step comes tomorrow."""
    planned = {"started": plan.period.start, "answered": plan.dispute.answered if plan.dispute else None}
    day = planned.get(step) or getattr(plan, step)
    return replace(_moved(plan, today + _DAY - day), learner=who)


def _moved(plan: Mobility, by: timedelta) -> Mobility:
    """A plan with all its days moved."""
    end, remedy, dispute = plan.period.end, plan.remedy, plan.dispute
    return replace(
        plan, **_days(plan, by), period=Period(plan.period.start + by, end + by if end else None),
        remedy=replace(remedy, **_days(remedy, by)) if remedy else None,
        dispute=replace(
            dispute, **_days(dispute, by), remedy=replace(dispute.remedy, **_days(dispute.remedy, by))
        ) if dispute else None,
    )  # fmt: skip


def _days(value: Any, by: timedelta) -> dict[str, Any]:
    found = {one.name: getattr(value, one.name) for one in fields(value)}
    return {name: one + by for name, one in found.items() if isinstance(one, date)}


def _newcomer(name: str, plan: Mobility, today: date) -> CastLearner:
    """A learner who came last autumn; as old as the plan's learner was, minor or not, whenever today is."""
    first, family = name.split()
    minor = plan.learner.guardian is not None and family == plan.learner.guardian.name.split()[1]
    born = date(today.year - (_MINOR if minor else _ADULT), 1, 9)
    person = Person(names=(first,), family_name=family, birth_date=born)
    salt = seed(f"salt of {name}")
    figure = Figure(
        id=Identifier(f"{COLLEGE.id}people/{first.lower()}"), name=name, email=f"{first.lower()}@tampere.example",
        institution=COLLEGE.id, roles=("learner",),
    )  # fmt: skip
    return CastLearner(
        figure=figure, learner=Learner(id=figure.id, ref=commitment(person, salt), person=person), home=COLLEGE.id,
        example=VEHICLE if plan.learner.example == VEHICLE else HAIRDRESSING, since=today - timedelta(days=400),
        salt=salt, guardian=MARI if minor else None,
    )  # fmt: skip


def _portfolio(today: date) -> FromWork:
    """Farid comes again for what was missing: the last outcome of the fourth unit, and the fifth."""
    clay, by = units(CLAY_PLASTERING), today + _DAY - FARID_FROM_WORK.assessed
    wanted = {"4": ("C1",), "5": tuple(one.id for one in clay["5"].outcomes)}
    said = LangString.of(en="Since then I have designed and decorated rooms for clients of my own")
    return replace(
        FARID_FROM_WORK, **_days(FARID_FROM_WORK, by),
        claims=tuple(
            Claim(unit=clay[code].id, outcome=one, statement=said) for code, names in wanted.items() for one in names
        ),
        results={
            code: tuple(
                OutcomeResult(
                    outcome=one.id, result=Result.ACHIEVED,
                    criteria=tuple(CriterionResult(criterion=each.id, met=True) for each in one.criteria),
                )
                for one in clay[code].outcomes if one.id in names
            )
            for code, names in wanted.items()
        },
    )  # fmt: skip


def _memorandum(world: World, today: date) -> Tale:
    """The school of clay building wants to join: its memorandum waits for Tampere and Malta."""
    clay, _ = qualification(CLAY_PLASTERING)
    parties = (CLAY_SCHOOL, COLLEGE, INSTITUTE)
    yield today - _DAY
    item = replace(
        MEMORANDUM, parties=tuple(one.id for one in parties), valid=Period(today, today + timedelta(days=5 * 365)),
        objectives=LangString.of(en="Plasterers of the three schools learn from each other"),
        review=LangString.of(en="Every June, by the three coordinators"), other_actors=(),
        qualifications=(
            CoveredQualification(qualification=clay.id, title=clay.title, country=clay.country, eqf=clay.eqf),
        ),
        responsibilities=tuple(
            Responsibility(country=one.country, function=function, institution=one.id)
            for one in parties
            for function in (Function.ASSESS, Function.DOCUMENT, Function.VALIDATE, Function.RECOGNISE)
        ),
    )  # fmt: skip
    memoranda.propose(item, actor=world.actor(GEORG))
