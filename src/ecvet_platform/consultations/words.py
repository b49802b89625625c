"""Words of consultations in the reader's language."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecvet.qualification.consultation import Group, How, Opinion, PlaceKind, State, Verdict
from ecvet.qualification.consultation.report import Where

Words = dict[str, str | Promise]

GROUPS: Final[Words] = {
    Group.EMPLOYER: _("Employers"),
    Group.CHAMBER: _("Chambers"),
    Group.TRADE_UNION: _("Trade unions"),
    Group.SCHOOL: _("Schools"),
    Group.TEACHER: _("Teachers and trainers"),
    Group.LEARNER: _("Learners"),
    Group.AUTHORITY: _("Authorities"),
    Group.OTHER: _("Others"),
}

OPINIONS: Final[Words] = {
    Opinion.AGREE: _("Agree"),
    Opinion.CHANGES: _("Agree with changes"),
    Opinion.DISAGREE: _("Disagree"),
    Opinion.NONE: _("No opinion"),
}

OPINION_KINDS: Final = {
    Opinion.AGREE: "good", Opinion.CHANGES: "wait", Opinion.DISAGREE: "bad", Opinion.NONE: "plain",
}  # fmt: skip

VERDICTS: Final[Words] = {
    Verdict.ACCEPTED: _("Accepted"),
    Verdict.PARTLY: _("Accepted in part"),
    Verdict.NOT: _("Not accepted"),
}

VERDICT_KINDS: Final = {Verdict.ACCEPTED: "good", Verdict.PARTLY: "wait", Verdict.NOT: "bad"}

HOWS: Final[Words] = {
    How.ADDED: _("added"),
    How.REMOVED: _("removed"),
    How.CHANGED: _("changed"),
}

STATES: Final[Words] = {
    State.OPEN: _("open"),
    State.OVER: _("deadline has passed"),
    State.CLOSED: _("closed"),
    State.REPORTED: _("report made"),
}

STATE_KINDS: Final = {State.OPEN: "wait", State.OVER: "bad", State.CLOSED: "plain", State.REPORTED: "good"}

PLACES: Final[Words] = {
    PlaceKind.WHOLE: _("The qualification as a whole"),
    PlaceKind.POINTS: _("Points"),
    PlaceKind.RULES: _("Rules of combination"),
    PlaceKind.UNIT: _("The unit as a whole"),
    PlaceKind.OUTCOME: _("Learning outcome"),
}


def named(where: Where) -> str:
    """What a place is called, in the reader's language: “CUT: Cutting”, “CUT: can plan cutting with a client”."""
    if where.title is None:
        return f"{where.code} {PLACES[where.kind]}" if where.code else str(PLACES[where.kind])
    return f"{where.code}: {where.title.in_(get_language() or 'en', 'en')}"


ASKS: Final[str | Promise] = _(
    "You are asked what you think of a draft qualification: its units, learning outcomes, points and rules."
)
"""What the e-mail with the link and the first page behind it say."""
