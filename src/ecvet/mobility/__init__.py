"""What was agreed: the learner, the learning agreement in its versions, and the stay abroad as it happened.

Fourth room of the story. `propose` and `amend` judge an agreement, `signatories`, `may_sign` and `seal` bring a version
into force, `version_at` says which one holds on a day; `stay_of` folds what happened into the state of the stay.
"""

from ecvet.mobility.agreement import (
    AgreedUnit,
    AssessmentPlan,
    LearningAgreement,
    Party,
    Responsible,
    Role,
    assessing,
)
from ecvet.mobility.amendment import Amendment, ChangeReason
from ecvet.mobility.befalling import Affected, Fate, befall_each, fates, usual_fate
from ecvet.mobility.carrying import can_follow, carried_over
from ecvet.mobility.case import Proposal
from ecvet.mobility.changes import Change, difference
from ecvet.mobility.circumstances import CASES, Circumstance, Noted, Surroundings, around
from ecvet.mobility.event import MobilityEvent, Reason, Remainder
from ecvet.mobility.frame import memorandum_for
from ecvet.mobility.group import Group, GroupStep, Member, deviations, one_for_each, steps
from ecvet.mobility.guest import (
    GUEST_VERBS,
    GuestPass,
    Matter,
    Task,
    guest_may,
    is_over,
    may_change,
    may_invite,
)
from ecvet.mobility.learner import Learner, called_now
from ecvet.mobility.lifecycle import STAY, State, Verb
from ecvet.mobility.proposal import amend, duplicates, in_time, propose
from ecvet.mobility.review import Feedback, MobilityReview, Outcome, WhyNot, may_close
from ecvet.mobility.signing import Mandate, may_sign, read, signatories
from ecvet.mobility.stay import Ending, Stay, after, befall, ending, may_tell, remarks, stay_of
from ecvet.mobility.versions import holds_from, seal, version_at

__all__ = [
    "CASES",
    "GUEST_VERBS",
    "STAY",
    "Affected",
    "AgreedUnit",
    "Amendment",
    "AssessmentPlan",
    "Change",
    "ChangeReason",
    "Circumstance",
    "Ending",
    "Fate",
    "Feedback",
    "Group",
    "GroupStep",
    "GuestPass",
    "Learner",
    "LearningAgreement",
    "Mandate",
    "Matter",
    "Member",
    "MobilityEvent",
    "MobilityReview",
    "Noted",
    "Outcome",
    "Party",
    "Proposal",
    "Reason",
    "Remainder",
    "Responsible",
    "Role",
    "State",
    "Stay",
    "Surroundings",
    "Task",
    "Verb",
    "WhyNot",
    "after",
    "amend",
    "around",
    "assessing",
    "befall",
    "befall_each",
    "called_now",
    "can_follow",
    "carried_over",
    "deviations",
    "difference",
    "duplicates",
    "ending",
    "fates",
    "guest_may",
    "holds_from",
    "in_time",
    "is_over",
    "may_change",
    "may_close",
    "may_invite",
    "may_sign",
    "may_tell",
    "memorandum_for",
    "one_for_each",
    "propose",
    "read",
    "remarks",
    "seal",
    "signatories",
    "stay_of",
    "steps",
    "usual_fate",
    "version_at",
]
