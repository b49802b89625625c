"""What can stand in the way of a person at a door."""

from ecvet.errors import EcvetError


class NotSignedIn(EcvetError):
    """Something that only a signed-in person may do."""

    code = "people.actor.not-signed-in"
    sentence = "You are not signed in."
    remedy = "Sign in with the link that is sent to your e-mail address, or send a valid token with the request."
    status = 401


class NotYourRole(EcvetError):
    """A signed-in person whose roles do not cover what she asked for."""

    code = "people.actor.wrong-role"
    sentence = "This is for the role {roles}."
    remedy = "Ask the coordinator of your institution to give you the role, or act for another of your institutions."
    status = 403


class NotYourInstitution(EcvetError):
    """An institution that the person does not belong to."""

    code = "people.actor.not-a-member"
    sentence = "You are not a member of this institution."
    remedy = "Choose one of your own institutions."
    status = 403


class LinkUnusable(EcvetError):
    """A sign-in link that was used, has expired or never existed; which of the three is nobody's business."""

    code = "people.sign-in.link-unusable"
    sentence = "This sign-in link cannot be used: it has expired, has been used already, or is incomplete."
    remedy = "Ask for a new link; it is sent to your e-mail address."
    status = 410


class AddressUnreadable(EcvetError):
    """A text that is not an e-mail address."""

    code = "people.address.unreadable"
    sentence = "“{text}” is not an e-mail address."
    remedy = "Write it like name@school.example."
    status = 422


class LanguageUnknown(EcvetError):
    """A language that the platform does not speak."""

    code = "people.language.unknown"
    sentence = "“{code}” is not one of the platform's languages."
    remedy = "Choose one of the languages in the list."
    status = 422


class NotYoursToGive(EcvetError):
    """A role given or taken by somebody who may not."""

    code = "people.role.not-yours-to-give"
    sentence = "You may not give or take the role {role} here."
    remedy = "Ask the register office, or somebody of this institution who coordinates or decides for it."
    status = 403


class LastRegisterOffice(EcvetError):
    """The only person left who can enter institutions and their people."""

    code = "people.role.last-register-office"
    sentence = "Nobody else has the role of the register office."
    remedy = "Give the role to another person first; then take it from this one."
    status = 409
