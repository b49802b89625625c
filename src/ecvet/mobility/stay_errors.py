"""What can stand in the way of a stay: of its events, its guests, its documents and its review."""

from ecvet.errors import EcvetError


class ReasonMissing(EcvetError):
    """An interruption, a cancellation, an early end or a refusal without its reason."""

    code = "mobility.event.reason-missing"
    sentence = "“{verb}” needs a reason."
    remedy = "Choose the reason; force majeure is one of its own and blames nobody."
    status = 422


class EventOfAnotherStay(EcvetError):
    """An event that belongs to another stay."""

    code = "mobility.event.another-stay"
    sentence = "The event belongs to the stay {other}, not to {stay}."
    remedy = "Tell it on the page of the stay to which it belongs."
    status = 409


class EventOfAnotherVersion(EcvetError):
    """An event that rests on another version of the agreement than the one in force on its day (R-LA-12)."""

    code = "mobility.event.another-version"
    sentence = "The event rests on the version {named}; in force on its day is {found}."
    remedy = "Tell it again with the version in force on that day."
    status = 409


class EventOutOfOrder(EcvetError):
    """An event dated before the one that was told last."""

    code = "mobility.event.out-of-order"
    sentence = "“{verb}” on {on} cannot follow “{before}” on {last}."
    remedy = "Correct the date, or correct the earlier event with a new version of its record."
    status = 409


class EndsBeforeAgreed(EcvetError):
    """An ordinary end before the agreed last day."""

    code = "mobility.event.ends-before-agreed"
    sentence = "The stay ended on {on}, before the agreed end on {end}."
    remedy = "Tell it as an early end with its reason, so that the reason is kept."
    status = 409


class NotBeforeAgreedEnd(EcvetError):
    """An early end that is not early."""

    code = "mobility.event.not-early"
    sentence = "An end on {on} is not early; the agreed end is {end}."
    remedy = "Tell it as an ordinary end; a longer stay needs a new version of the agreement."
    status = 409


class GuestMayNot(EcvetError):
    """A verb that a guest in this role does not have, or in another thread (R-EUR-2)."""

    code = "mobility.guest.not-yours"
    sentence = "This link does not allow “{verb}” for {thread}."
    remedy = "Use the link that was sent for this matter, or ask the institution that sent it."
    status = 403


class GuestLinkOver(EcvetError):
    """A link that has expired or whose task is done (R-EUR-2)."""

    code = "mobility.guest.link-over"
    sentence = "This link can no longer be used: {why}."
    remedy = "Ask for a new link; it goes to the same address."
    status = 410


class NotInvitable(EcvetError):
    """A role and task for which this institution invites nobody to this agreement (R-EUR-2)."""

    code = "mobility.guest.not-invitable"
    sentence = "You cannot invite anybody to “{task}” as {role} of this agreement."
    remedy = "Choose one of the roles in the list; people at the workplace are also invited by the hosting institution."
    status = 403


class PartyActsItself(EcvetError):
    """An institution that has people of its own here and needs no guest (R-EUR-2)."""

    code = "mobility.guest.party-acts-itself"
    sentence = "The {role} institution has people of its own here and acts itself."
    remedy = "Ask its coordinator, who finds the step on the page of the agreement and can invite people at work."
    status = 409


class DocumentsLocked(EcvetError):
    """The project's final report has been submitted (R-EUR-3)."""

    code = "mobility.project.locked"
    sentence = "The final report of {project} was submitted on {submitted}; its documents can no longer change."
    remedy = "Ask the national agency to reopen the report; until then the documents can be read and printed."
    status = 409


class WhyNotMissing(EcvetError):
    """A review that says that recognition did not succeed, without saying why (R-QA-3)."""

    code = "mobility.review.reason-missing"
    sentence = "The review says “{outcome}” and does not say why."
    remedy = "Choose at least one reason why the outcomes were not, or not fully, recognised."
    status = 422


class ReviewMissing(EcvetError):
    """A stay that would be closed without a review of its own (R-QA-3)."""

    code = "mobility.review.missing"
    sentence = "The stay {stay} cannot be closed: it is not recorded whether recognition succeeded."
    remedy = "Record the review first: whether the outcomes were recognised, and if not, why."
    status = 409
