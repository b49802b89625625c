"""Words of mobility in the reader's language, for what has a fixed name in the code."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet.errors import EcvetError
from ecvet.mobility import Ending, Fate, GroupStep, Outcome, Reason, Remainder, Role, State, Verb, WhyNot
from ecvet.mobility.roster import Answer, Column
from ecvet_platform.institutions import words as institutions
from ecvet_platform.people.telling import tell_all

Words = dict[str, str | Promise]

ROLES: Final[Words] = {
    Role.HOME: _("home institution"),
    Role.HOSTING: _("hosting institution"),
    Role.LEARNER: _("learner"),
    Role.GUARDIAN: _("guardian"),
    Role.INTERMEDIARY: _("intermediary"),
}

STATES: Final[Words] = {
    State.PLANNED: _("planned"),
    State.READY: _("ready"),
    State.STARTED: _("under way"),
    State.INTERRUPTED: _("interrupted"),
    State.ENDED: _("ended"),
    State.CLOSED: _("closed"),
    State.CANCELLED: _("cancelled"),
    State.NO_SHOW: _("learner did not come"),
}

STATE_KINDS: Final = {
    State.READY: "wait",
    State.STARTED: "good",
    State.INTERRUPTED: "wait",
    State.ENDED: "good",
    State.CANCELLED: "bad",
    State.NO_SHOW: "bad",
}

VERBS: Final[Words] = {
    Verb.PLAN: _("Plan"),
    Verb.CONFIRM: _("Confirm that everything is ready"),
    Verb.START: _("The learner has arrived"),
    Verb.INTERRUPT: _("Interrupt the stay"),
    Verb.RESUME: _("Resume the stay"),
    Verb.END: _("The stay has ended"),
    Verb.END_EARLY: _("End the stay early"),
    Verb.CLOSE: _("Look back and close"),
    Verb.CANCEL: _("Cancel the stay"),
    Verb.MISS: _("The learner did not come"),
}

HAPPENED: Final[Words] = {
    Verb.PLAN: _("planned"),
    Verb.CONFIRM: _("everything is ready"),
    Verb.START: _("the learner arrived"),
    Verb.INTERRUPT: _("interrupted"),
    Verb.RESUME: _("resumed"),
    Verb.END: _("ended"),
    Verb.END_EARLY: _("ended early"),
    Verb.CLOSE: _("looked back and closed"),
    Verb.CANCEL: _("cancelled"),
    Verb.MISS: _("the learner did not come"),
}

FATES: Final[Words] = {
    Fate.CONTINUE: _("goes on"),
    Fate.INTERRUPT: _("is interrupted"),
    Fate.END_EARLY: _("ends early"),
    Fate.CANCEL: _("is cancelled"),
}

REASONS: Final[Words] = {
    Reason.LEARNERS_WISH: _("the learner's wish"),
    Reason.HOSTS_WISH: _("the host's wish"),
    Reason.BREACH: _("breach of the agreement"),
    Reason.ILLNESS: _("illness"),
    Reason.FORCE_MAJEURE: _("force majeure"),
}

REMAINDERS: Final[Words] = {
    Remainder.DROPPED: _("is dropped"),
    Remainder.VIRTUAL: _("goes on virtually"),
    Remainder.LATER: _("is made up for later"),
}

ENDINGS: Final[Words] = {
    Ending.AS_PLANNED: _("as planned"),
    Ending.EARLY: _("early"),
    Ending.EXTENDED: _("after an extension"),
}

OUTCOMES: Final[Words] = {
    Outcome.FULL: _("fully recognised"),
    Outcome.PARTIAL: _("partly recognised"),
    Outcome.NONE: _("not recognised"),
}

WHY_NOT: Final[Words] = {
    WhyNot.NOT_ACHIEVED: _("outcomes were not achieved"),
    WhyNot.NOT_ASSESSED: _("outcomes were not assessed"),
    WhyNot.DOCUMENTED_POORLY: _("the documentation was not sufficient"),
    WhyNot.UNSUITABLE_OUTCOMES: _("the outcomes were not suitable"),
    WhyNot.PROCEDURE_NOT_KEPT: _("the agreed procedure was not kept"),
    WhyNot.NATIONAL_RULE: _("a national rule"),
    WhyNot.ENDED_EARLY: _("the stay ended early"),
    WhyNot.OTHER: _("another reason"),
}

ENCLOSURES: Final = institutions.ENCLOSURES

MODES: Final[Words] = {
    "physical": _("physical"),
    "blended": _("blended: partly virtual"),
    "virtual": _("virtual"),
}
"""How a stay takes place (Erasmus+ agreement of 2021); papers of others may say it in other words."""

FIELDS: Final[Words] = {
    "party": _("Party"),
    "unit": _("Unit"),
    "outcomes": _("Outcomes"),
    "part": _("Only a part"),
    "period": _("Period"),
    "memorandum": _("Memorandum"),
    "assessment": _("Assessment"),
    "validation": _("Responsible for validation"),
    "recognition": _("Responsible for recognition"),
    "validation_how": _("How validation is carried out"),
    "validation_recorded": _("How and when validated achievements are recorded"),
    "recognition_how": _("How recognition is carried out"),
    "enclosures": _("Enclosures"),
    "progress": _("Progress on the learning pathway"),
    "title": _("Title"),
    "qualification_title": _("Qualification"),
    "qualification": _("Qualification"),
    "eqf": _("EQF level"),
    "nqf": _("Level in the national framework"),
    "programme": _("Programme"),
    "project": _("Project"),
    "hosting_unit": _("Unit of the hosting institution"),
    "hosting_points": _("Points at the hosting institution"),
    "will_recognise": _("Recognition clause"),
    "mentors": _("Mentors"),
    "hosting_place": _("Place"),
    "additional": _("Additional information"),
    "retroactive": _("Retroactive"),
    "decision_due": _("Decision due"),
    "activities": _("Activities"),
    "home_points": _("Points at home"),
    "mode": _("Mode"),
    "id": _("Who"),
}

GROUPS: Final = _("Groups")

GROUP_STEPS: Final[Words] = {
    GroupStep.SIGN: _("Sign for those ticked"),
    GroupStep.SEAL: _("Bring into force for those ticked"),
    GroupStep.REMIND: _("Remind those who still have to sign"),
}

# ------------------------------------------------------------- lists of learners
COLUMNS: Final[Words] = {
    Column.NAMES: _("Given names"),
    Column.FAMILY_NAME: _("Family name"),
    Column.BIRTH_DATE: _("Date of birth"),
    Column.EMAIL: _("E-mail address"),
    Column.NUMBER: _("Learner number"),
    Column.QUALIFICATION: _("Qualification"),
    Column.GUARDIAN: _("Guardian's name"),
    Column.GUARDIAN_EMAIL: _("Guardian's e-mail address"),
}

ANSWERS: Final[Words] = {
    Answer.READ: _("will be entered"),
    Answer.KNOWN: _("left out"),
    Answer.REFUSED: _("cannot be read"),
}

ANSWERED: Final[Words] = {
    Answer.READ: _("entered"),
    Answer.KNOWN: _("left out"),
    Answer.REFUSED: _("not read"),
}

ANSWER_KINDS: Final = {Answer.READ: "good", Answer.KNOWN: "plain", Answer.REFUSED: "bad"}

RECOGNISED_BY: Final[Words] = {
    "the learner number": _("the learner number"),
    "the e-mail address": _("the e-mail address"),
    "name and date of birth": _("name and date of birth"),
    "the name, all that is known": _("the name, all that is known"),
}


def said(error: EcvetError) -> str:
    """A refusal or remark with its remedy, in the reader's language."""
    return tell_all(error)
