"""Reading what was said, and what the draft as it stands now changed; for the office."""

from dataclasses import dataclass
from uuid import UUID

from ecvet.qualification.consultation import Change, Place, Reply, Response, changes, replied
from ecvet.qualification.consultation.report import Result, Said, Tally, Turnout, results, said, tallies, turnout
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet_platform.consultations.actions import consulting
from ecvet_platform.consultations.actions.consulting import Consultation
from ecvet_platform.consultations.store import consultations, stakeholders
from ecvet_platform.drafts.actions import dividing
from ecvet_platform.drafts.store import draft as kept_draft
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications

ANY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What the answers say together; places with most disagreement first."""

    consultation: Consultation
    groups: tuple[Turnout, ...]
    countries: tuple[Turnout, ...]
    by_group: tuple[Tally, ...]
    by_country: tuple[Tally, ...]
    results: tuple[Result, ...]
    answered: int
    invited: int
    unanswered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment with the reply that it has; `name` is response and place in one word."""

    name: str
    said: Said
    reply: Reply | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which comments: by the key of a place (all of a unit by that of the unit), group, country, opinion, reply."""

    place: str = ANY
    group: str = ANY
    country: str = ANY
    opinion: str = ANY
    reply: str = ANY


def analysis(key: UUID, *, actor: Actor, place: str = "") -> Analysis:
    """The counts of a round; by group and country at one `place`, or over all. Raises as `consulting.office`."""
    item = consulting.office(key, actor=actor)
    _draft, _units, known = consulting.text(item)
    asked, responses = stakeholders.of_consultation(key), stakeholders.responses(key)
    at = next((one.key for one in known if one.key == place), None)
    return Analysis(
        consultation=item,
        groups=turnout((one.group.value, one.submitted is not None) for one in asked),
        countries=turnout((str(one.country), one.submitted is not None) for one in asked),
        by_group=tallies(responses, "group", minimum=item.minimum, place=at),
        by_country=tallies(responses, "country", minimum=item.minimum, place=at),
        results=results(responses, known, minimum=item.minimum), answered=len(responses), invited=len(asked),
        unanswered=unanswered(key, responses),
    )  # fmt: skip


def comments(key: UUID, *, actor: Actor, wanted: Wanted | None = None) -> tuple[Comment, ...]:
    """The comments of a round by place. Raises as `consulting.office`.

    Somebody who asked to be anonymous is found neither by group nor by country.
    """
    item, asked_for = consulting.office(key, actor=actor), wanted or Wanted()
    _draft, _units, known = consulting.text(item)
    held = replied(consultations.replies(key))
    found = (
        Comment(name=f"{name[0]}/{name[1]}", said=one, reply=held.get(name))
        for name, one in said(stakeholders.responses(key), known)
    )
    return tuple(one for one in found if _matches(one, asked_for))


def unanswered(key: UUID, responses: tuple[Response, ...] | None = None) -> int:
    """How many comments have no reply yet."""
    given = stakeholders.responses(key) if responses is None else responses
    held = replied(consultations.replies(key))
    return sum(
        view.comment is not None and (one.id, view.place) not in held for one in given for view in one.views
    )  # fmt: skip


def changed(item: Consultation) -> tuple[Change, ...]:
    """What the text as it stands now (published, else in the draft, else in the last round) changed."""
    draft, units, _places = consulting.text(item)
    return changes((draft.qualification, units.values()), _now(item))


def places(item: Consultation) -> tuple[Place, ...]:
    """The places of the text of a round."""
    return consulting.text(item)[2]


# ------------------------------------------------------------- inside
def _now(item: Consultation) -> tuple[Qualification, tuple[Unit, ...]]:
    kept = kept_draft(item.draft)
    if kept is not None:
        return kept.draft.qualification, tuple(dividing.units_of(kept.draft).values())
    published = qualifications.find(item.qualification)
    if published is not None:
        return published.value, tuple(one.value for one in qualifications.units_of(item.qualification))
    draft, units, _places = consulting.text(consultations.of_draft(item.draft)[0])
    return draft.qualification, tuple(units.values())


def _matches(one: Comment, wanted: Wanted) -> bool:
    place = one.said.place.key
    return (
        (not wanted.place or place == wanted.place or place.startswith(f"{wanted.place}/"))
        and (not wanted.group or one.said.group == wanted.group)
        and (not wanted.country or one.said.country == wanted.country)
        and (not wanted.opinion or one.said.opinion == wanted.opinion)
        and (not wanted.reply or (one.reply is None) is (wanted.reply == "none"))
    )
