"""What can stand in the way of a consultation."""

from ecvet.errors import EcvetError


class DeadlineUnusable(EcvetError):
    """A deadline that leaves no day to answer."""

    code = "consultation.round.deadline-unusable"
    sentence = "The consultation cannot last until {deadline}."
    remedy = "Choose a day after today; a prolonged consultation ends later than it would have."
    status = 422


class MinimumTooSmall(EcvetError):
    """A smallest group that would single people out."""

    code = "consultation.round.minimum-too-small"
    sentence = "Groups of {minimum} would single out people who asked to stay anonymous."
    remedy = "Choose a smallest group of at least {least} people."
    status = 422


class ConsultationOver(EcvetError):
    """An answer, invitation or change after the end of a consultation."""

    code = "consultation.round.over"
    sentence = "The consultation is over since {since}; answers are no longer taken."
    remedy = "Look at the report when it is there, or write to the institution that consulted."
    status = 409


class ConsultationRunning(EcvetError):
    """A reply or report while people may still change what they said."""

    code = "consultation.round.running"
    sentence = "The consultation runs until {deadline}, and comments can still be changed."
    remedy = "Wait until it is over, or close it first."
    status = 409


class ConsultationClosed(EcvetError):
    """A step that a closed or reported consultation does not have any more."""

    code = "consultation.round.closed"
    sentence = "This consultation is {state} already."
    remedy = "Open another round for the next version of the draft."
    status = 409


class NothingSaid(EcvetError):
    """An answer without any opinion and any comment."""

    code = "consultation.response.nothing-said"
    sentence = "The answer has no opinion and no comment yet."
    remedy = "Give an opinion or a comment at one place at least, then submit."
    status = 422


class PlaceUnknown(EcvetError):
    """An opinion about a place that the text does not have."""

    code = "consultation.response.place-unknown"
    sentence = "The text that is consulted on has no place “{place}”."
    remedy = "Use the places of this consultation: the whole, points, rules, its units and their outcomes."
    status = 422


class CommentUnknown(EcvetError):
    """A reply to a comment that nobody made."""

    code = "consultation.reply.comment-unknown"
    sentence = "There is no comment “{comment}” in this consultation."
    remedy = "Choose from the comments of those who have submitted."
    status = 422


class CommentsUnanswered(EcvetError):
    """A report while comments have no reply."""

    code = "consultation.report.unanswered"
    sentence = "Comments without a reply: {number}."
    remedy = "Reply to each of them, alone or together with others, then make the report."
    status = 409
