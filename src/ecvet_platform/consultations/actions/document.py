"""The report of a consultation as a document: the frozen report in words, with its data attached."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from ecvet.qualification.consultation import Opinion
from ecvet.qualification.consultation.report import Changed, Decided, Report, Said, Tally, Turnout, Where
from ecvet_platform.consultations.words import GROUPS, HOWS, OPINIONS, VERDICTS, named
from ecvet_platform.documents.fields import CONSULTATION
from ecvet_platform.documents.values import Document, Line, Text, said
from ecvet_platform.institutions.actions import register
from ecvet_platform.people.language import country, day, number


def document(found: Report, record: bytes, language: str, page: str) -> Document:
    """The document of a report, sealed by the institution that consulted; `page` is where it stands for everybody."""
    body = register.names((found.institution,))[found.institution]
    return Document(
        form=CONSULTATION, language=language, title=f"{CONSULTATION.title}: {found.title.in_(language, 'en')}",
        on=found.made, lead=_("Made on %(day)s") % {"day": day(found.made)}, record=record, verification=page,
        sealer=found.institution, sealed_by=body,
        values={
            "qualification": said(found.title, language), "institution": body, "round": str(found.number),
            "asked": said(found.asked, language), "opened": day(found.opened),
            "deadline": day(found.closed or found.deadline), "snapshot": found.snapshot,
            "scale": ", ".join(str(one) for one in OPINIONS.values()),
            "hidden": _("Comments of people who asked for it carry no name, group or country. A group of fewer than "
                        "%(number)s people with one of them among them is counted together with others.")
            % {"number": found.minimum},
            "turnout": turnout(found), "groups": _turnout(found.groups, group_name),
            "countries": _turnout(found.countries, country),
            "results": tuple(
                {"of": _place(one.place, language), **_opinions(one.tally)} for one in found.results
            ),
            "by_group": _tallies(found.opinions_by_group, group_name),
            "by_country": _tallies(found.opinions_by_country, country),
            "decisions": tuple(_decision(one, n, language) for n, one in enumerate(found.decisions, 1)),
            "changes": tuple(_change(one, language) for one in found.changes),
        },
    )  # fmt: skip


def turnout(found: Report) -> str:
    """How many answered, in words."""
    return _("%(answered)s of %(invited)s answered (%(rate)s %%)") % {
        "answered": number(found.answered), "invited": number(found.invited), "rate": number(found.rate),
    }  # fmt: skip


def group_name(group: str) -> str:
    """A group in the reader's language."""
    return str(GROUPS[group])


def who(one: Said) -> str:
    """From whom a comment is, as far as it is said."""
    if not one.group:
        return _("anonymous")
    return ", ".join(part for part in (one.name, group_name(one.group), country(one.country)) if part)


def share(tally: Tally | None, opinion: Opinion) -> str:
    """How many gave an opinion, with the share of those who have one: “3 (42.9 %)”."""
    if tally is None:
        return _("not shown")
    count = number(getattr(tally, opinion.value))
    percent = None if opinion is Opinion.NONE else tally.share(opinion)
    return count if percent is None else _("%(count)s (%(share)s %%)") % {"count": count, "share": number(percent)}


def _turnout(lines: Iterable[Turnout], called: Callable[[str], str]) -> tuple[Mapping[str, Line], ...]:
    return tuple(
        {"of": called(one.of), "invited": number(one.invited), "answered": number(one.answered)} for one in lines
    )


def _tallies(lines: Iterable[Tally], called: Callable[[str], str]) -> tuple[Mapping[str, Line], ...]:
    return tuple({"of": ", ".join(map(called, one.of)), **_opinions(one)} for one in lines)


def _opinions(tally: Tally | None) -> dict[str, Line]:
    return {one.value: share(tally, one) for one in Opinion}


def _decision(one: Decided, number_: int, language: str) -> dict[str, Any]:
    return {
        "title": _("Decision %(number)s") % {"number": number_} if one.verdict else _("Comments without a decision"),
        "verdict": str(VERDICTS[one.verdict]) if one.verdict else _("none"), "reason": said(one.reason, language),
        "comments": tuple(
            {"place": _place(comment.place, language), "who": who(comment), "opinion": str(OPINIONS[comment.opinion]),
             "comment": said(comment.comment, language)}
            for comment in one.comments
        ),
        "places": tuple(_place(place, language) for place in one.places),
    }  # fmt: skip


def _change(one: Changed, language: str) -> dict[str, Line]:
    return {
        "place": _place(one.place, language), "how": str(HOWS[one.how]), "before": said(one.before, language),
        "after": said(one.after, language),
    }  # fmt: skip


def _place(where: Where, language: str) -> Line:
    spoken = said(where.title, language)
    return Text(named(where), spoken.language if isinstance(spoken, Text) else "")
