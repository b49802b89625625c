"""What can stand in the way of a person at a door."""

from ecvet.errors import EcvetError


class NotSignedIn(EcvetError):
    """Something that only a signed-in person may do."""

    code = "people.actor.not-signed-in"
    sentence = "You are not signed in."
    remedy = "Sign in with a passkey or the link that is sent to your e-mail address, or send a valid token."
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


class ProofNeeded(EcvetError):
    """Something that needs a second factor, shown in this session or a short while ago."""

    code = "people.proof.needed"
    sentence = "This needs a fresh proof that it is you."
    remedy = "Show your passkey or type the code of your authenticator app; programs act with a token."
    status = 403


class FactorMissing(EcvetError):
    """A role for which an institution demands a second factor, and a person who has none."""

    code = "people.proof.no-second-factor"
    sentence = "Your institution demands a second factor for your role."
    remedy = "Set up a passkey or an authenticator app under “Signing in”; then go on."
    status = 403


class TooManyTries(EcvetError):
    """Too many wrong codes, of one account or from one address."""

    code = "people.proof.too-many-tries"
    sentence = "Too many codes were wrong. Nothing can be tried for {minutes} minutes."
    remedy = "Wait, then type the code that your app shows at that moment; or use one of your recovery codes."
    status = 429


class CodeWrong(EcvetError):
    """A code that is not the present one, or was used already."""

    code = "people.proof.code-wrong"
    sentence = "This code is not right, or has been used already."
    remedy = "Type the code that the app shows now, or a recovery code; check that the clock of your phone is right."
    status = 422


class LastWayIn(EcvetError):
    """A way to sign in that is the only one left."""

    code = "people.proof.last-way-in"
    sentence = "This is the only way in which you could still sign in."
    remedy = "Set up another passkey, or switch the links by e-mail on, first."
    status = 409


class PasskeyRefused(EcvetError):
    """What a passkey answered cannot be relied on: wrong challenge, site, signature, or not verified."""

    code = "people.passkey.refused"
    sentence = "The passkey could not be checked: {why}."
    remedy = "Load the page again and try once more, or sign in with a link by e-mail."
    status = 422


class PasskeyCopied(EcvetError):
    """A passkey whose counter went back: somebody may have a copy of it."""

    code = "people.passkey.copied"
    sentence = "This passkey was used elsewhere in the meantime: somebody may have a copy. It is suspended."
    remedy = "Sign in by another way, remove it under “Signing in”, and set up a new one."
    status = 403


class PasskeyUnknown(EcvetError):
    """A passkey that is not kept here."""

    code = "people.passkey.unknown"
    sentence = "This passkey is not known here."
    remedy = "Sign in with a link by e-mail, and set the passkey up under “Signing in”."
    status = 422


class NothingToProve(EcvetError):
    """A code or passkey asked for where none is set up, or after too long a time."""

    code = "people.proof.nothing-under-way"
    sentence = "There is nothing to confirm here, or it took too long."
    remedy = "Begin again from the sign-in page."
    status = 410


class SealBroken(EcvetError):
    """A secret that neither the platform's secret nor the one before opens."""

    code = "people.secret.unreadable"
    sentence = "The secret of this authenticator app cannot be read on this server."
    remedy = (
        "Use a recovery code, or sign in with a passkey; the operator may set ECVET_SECRET_BEFORE to the secret "
        "used before."
    )
    status = 500


class ProviderUnknown(EcvetError):
    """A provider that is not set up here."""

    code = "people.provider.unknown"
    sentence = "There is no such way to sign in here."
    remedy = "Choose one of the ways on the sign-in page."
    status = 404


class ProviderAway(EcvetError):
    """A provider that does not answer, or not with what OpenID Connect asks for."""

    code = "people.provider.away"
    sentence = "{title} cannot be asked at the moment."
    remedy = "Try again in a few minutes, or sign in with a link by e-mail."
    status = 502


class ProviderRefused(EcvetError):
    """A sign-in by a provider whose answer cannot be relied on, or was broken off."""

    code = "people.provider.refused"
    sentence = "The answer of {title} cannot be relied on: {why}."
    remedy = "Begin again from the sign-in page; if it happens again, tell the operator of this server."
    status = 403


class ProviderStranger(EcvetError):
    """Somebody whom a provider knows and the platform does not."""

    code = "people.provider.stranger"
    sentence = "{title} knows you, but there is no account here that belongs to it."
    remedy = (
        "Sign in with a link by e-mail and connect {title} under “Signing in”, or ask your coordinator to enter you."
    )
    status = 403


class ProviderTaken(EcvetError):
    """A provider's account that is tied to another person here."""

    code = "people.provider.taken"
    sentence = "This account of {title} belongs to another person here."
    remedy = "Sign in as that person, or remove the tie there first."
    status = 409


class ProvidersUnreadable(EcvetError):
    """A file of providers that says nothing usable."""

    code = "people.provider.file-unreadable"
    sentence = "The file of providers {file} is not usable: {why}."
    remedy = "Correct the file; docs/operate/sign-in.md shows one."
    status = 500


class NotAnOperator(EcvetError):
    """Staff access asked for by somebody who does not operate the server."""

    code = "people.staff.not-an-operator"
    sentence = "Only operators of this server can look as staff."
    remedy = "Ask an operator; who operates the server is named on its command line."
    status = 403


class StaffReasonMissing(EcvetError):
    """Staff access without a reason that the people concerned could read."""

    code = "people.staff.reason-missing"
    sentence = "No reason is given."
    remedy = "Say in a sentence why you must look; the learners concerned read it."
    status = 422


class StaffOnlyLooks(EcvetError):
    """Something that would change while somebody looks as staff."""

    code = "people.staff.only-looks"
    sentence = "You are looking as staff: nothing can be changed."
    remedy = "End the staff access first; then act in your own roles."
    status = 403


class NotYoursToEnd(EcvetError):
    """An account put out of use, or reset, by somebody who may not give all its roles."""

    code = "people.account.not-yours-to-end"
    sentence = "This person has roles that you may not give or take."
    remedy = "Ask the register office."
    status = 403


class YourselfOnly(EcvetError):
    """Somebody who would put her own account out of use."""

    code = "people.account.your-own"
    sentence = "This is your own account."
    remedy = "Ask a colleague who may give and take roles."
    status = 409


class TokenUnknown(EcvetError):
    """A token to be ended that the person does not have, or that has ended already."""

    code = "people.token.unknown"
    sentence = "You have no such token that still works."
    remedy = "Look at the list of your tokens; what is not there has ended."
    status = 404
