"""What stakeholders say, and what the office answers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ecvet.qualification.consultation.errors import (
    CommentUnknown,
    ConsultationClosed,
    ConsultationRunning,
    NothingSaid,
    PlaceUnknown,
)
from ecvet.qualification.consultation.rounds import Round, State
from ecvet.terms import Country, Failure, LangString, Success


class Opinion(StrEnum):
    """What somebody thinks of a place, on a scale that means the same in every language."""

    AGREE = "agree"
    CHANGES = "agree_with_changes"
    DISAGREE = "disagree"
    NONE = "no_opinion"


class Group(StrEnum):
    """For whom a stakeholder speaks."""

    EMPLOYER = "employer"
    CHAMBER = "chamber"
    TRADE_UNION = "trade_union"
    SCHOOL = "school"
    TEACHER = "teacher"
    LEARNER = "learner"
    AUTHORITY = "authority"
    OTHER = "other"


class Verdict(StrEnum):
    """What the office makes of a comment."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT = "not_accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one stakeholder thinks of one place; `comment` in the language in which it was written."""

    place: str
    opinion: Opinion = Opinion.NONE
    comment: LangString | None = None

    @property
    def said(self) -> bool:
        """Whether it says anything."""
        return self.opinion is not Opinion.NONE or self.comment is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """All views of one stakeholder. `id` names the response and nobody; `name` is empty where it is not to be shown."""

    id: str
    group: Group
    country: Country
    views: tuple[View, ...]
    anonymous: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The office's answer to one comment or several (each as response and place), with the reason.

    `places` are the places of the next version that were changed because of them.
    """

    verdict: Verdict
    reason: LangString
    comments: tuple[tuple[str, str], ...]
    places: tuple[str, ...] = ()
    on: date


def may_be_submitted(views: Iterable[View], known: Collection[str]) -> Success | Failure:
    """Whether an answer says something, and only about places that there are."""
    given = tuple(views)
    for one in given:
        if one.place not in known:
            return Failure(PlaceUnknown(place=one.place[:80]))
    return Success() if any(one.said for one in given) else Failure(NothingSaid())


def may_reply(item: Round, reply: Reply, responses: Iterable[Response], on: date) -> Success | Failure:
    """Whether the office may answer these comments now: when they can no longer change, and before the report."""
    match item.state(on):
        case State.OPEN:
            return Failure(ConsultationRunning(deadline=item.deadline))
        case State.REPORTED:
            return Failure(ConsultationClosed(state=State.REPORTED.value))
    known = {(one.id, view.place) for one in responses for view in one.views if view.comment is not None}
    strange = next((one for one in reply.comments if one not in known), None)
    if strange is not None or not reply.comments:
        return Failure(CommentUnknown(comment="/".join(strange or ())[:120]))
    return Success()


def replied(replies: Iterable[Reply]) -> dict[tuple[str, str], Reply]:
    """The reply that each comment has; a later one takes the place of an earlier one."""
    return {comment: one for one in replies for comment in one.comments}
