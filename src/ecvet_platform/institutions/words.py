"""Words of institutions and agreements in the reader's language, for what has a fixed name in the code."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet.partnership import AgreementState, Confirmation, Function
from ecvet.partnership.enclosure import Enclosure
from ecvet.record import Act, Level

Words = dict[str, str | Promise]

FUNCTIONS: Final[Words] = {
    Function.DESIGN: _("design qualifications"),
    Function.ALLOCATE: _("allocate points"),
    Function.ASSESS: _("assess"),
    Function.DOCUMENT: _("document"),
    Function.VALIDATE: _("validate"),
    Function.RECOGNISE: _("recognise"),
    Function.AWARD: _("award"),
}

STATES: Final[Words] = {
    AgreementState.DRAFT: _("draft"),
    AgreementState.PROPOSED: _("proposed"),
    AgreementState.REJECTED: _("rejected"),
    AgreementState.WITHDRAWN: _("withdrawn"),
    AgreementState.SUPERSEDED: _("replaced by a later version"),
    AgreementState.IN_FORCE: _("in force"),
    AgreementState.ENDING: _("in force, ending"),
    AgreementState.TERMINATED: _("ended"),
    AgreementState.VOID: _("void"),
}

STATE_KINDS: Final = {
    AgreementState.PROPOSED: "wait",
    AgreementState.IN_FORCE: "good",
    AgreementState.ENDING: "wait",
    AgreementState.REJECTED: "bad",
    AgreementState.WITHDRAWN: "bad",
    AgreementState.TERMINATED: "bad",
    AgreementState.VOID: "bad",
}

ACTS: Final[Words] = {
    Act.ACCEPT: _("accepted"),
    Act.REJECT: _("rejected"),
    Act.WITHDRAW: _("withdrew"),
    Act.ISSUE: _("issued"),
    Act.ACKNOWLEDGE: _("acknowledged"),
}

LEVELS: Final[Words] = {
    Level.GUEST: _("by e-mailed link and code"),
    Level.PAPER: _("on paper, confirmed by two people"),
}
"""How somebody without an account is known to have acted."""

CONFIRMATIONS: Final[Words] = {
    Confirmation.STATUS: _("We accept each other's status as competent institutions."),
    Confirmation.PROCEDURES: _(
        "We accept each other's criteria and procedures of quality assurance, assessment, validation and recognition."
    ),
    Confirmation.CONDITIONS: _("We agree on the conditions: objectives, duration and review."),
    Confirmation.COMPARABILITY: _("We agree that the qualifications are comparable, by their EQF levels."),
    Confirmation.ACTORS: _("We name the other actors and institutions and their functions."),
}

ENCLOSURES: Final[Words] = {
    Enclosure.CERTIFICATE_SUPPLEMENT: _("Europass Certificate Supplement"),
    Enclosure.QUALIFICATION_OUTCOMES: _("the learning outcomes of the qualification"),
    Enclosure.CV: _("Europass CV"),
    Enclosure.MOBILITY: _("Europass Mobility"),
    Enclosure.LANGUAGE_PASSPORT: _("Europass Language Passport"),
    Enclosure.SKILLS_PASSPORT: _("European Skills Passport"),
    Enclosure.UNITS_HELD: _("units already acquired"),
    Enclosure.OTHER_QUALIFICATION: _("something else about the qualification"),
    Enclosure.UNITS: _("descriptions of units"),
    Enclosure.ACTIVITIES: _("descriptions of learning activities"),
    Enclosure.DEVELOPMENT_PLAN: _("individual development plan"),
    Enclosure.OTHER_OUTCOMES: _("something else about the outcomes"),
    Enclosure.ASSESSMENT_PROCEDURE: _("procedure and criteria of assessment, or the grid"),
    Enclosure.TRANSCRIPT_FORM: _("form of the personal transcript"),
    Enclosure.OTHER_ASSESSMENT: _("something else about assessment"),
}
"""The boxes of the European templates; what “something else” is, the additional information says."""

CONTACT: Final[Words] = {
    "address": _("Postal address"),
    "telephone": _("Telephone"),
    "fax": _("Fax"),
    "e-mail": _("E-mail address"),
    "website": _("Website"),
    "person": _("Contact person"),
    "position": _("Position"),
    "person-telephone": _("Telephone of the contact person"),
    "person-fax": _("Fax of the contact person"),
    "person-e-mail": _("E-mail of the contact person"),
}
"""How to reach an institution, as the templates ask (spec: partnership, 5.4, section 2)."""

VERBS: Final[Words] = {
    "accept": _("Sign this version"),
    "reject": _("Reject this version"),
    "withdraw": _("Withdraw"),
    "seal": _("Bring into force"),
    "terminate": _("Terminate"),
    "propose": _("Propose a change"),
    "delegate": _("Hand the signature to a colleague"),
    "ask-again": _("Send the request again"),
}

DONE: Final[Words] = {
    "": _("Done. Everybody concerned sees it now."),
    "delegate": _("The signature is handed to your colleague, who is told. You may still sign yourself."),
    "ask-again": _("The request is sent again to everybody whose signature is missing."),
}
"""What is said after a step."""
