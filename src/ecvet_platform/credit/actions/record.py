"""A learner's own record: everything that is held about her credit, in one place."""

from dataclasses import dataclass

from ecvet.credit.achievement import Achievement
from ecvet.credit.award import Award
from ecvet.credit.recognition import Recognition
from ecvet.record import Recorded
from ecvet.terms import Identifier, LangString
from ecvet_platform.credit.actions import access, learners, looking, reading
from ecvet_platform.credit.actions.looking import Line
from ecvet_platform.credit.store import cases, facts
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.qualifications import actions as qualifications


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A learner with cases, decisions, achievements, awards, and the qualifications that they count towards."""

    learner: Identifier
    name: str
    followed: tuple[tuple[Identifier, LangString], ...]
    lines: tuple[Line, ...]
    recognitions: tuple[Recorded[Recognition], ...]
    achievements: tuple[Recorded[Achievement], ...]
    awards: tuple[Recorded[Award], ...]
    titles: dict[Identifier, LangString]


def of_learner(learner: Identifier, *, actor: Actor) -> Record:
    """A learner's record, for herself and her home institution; a body sees the cases it has to do with.

    Raises `CreditUnknown`.
    """
    access.look_at(learner, None, actor)
    known = cases.of_learner(learner)
    wanted = dict.fromkeys((*learners.qualifications_of(learner), *(case.qualification for case in known)))
    titles = dict(qualifications.titles(wanted))
    recognitions, achievements = reading.recognitions(learner), reading.achievements(learner)
    units = {one.value.unit for one in recognitions} | {one.value.unit for one in achievements}
    called = {name: found.value.title for name in units if (found := qualifications.find_unit(name))}
    return Record(
        learner=learner, name=name_of(learner), lines=looking.lines(known, actor=actor),
        followed=tuple((name, titles[name]) for name in wanted if name in titles), recognitions=recognitions,
        achievements=achievements, awards=reading.values(facts.of_learner(learner, "award"), Award),
        titles={**titles, **called},
    )  # fmt: skip


def visible(*, actor: Actor) -> tuple[tuple[Identifier, str], ...]:
    """The learners whose records the actor may look at, with their names."""
    found = dict.fromkeys(learners.mine(actor))
    own = actor.institution
    if own is not None and actor.roles & {Role.COORDINATOR, Role.COMPETENT_INSTITUTION}:
        found |= dict.fromkeys(one.id for one in learners.of_home(own))
        in_charge = [line.id for line in qualifications.lines(institution=own, limit=200)]
        found |= dict.fromkeys(one.id for one in learners.following(in_charge))
        found |= dict.fromkeys(case.learner for case in cases.of_institution(own) if case.body == own)
    return tuple(learners.names(found).items())


def name_of(learner: Identifier) -> str:
    """What a learner is called, for those who may see the record."""
    return learners.names([learner])[learner]
