"""The report of a consultation: how it was done, who took part, what was said, what was decided, what changed.

It is frozen when it is made, names nobody who asked to be anonymous, and shows no group too small to hide in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ecvet.qualification.consultation.answers import Opinion, Reply, Response, Verdict, replied
from ecvet.qualification.consultation.changes import Change, How
from ecvet.qualification.consultation.counting import Count, breakdown, contested, percent
from ecvet.qualification.consultation.places import Place, PlaceKind
from ecvet.qualification.consultation.rounds import Round
from ecvet.terms import Identifier, LangString


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often each opinion was given by those whom `of` names; several values were put together."""

    of: tuple[str, ...] = ()
    people: int
    agree: int
    agree_with_changes: int
    disagree: int
    no_opinion: int

    def share(self, opinion: Opinion) -> Decimal | None:
        """Percent of those who have an opinion."""
        return percent(getattr(self, opinion.value), self.agree + self.agree_with_changes + self.disagree)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """How many of a group or country were invited, and how many answered."""

    of: str
    invited: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place as the report names it: the words of the outcome, the title of the unit; the others have no title."""

    key: str
    kind: PlaceKind
    code: str = ""
    title: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The opinions on one place; no `tally` where too few people answered to show it."""

    place: Where
    tally: Tally | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A comment as the report shows it. Group, country and name are empty where somebody asked to be anonymous."""

    place: Where
    opinion: Opinion
    comment: LangString
    group: str = ""
    country: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A reply with the comments it answers; comments without a reply have no verdict."""

    verdict: Verdict | None = None
    reason: LangString | None = None
    comments: tuple[Said, ...] = ()
    places: tuple[Where, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A place that the next version changed, with its words before and after where it has words."""

    place: Where
    how: How
    before: LangString | None = None
    after: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report as it is kept. `snapshot` is the address of the text that everybody commented on."""

    title: LangString
    qualification: Identifier
    institution: Identifier
    number: int
    asked: LangString | None = None
    snapshot: str
    opened: date
    deadline: date
    closed: date | None = None
    made: date
    minimum: int
    groups: tuple[Turnout, ...]
    countries: tuple[Turnout, ...]
    opinions_by_group: tuple[Tally, ...]
    opinions_by_country: tuple[Tally, ...]
    results: tuple[Result, ...]
    decisions: tuple[Decided, ...]
    changes: tuple[Changed, ...] = ()

    @property
    def invited(self) -> int:
        """How many were invited."""
        return sum(one.invited for one in self.groups)

    @property
    def answered(self) -> int:
        """How many answered."""
        return sum(one.answered for one in self.groups)

    @property
    def rate(self) -> Decimal | None:
        """The response rate in percent."""
        return percent(self.answered, self.invited)


def tally(of: tuple[str, ...], found: Count) -> Tally:
    """A count in the form that is kept."""
    return Tally(of=of, people=found.people, **{one.value: found.opinions[one] for one in Opinion})


def tallies(responses: Iterable[Response], by: str, *, minimum: int, place: str | None = None) -> tuple[Tally, ...]:
    """The breakdown by `group` or `country`."""
    lines = breakdown(responses, lambda one: str(getattr(one, by)), minimum=minimum, place=place)
    return tuple(tally(line.of, line.count) for line in lines)


def turnout(invited: Iterable[tuple[str, bool]]) -> tuple[Turnout, ...]:
    """How many of each group or country were invited and answered, from a pair of value and answered for each."""
    given = tuple(invited)
    return tuple(
        Turnout(of=name, invited=sum(one == name for one, _done in given), answered=given.count((name, True)))
        for name in sorted({one for one, _done in given})
    )


def results(responses: Iterable[Response], known: Iterable[Place], *, minimum: int) -> tuple[Result, ...]:
    """The places with most disagreement first, each with its opinions unless too few answered to show them."""
    given = tuple(responses)
    found = []
    for place, _count in contested(given, known):
        lines = breakdown(given, lambda _one: "", minimum=minimum, place=place.key)
        shown = tally((), lines[0].count) if lines else None
        found.append(Result(place=where(place), tally=shown))
    return tuple(found)


def said(responses: Iterable[Response], known: Iterable[Place]) -> tuple[tuple[tuple[str, str], Said], ...]:
    """All comments by place in the order of the text, each with its name (response and place)."""
    given = tuple(responses)
    found = []
    for place in known:
        for one in given:
            for view in one.views:
                if view.place == place.key and view.comment is not None:
                    found.append(((one.id, view.place), _said(one, place, view.opinion, view.comment)))
    return tuple(found)


def decided(
    comments: Iterable[tuple[tuple[str, str], Said]], replies: Iterable[Reply], known: Iterable[Place]
) -> tuple[Decided, ...]:
    """The replies that hold, each with its comments; then the comments without one. `known` may be changed places."""
    named = {place.key: where(place) for place in known}
    given, answers = tuple(comments), tuple(replies)
    held = replied(answers)
    found = []
    for reply in answers:
        mine = tuple(one for name, one in given if held.get(name) is reply)
        if mine:
            places = tuple(named[one] for one in reply.places if one in named)
            found.append(Decided(verdict=reply.verdict, reason=reply.reason, comments=mine, places=places))
    rest = tuple(one for name, one in given if name not in held)
    return (*found, Decided(comments=rest)) if rest else tuple(found)


def changed(found: Iterable[Change]) -> tuple[Changed, ...]:
    """Changes in the form that is kept."""
    return tuple(
        Changed(place=where(place), how=one.how, before=one.before, after=one.after)
        for one in found
        if (place := one.now or one.was) is not None
    )


def where(place: Place) -> Where:
    """What a place is called."""
    title = place.outcome.text if place.outcome is not None else place.unit.title if place.unit is not None else None
    return Where(key=place.key, kind=place.kind, code=place.code, title=title)


def report(
    item: Round, *, title: LangString, qualification: Identifier, institution: Identifier, number: int,
    asked: LangString | None, snapshot: str, minimum: int, made: date, known: tuple[Place, ...],
    responses: tuple[Response, ...], invited: tuple[tuple[str, str, bool], ...], replies: tuple[Reply, ...],
    changes: tuple[Change, ...],
) -> Report:  # fmt: skip
    """The report of a consultation that is over. `invited` are group, country and whether each one answered."""
    return Report(
        title=title, qualification=qualification, institution=institution, number=number, asked=asked,
        snapshot=snapshot, opened=item.opened, deadline=item.deadline, closed=item.closed, made=made, minimum=minimum,
        groups=turnout((group, done) for group, _country, done in invited),
        countries=turnout((country, done) for _group, country, done in invited),
        opinions_by_group=tallies(responses, "group", minimum=minimum),
        opinions_by_country=tallies(responses, "country", minimum=minimum),
        results=results(responses, known, minimum=minimum),
        decisions=decided(said(responses, known), replies, (*known, *_places(changes))), changes=changed(changes),
    )  # fmt: skip


def _said(response: Response, place: Place, opinion: Opinion, comment: LangString) -> Said:
    hidden = response.anonymous
    return Said(
        place=where(place), opinion=opinion, comment=comment,
        group="" if hidden else response.group.value, country="" if hidden else response.country,
        name="" if hidden else response.name,
    )  # fmt: skip


def _places(found: Iterable[Change]) -> Iterable[Place]:
    return (place for one in found if (place := one.now or one.was) is not None)
