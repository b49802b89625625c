"""What can stand in the way of a guest, and of those who invite guests or bring papers.

To who comes by a link nothing is revealed: neither whose matter it was nor whether there ever was one.
"""

from ecvet.errors import EcvetError


class GuestLinkUnusable(EcvetError):
    """A link that is incomplete, was replaced by a newer one, or never existed; which is nobody's business."""

    code = "guests.link.unusable"
    sentence = "This link cannot be used: it is incomplete, or a newer one was sent."
    remedy = "Open the link in the newest e-mail, or ask the person who invited you for another one."
    status = 410


class GuestTaskOver(EcvetError):
    """A link whose task is done, by the guest or by others."""

    code = "guests.link.task-over"
    sentence = "What this link was for is done; there is nothing left to do here."
    remedy = "You need do nothing more. If something is wrong, write to the person who invited you."
    status = 410


class GuestWithdrawn(EcvetError):
    """An invitation that was taken back."""

    code = "guests.link.withdrawn"
    sentence = "This invitation was withdrawn."
    remedy = "You need do nothing. If you expected otherwise, ask the person who invited you."
    status = 410


class GuestNotOpened(EcvetError):
    """A page behind a link in a browser in which the code was not entered."""

    code = "guests.link.not-opened"
    sentence = "The code has not been entered in this browser, or too long ago."
    remedy = "Open the link in the e-mail again and have a code sent to you."
    status = 403


class CodeWrong(EcvetError):
    """A code that does not open the link: wrong, too old, used, or tried too often."""

    code = "guests.code.wrong"
    sentence = "This code does not fit."
    remedy = "Type the six digits of the newest e-mail. After five wrong tries or 15 minutes get a new one."
    status = 422


class TooManyMails(EcvetError):
    """More e-mails asked for than one needs."""

    code = "guests.mail.too-many"
    sentence = "Several e-mails were sent to you a short while ago."
    remedy = "Look among unwanted mail, wait until tomorrow, or ask the person who invited you."
    status = 429


class GuestUnknown(EcvetError):
    """An invitation or a paper that does not exist, or is nobody's business who asks: the two look the same."""

    code = "guests.invitation.unknown-here"
    sentence = "There is no such invitation or paper for you here."
    remedy = "Check the address, and for which of your institutions you act."
    status = 404


class NothingToInviteFor(EcvetError):
    """An invitation, or a paper, for something that is done or not yet possible."""

    code = "guests.invitation.nothing-to-do"
    sentence = "At present there is nothing to do for this role in this agreement."
    remedy = "Look at the page of the agreement to see what waits, and for whom."
    status = 409


class InvitedAlready(EcvetError):
    """A second invitation of the same address for the same."""

    code = "guests.invitation.there-already"
    sentence = "This address is invited for the same already."
    remedy = "Send a new link instead; the one before then stops working."
    status = 409


class LearnersAddress(EcvetError):
    """Somebody invited to assess at the address of the learner or the guardian (R-ASSESS-9)."""

    code = "guests.invitation.learners-address"
    sentence = "This is the address of the learner or the guardian, who cannot act for the hosting institution."
    remedy = "Invite the person at the workplace at an address of her or his own."
    status = 422


class PaperDecided(EcvetError):
    """A paper that was confirmed or refused already."""

    code = "guests.paper.decided"
    sentence = "Somebody has decided about this paper already."
    remedy = "Look at the page of the agreement; bring another scan if this one was refused."
    status = 409
