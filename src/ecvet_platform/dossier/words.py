"""What a learner's record says in plain words: what each thing is, where it stands, what is missing."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet.credit.erasure import Ground, Need, Part
from ecvet.credit.lifecycle import RecognitionState, ResultState

Words = dict[str, str | Promise]

KINDS: Final[Words] = {
    "person": _("Who you are, and the salt that proves it is you in the records"),
    "agreement": _("Learning agreement"),
    "stay": _("What happened during the stay"),
    "portfolio": _("Portfolio"),
    "assessment": _("Assessment"),
    "transcript": _("Personal transcript"),
    "request": _("Request for more evidence"),
    "validation": _("Validation"),
    "recognition": _("Recognition"),
    "appeal": _("Appeal"),
    "achievement": _("Achieved at home"),
    "award": _("Award of a qualification"),
    "credential": _("Credential"),
    "badge": _("Open Badge"),
    "status": _("What was decided about your credentials"),
    "wallet": _("What went into wallets"),
    "evidence": _("File of evidence"),
    "ledger": _("Units that are booked"),
    "progress": _("Progress"),
    "share": _("Links that you gave"),
    "look": _("Who looked, and when"),
    "erasure": _("Requests for erasure"),
    "journal": _("What the journal says"),
    "signatures": _("signatures"),
}
"""What a document or a file of the record is called."""

MEANS: Final[Words] = {
    "assessment": _("Somebody at the place where you learned looked at what you can do, outcome by outcome."),
    "transcript": _("The place where you learned tells your institution what was assessed, signed by it."),
    "request": _("Your institution asked for more evidence before it decides."),
    "validation": _("Your institution compared what was assessed with what was agreed and with its own unit."),
    "recognition": _("A competent institution decided what counts for your qualification; it can be appealed against."),
    "appeal": _("You asked for a decision to be taken anew."),
    "portfolio": _("What you learned at work or elsewhere, in your words and with your evidence."),
    "achievement": _("A unit that you passed at home in the ordinary way."),
    "award": _("You hold the qualification."),
    "credential": _("A file that proves a unit or a qualification to anybody, without asking anybody."),
    "agreement": _("What you learn where and when, and who assesses, validates and recognises it."),
}
"""What each kind of document means for the learner."""

_R, _S = ResultState, RecognitionState
STANDS: Final[Words] = {
    _R.OPEN: _("It is agreed, and has not been assessed yet."),
    _R.ASSESSED: _("It was assessed. The transcript is missing, without which home cannot decide."),
    _R.NOT_ASSESSED: _("It was not assessed; the reason stands with it. The transcript is missing."),
    _R.CONTESTED: _("You contested the transcript. It must be corrected or confirmed."),
    _S.AWAITED: _("The transcript is at home. Validation is missing: the comparison with what was agreed."),
    _S.REMINDED: _("The agreed day has passed, and home was reminded. Validation is missing."),
    _S.ESCALATED: _("Home did not answer in time. The competent institution was asked to step in."),
    _S.MORE_EVIDENCE: _("More evidence was asked for. Bring it, so that it can go on."),
    _S.VALIDATED: _("It corresponds to what was agreed. The decision that it counts is missing."),
    _S.NOT_VALIDATED: _("It was not validated; the reasons stand with it. You can appeal."),
    _S.RECOGNISED: _("It counts. It becomes final when the time for appeals has passed."),
    _S.PARTLY_RECOGNISED: _("A part of it counts; what remains stands in the decision. You can appeal in time."),
    _S.REFUSED: _("It does not count; reason and remedy stand in the decision. You can appeal in time."),
    _S.APPEALED: _("You appealed. A new decision is missing."),
    _S.UPHELD: _("Your appeal was answered: the decision stays as it was."),
    _S.CHANGED: _("Your appeal was answered: a new decision took the place of the first."),
    _S.FINAL: _("The decision is final."),
    _S.BOOKED: _("A part of the unit is booked for you. The other outcomes of the unit are missing."),
    _S.COMPLETE: _("The unit is complete and booked for you. Nothing is missing."),
    _S.AWARDED: _("The unit is part of a qualification that you were awarded. Nothing is missing."),
    _S.REVIEW: _("It is looked at again, because something about it was corrected. A new decision is missing."),
    _S.REVERSED: _("The decision was taken back; the reason stands with it. You can appeal."),
}
"""Where a unit stands and what is missing, by the state of its recognition, before that of its result."""

LOOKED: Final[Words] = {
    "learner": _("Your data and progress"),
    "thread": _("An agreement or portfolio"),
    "case": _("One unit with its decisions"),
    "evidence": _("A file of evidence"),
    "record": _("A signed record"),
    "credential": _("A credential"),
    "paper": _("A paper signed by hand"),
    "list": _("The list of what the link shows"),
}
"""What somebody looked at; documents shown through a link have the names of `KINDS`."""

NEEDS: Final[Words] = {
    Need.STAY: _("A stay is not over."),
    Need.RESULT: _("An assessment has not been handed over in a transcript."),
    Need.DECISION: _("A decision on recognition is awaited."),
    Need.APPEAL: _("An appeal is running."),
}

PARTS: Final[Words] = {
    Part.PERSON: _("Name, date of birth, and the salt that ties the records to the person"),
    Part.ACCOUNT: _("Account and e-mail address, unless the person also works here"),
    Part.EVIDENCE: _("Files of evidence, scans of signed papers among them; whoever holds the paper keeps it"),
    Part.CREDENTIALS: _("Credentials kept here, which carry the name; copies that were downloaded stay good"),
    Part.SHARES: _("Links, with whom and what they were for"),
    Part.RECORDS: _("Signed records, under the pseudonym"),
    Part.LEDGER: _("Booked units, under the pseudonym"),
    Part.JOURNAL: _("The journal, which has no personal data"),
    Part.LOOKS: _("Who looked at the record and when"),
}

WHY_KEPT: Final[Words] = {
    Part.RECORDS: _("others have signed them and must be able to prove what was agreed and decided"),
    Part.LEDGER: _("the same unit must not be counted twice"),
    Part.JOURNAL: _("it proves that nothing was changed afterwards"),
    Part.LOOKS: _("whoever looked remains answerable for it"),
}

GROUNDS: Final[Words] = {
    Ground.STILL_NEEDED: _("The data are still needed for something that is running"),
    Ground.ARCHIVE_LAW: _("A law on archives demands that they are kept"),
    Ground.LEGAL_CLAIM: _("They are needed for a legal claim"),
}

ANSWERS: Final[Words] = {"": _("Not answered yet"), "granted": _("Erased"), "refused": _("Refused")}
ANSWER_KINDS: Final = {"": "wait", "granted": "good", "refused": "bad"}


def stands(result: str, recognition: str) -> str:
    """Where a unit stands and what is missing, in one or two sentences."""
    state = result if result == ResultState.CONTESTED or not recognition else recognition
    return str(STANDS[state])
