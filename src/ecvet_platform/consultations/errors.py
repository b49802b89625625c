"""What can stand in the way of consulting people, beside what the core refuses."""

from ecvet.errors import EcvetError


class ConsultationUnknown(EcvetError):
    """A consultation that does not exist, or is nobody's business who asks: the two look the same."""

    code = "consultations.consultation.unknown-here"
    sentence = "There is no such consultation for you here."
    remedy = "Check the address, for which of your institutions you act, and whether you are invited."
    status = 404


class StakeholderUnknown(EcvetError):
    """Somebody who is not among those invited to a consultation."""

    code = "consultations.stakeholder.unknown"
    sentence = "There is no such stakeholder in this consultation."
    remedy = "Look at the list of those who are invited; somebody may have withdrawn the invitation."
    status = 404


class NoSuchAccount(EcvetError):
    """A member invited by an e-mail address that has no account here."""

    code = "consultations.stakeholder.no-account"
    sentence = "Nobody has an account here with the address {email}."
    remedy = "Invite the person by an e-mailed link instead; it needs no account."
    status = 422


class AskedAlready(EcvetError):
    """Somebody invited a second time to the same round."""

    code = "consultations.stakeholder.there-already"
    sentence = "This person is invited to the consultation already."
    remedy = "Remind the person instead, or withdraw the invitation first."
    status = 409


class HasAnswered(EcvetError):
    """Somebody whose invitation is taken back after the answer was submitted."""

    code = "consultations.stakeholder.has-answered"
    sentence = "This person has answered already, and what was said counts."
    remedy = "Leave the answer as it is; reply to its comments when the consultation is over."
    status = 409


class RoundRunning(EcvetError):
    """Another round of the same draft while one is open."""

    code = "consultations.round.running"
    sentence = "A consultation on this draft is open already."
    remedy = "Close it before you open the next round."
    status = 409


class StakeholderLineUnreadable(EcvetError):
    """A line of a list of stakeholders that cannot be read."""

    code = "consultations.stakeholder.line-unreadable"
    sentence = "Line {number} of the list cannot be read: {why}."
    remedy = "Write name; e-mail address; group; country; language: Ana Novak; ana@chamber.example; chamber; SI; sl"
    status = 422


class NoReport(EcvetError):
    """The report of a consultation that has none yet."""

    code = "consultations.report.not-made"
    sentence = "There is no report of this consultation yet."
    remedy = "It is made when the consultation is over and its comments have replies; look again later."
    status = 404
