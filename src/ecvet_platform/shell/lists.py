"""Every list of the platform as a table to take away: the lines that its page shows this actor, of all its pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from typing import Any, Final, TypeVar
from uuid import UUID

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecvet.mobility import State
from ecvet.partnership import AgreementState
from ecvet.population.counts import BANDS
from ecvet.terms import LangString
from ecvet_platform.consultations.actions import analysing, consulting, document
from ecvet_platform.consultations.errors import ConsultationUnknown
from ecvet_platform.consultations.words import GROUPS as STAKEHOLDERS
from ecvet_platform.consultations.words import OPINIONS, VERDICTS, named
from ecvet_platform.consultations.words import STATES as ROUND_STATES
from ecvet_platform.credentials.actions import issue
from ecvet_platform.credentials.words import STANDINGS, TYPES
from ecvet_platform.credit.actions import looking, portfolio, record
from ecvet_platform.credit.words import RECOGNITION_STATES, RESULT_STATES, STAGES
from ecvet_platform.dossier.actions import erasing
from ecvet_platform.dossier.words import ANSWERS, KINDS
from ecvet_platform.federation.actions import watching
from ecvet_platform.federation.words import LEVELS
from ecvet_platform.figures import actions as counting
from ecvet_platform.figures.tables import TITLES, days
from ecvet_platform.figures.tables import tables as counted
from ecvet_platform.institutions.actions import memoranda, register
from ecvet_platform.institutions.words import STATES as VERSION_STATES
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, groups, learners
from ecvet_platform.mobility.words import GROUPS, REASONS
from ecvet_platform.mobility.words import STATES as STAY_STATES
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications

SIZE: Final = 500
T = TypeVar("T")
Asked = Mapping[str, str]
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: the name of its page (none where a page has several), the heads of its columns, and its rows.

    Numbers and days in rows stay numbers and days, so that a workbook can compute with them. `title` is that of the
    sheet.
    """

    page: str
    head: tuple[str | Promise, ...]
    rows: Callable[[Actor, Asked], Iterable[Row]]
    title: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A list in the language of the reader, for an actor: title, head, and rows that are read as they are written."""

    title: str
    head: tuple[str, ...]
    rows: Iterable[Row]


def _all(page: Callable[[int], tuple[tuple[T, ...], int]]) -> Iterator[T]:
    """The lines of all pages."""
    number = 1
    while True:
        found, count = page(number)
        yield from found
        if number * SIZE >= count:
            return
        number += 1


def _text(value: LangString | None) -> str:
    return "" if value is None else value.in_(get_language() or "en", "en")


def _qualifications(actor: Actor, asked: Asked) -> Iterator[Row]:
    level = asked.get("eqf", "")
    eqf = int(level) if level.isdecimal() and len(level) == 1 else None
    for one in _all(lambda number: qualifications.page(
        search=asked.get("q", ""), country=asked.get("country", ""), eqf=eqf, number=number, size=SIZE
    )):  # fmt: skip
        yield (
            _text(one.title),
            one.code,
            one.version,
            one.country,
            one.eqf,
            Decimal(one.points) if one.points else None,
            one.system,
            one.id,
        )


def _institutions(actor: Actor, asked: Asked) -> Iterator[Row]:
    for one in _all(lambda number: register.page(
        search=asked.get("q", ""), country=asked.get("country", ""), number=number, size=SIZE
    )):  # fmt: skip
        yield (one.name, one.country, one.since, one.id)


def _memoranda(actor: Actor, asked: Asked) -> Iterator[Row]:
    found = memoranda.lines(actor=actor, search=asked.get("q", ""), limit=10_000)
    names = register.names(one for line in found for one in line.parties)
    for line in found:
        parties = "; ".join(names[one] for one in line.parties)
        yield (parties, VERSION_STATES[line.state], line.valid_from, line.valid_until, line.thread)


def _partners(actor: Actor, asked: Asked) -> Iterator[Row]:
    for line in watching.partners_of(actor=actor, search=asked.get("q", "")):
        heard = line.known.heard.date() if line.known.heard else None
        yield (line.known.name, line.known.entity, LEVELS[line.level], heard, line.waiting)


def _learners(actor: Actor, asked: Asked) -> Iterator[Row]:
    found = list(_all(lambda number: learners.page(actor=actor, search=asked.get("q", ""), number=number, size=SIZE)))
    follows = learners.followed((one.id for one in found), clock.today())
    titles = qualifications.titles(follows.values())
    for one in found:
        born = one.person.birth_date if one.person else None
        yield (one.called, born, _text(titles.get(follows[one.id])) if one.id in follows else "", one.id)


def _agreements(actor: Actor, asked: Asked) -> Iterator[Row]:
    found = list(_all(lambda number: agreements.page(
        actor=actor, search=asked.get("q", ""), state=asked.get("state", ""), stay=asked.get("stay", ""),
        number=number, size=SIZE,
    )))  # fmt: skip
    called = learners.names(one.learner for one in found)
    names = register.names(side for one in found for side in (one.home, one.hosting))
    for one in found:
        stay = STAY_STATES[one.stay] if one.stay else ""
        why = REASONS[one.reason] if one.reason else ""
        yield (called.get(one.learner, one.learner), one.title, names[one.home], names[one.hosting], one.starts,
               one.ends, VERSION_STATES[one.state], stay, why, one.thread)  # fmt: skip


def _groups(actor: Actor, asked: Asked) -> Iterator[Row]:
    found = list(_all(lambda number: groups.page(actor=actor, search=asked.get("q", ""), number=number, size=SIZE)))
    names = register.names(side for one in found for side in (one.home, one.hosting))
    titles = qualifications.titles(one.qualification for one in found)
    for one in found:
        title = _text(titles[one.qualification]) if one.qualification in titles else one.title
        yield (title, names[one.home], names[one.hosting], one.starts, one.ends, one.learners, one.in_force,
               one.under_way, one.text)  # fmt: skip


def _credit(actor: Actor, asked: Asked) -> Iterator[Row]:
    for line in looking.mine(actor=actor, limit=10_000):
        case = line.case
        yield (_text(line.unit), line.learner, line.institutions[case.hosting], line.institutions[case.home],
               line.institutions[case.body], RESULT_STATES[case.result], RECOGNITION_STATES[case.recognition],
               case.due)  # fmt: skip


def _records(actor: Actor, asked: Asked) -> Iterator[Row]:
    for name, called in record.visible(actor=actor):
        yield (called, name)


def _portfolios(actor: Actor, asked: Asked) -> Iterator[Row]:
    found = portfolio.portfolios(actor=actor)
    titles = qualifications.titles(one.qualification for one in found)
    for one in found:
        stage = STAGES[portfolio.value_of(one).stage]
        yield (record.name_of(one.learner), _text(titles.get(one.qualification)), stage, one.thread)


def _credentials(actor: Actor, asked: Asked) -> Iterator[Row]:
    found = issue.mine(actor=actor)
    called = issue.names_of(found)
    for one in found:
        yield (_text(one.title), TYPES[one.kind], called[one.learner], one.at.date(), STANDINGS[one.standing], one.hash)


def _erasures(actor: Actor, asked: Asked) -> Iterator[Row]:
    for one, name in erasing.to_answer(actor=actor):
        yield (name, one.asked.date(), one.due, ANSWERS[one.answer])


def _consultations(actor: Actor, asked: Asked) -> Iterator[Row]:
    for line in consulting.lines(actor=actor):
        item = line.consultation
        yield (_text(item.title), item.number, ROUND_STATES[consulting.state(item)], item.round.opened,
               item.round.deadline, line.invited, line.answered, item.thread)  # fmt: skip


def _comments(actor: Actor, asked: Asked) -> Iterator[Row]:
    if "key" not in asked:  # the comments of no consultation
        return
    try:
        key = UUID(asked["key"])
    except ValueError as error:
        raise ConsultationUnknown() from error
    wanted = analysing.Wanted(**{one: asked.get(one, "") for one in ("place", "group", "country", "opinion", "reply")})
    for one in analysing.comments(key, actor=actor, wanted=wanted):
        said, reply = one.said, one.reply
        yield (named(said.place), OPINIONS[said.opinion], str(said.comment.in_(said.comment.authoritative)),
               said.comment.authoritative, said.name or document.who(said), STAKEHOLDERS.get(said.group, ""),
               said.country, VERDICTS[reply.verdict] if reply else "",
               _text(reply.reason) if reply else "")  # fmt: skip


def _figure(name: str) -> Callable[[Actor, Asked], Iterator[Row]]:
    """The lines of one figure; its head stands in `FIGURES`."""

    def rows(actor: Actor, asked: Asked) -> Iterator[Row]:
        chosen = {one: asked.get(one, "") for one in ("since", "until", "year")}
        found = counted(counting.figures(counting.scope(actor=actor, **chosen), actor=actor))
        for line in next(one for one in found if one.name == name).lines:
            yield (line.label, *line.written)

    return rows


FIGURES: Final[dict[str, tuple[str | Promise, ...]]] = {
    "flows": (_("From, to"), _("Stays")),
    "times": (_("Days"), _("Units")),
    "quarters": (_("Quarter"), _("Median of days"), _("Units")),
    "reasons": (_("Reason"), _("Decisions")),
    "recognised": (_("Qualification"), _("Units")),
    "open": (_("Step"), *(lazy(days, str)(band) for band in BANDS)),
}
"""The heads of the figures' files."""

LISTS: Final[dict[str, Listing]] = {
    "qualifications": Listing(
        "qualifications:list",
        (_("Title"), _("Code"), _("Version"), _("Country"), "EQF", _("Points"), _("System"), _("Identifier")),
        _qualifications, _("Qualifications"),
    ),
    "institutions": Listing(
        "institutions:list", (_("Name"), _("Country"), _("Since"), _("Identifier")), _institutions, _("Institutions")
    ),
    "memoranda": Listing(
        "institutions:memoranda",
        (_("Parties"), _("State"), _("Valid from"), _("Valid until"), _("Identifier")), _memoranda, _("Memoranda"),
    ),
    "partners": Listing(
        "federation:network",
        (_("Name"), _("Address"), _("Who vouches"), _("Last heard"), _("Without answer")), _partners, _("Network"),
    ),
    "consultations": Listing(
        "consultations:list",
        (_("Draft"), _("Round"), _("State"), _("Opened"), _("Until"), _("Invited"), _("Answered"), _("Identifier")),
        _consultations,
    ),
    "comments": Listing(
        "consultations:comments",
        (_("Place"), _("Opinion"), _("Comment"), _("Language"), _("From"), _("Group"), _("Country"), _("Decision"),
         _("Reason")), _comments,
    ),
    "learners": Listing(
        "mobility:learners", (_("Name"), _("Date of birth"), _("Follows"), _("Identifier")), _learners, _("Learners")
    ),
    "agreements": Listing(
        "mobility:agreements",
        (_("Learner"), _("Qualification"), _("Home institution"), _("Hosting institution"), _("First day"),
         _("Last day"), _("Agreement"), _("Stay"), _("Reason"), _("Identifier")), _agreements, _("Agreements"),
    ),
    "groups": Listing(
        "mobility:groups",
        (_("Qualification"), _("Home institution"), _("Hosting institution"), _("First day"), _("Last day"),
         _("Learners"), VERSION_STATES[AgreementState.IN_FORCE], STAY_STATES[State.STARTED], _("Identifier")), _groups,
        GROUPS,
    ),
    "credit": Listing(
        "credit:list",
        (_("Unit"), _("Learner"), _("Assessed by"), _("Validated by"), _("Recognised by"), _("Result"),
         _("Recognition"), _("Decision due")), _credit, _("Credit"),
    ),
    "records": Listing("credit:learners", (_("Learner"), _("Identifier")), _records, _("Learners")),
    "portfolios": Listing(
        "credit:portfolios", (_("Learner"), _("Qualification"), _("Stage"), _("Identifier")), _portfolios,
        KINDS["portfolio"],
    ),
    "credentials": Listing(
        "credentials:list", (_("Title"), _("Kind"), _("Learner"), _("Day"), _("Status"), "SHA-256"), _credentials,
        _("Credentials"),
    ),
    "erasures": Listing(
        "dossier:erasures", (_("Learner"), _("Asked on"), _("Answer by"), _("Answer")), _erasures,
        KINDS["erasure"],
    ),
    **{f"figures-{name}": Listing("", head, _figure(name), TITLES[name]) for name, head in FIGURES.items()},
}  # fmt: skip
"""The lists by the name of their file. What an actor may not see on the page is not in the file either."""

OF_PAGE: Final[dict[str, str]] = {one.page: name for name, one in LISTS.items() if one.page}
"""By the name of a page, the file of its list."""


def table(name: str, *, actor: Actor, asked: Mapping[str, Any]) -> Table | None:
    """A list for an actor; None for a list that there is not. Raises what its page raises."""
    found = LISTS.get(name)
    if found is None:
        return None
    words = {key: str(text)[:200] for key, text in asked.items()}
    return Table(str(found.title or name), tuple(map(str, found.head)), _begun(found.rows(actor, words)))


def _begun(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows, of which the first is read already: so a refusal comes before the file begins."""
    left = iter(rows)
    first = list(islice(left, 1))
    return chain(first, left)
