"""Consultation on a draft qualification: what is asked, who answers, what the answers say, and what came of them.

A register office puts one frozen text to named stakeholders of several countries and groups. They give an opinion and a
comment at each place; the office answers the comments, and shows what the next version changed because of them.
"""

from ecvet.qualification.consultation.answers import (
    Group,
    Opinion,
    Reply,
    Response,
    Verdict,
    View,
    may_be_submitted,
    may_reply,
    replied,
)
from ecvet.qualification.consultation.changes import Change, How, changes
from ecvet.qualification.consultation.counting import (
    Count,
    Line,
    breakdown,
    contested,
    count,
    rate,
    tallied,
)
from ecvet.qualification.consultation.places import Place, PlaceKind, places
from ecvet.qualification.consultation.reminding import reminder_due
from ecvet.qualification.consultation.rounds import (
    LEAST_MINIMUM,
    Round,
    State,
    may_close,
    may_open,
    may_prolong,
    may_report,
    may_respond,
)

__all__ = [
    "LEAST_MINIMUM",
    "Change",
    "Count",
    "Group",
    "How",
    "Line",
    "Opinion",
    "Place",
    "PlaceKind",
    "Reply",
    "Response",
    "Round",
    "State",
    "Verdict",
    "View",
    "breakdown",
    "changes",
    "contested",
    "count",
    "may_be_submitted",
    "may_close",
    "may_open",
    "may_prolong",
    "may_reply",
    "may_report",
    "may_respond",
    "places",
    "rate",
    "reminder_due",
    "replied",
    "tallied",
]
