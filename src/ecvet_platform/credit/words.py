"""Words of credit in the reader's language, for what has a fixed name in the code."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet.credit.assessment import Result
from ecvet.credit.decision import Extent, ReasonCode
from ecvet.credit.lifecycle import RecognitionState, ResultState, Verb
from ecvet.credit.portfolio import Stage
from ecvet.credit.recognition import Use
from ecvet.credit.validation import Correspondence

Words = dict[str, str | Promise]

RESULTS: Final[Words] = {
    Result.ACHIEVED: _("Achieved"),
    Result.EXCEEDED: _("Exceeded"),
    Result.PARTLY: _("Partly achieved"),
    Result.NOT_ACHIEVED: _("Not achieved"),
    Result.NOT_ASSESSED: _("Not assessed"),
}

CORRESPONDENCES: Final[Words] = {
    Correspondence.CORRESPONDS: _("Corresponds"),
    Correspondence.PARTLY: _("Corresponds partly"),
    Correspondence.NOT: _("Does not correspond"),
}

EXTENTS: Final[Words] = {
    Extent.FULL: _("In full"),
    Extent.PARTIAL: _("In part"),
    Extent.NONE: _("Not at all"),
}

RECOGNISED: Final[Words] = {
    Extent.FULL: _("recognised in full"),
    Extent.PARTIAL: _("recognised in part"),
    Extent.NONE: _("not recognised"),
}

USES: Final[Words] = {
    Use.PART: _("Part of the qualification"),
    Use.ADD_ON: _("An addition beside the qualification"),
}

REASONS: Final[Words] = {
    ReasonCode.NOT_ACHIEVED: _("Not achieved"),
    ReasonCode.NOT_CORRESPONDING: _("Does not correspond to what is required"),
    ReasonCode.EVIDENCE_MISSING: _("Evidence is missing"),
    ReasonCode.PROCEDURE_NOT_FOLLOWED: _("The agreed procedure was not followed"),
    ReasonCode.ALREADY_RECOGNISED: _("Recognised already"),
    ReasonCode.OTHER: _("Another reason"),
}

RESULT_STATES: Final[Words] = {
    ResultState.OPEN: _("To be assessed"),
    ResultState.ASSESSED: _("Assessed"),
    ResultState.NOT_ASSESSED: _("Not assessed"),
    ResultState.ISSUED: _("Transcript issued"),
    ResultState.ACKNOWLEDGED: _("Transcript received"),
    ResultState.CORRECTED: _("Transcript corrected"),
    ResultState.CONTESTED: _("Contested by the learner"),
}

RECOGNITION_STATES: Final[Words] = {
    "": _("Not yet"),
    RecognitionState.AWAITED: _("To be validated"),
    RecognitionState.REMINDED: _("Reminder sent"),
    RecognitionState.ESCALATED: _("Competent institution asked"),
    RecognitionState.MORE_EVIDENCE: _("More evidence asked"),
    RecognitionState.VALIDATED: _("Validated"),
    RecognitionState.NOT_VALIDATED: _("Not validated"),
    RecognitionState.RECOGNISED: _("Recognised"),
    RecognitionState.PARTLY_RECOGNISED: _("Partly recognised"),
    RecognitionState.REFUSED: _("Refused"),
    RecognitionState.APPEALED: _("Appeal lodged"),
    RecognitionState.UPHELD: _("Upheld after appeal"),
    RecognitionState.CHANGED: _("Changed after appeal"),
    RecognitionState.FINAL: _("Final"),
    RecognitionState.BOOKED: _("Booked in part"),
    RecognitionState.COMPLETE: _("Unit complete"),
    RecognitionState.AWARDED: _("Qualification awarded"),
    RecognitionState.REVIEW: _("Under review"),
    RecognitionState.REVERSED: _("Reversed"),
}

_GOOD: Final = (
    RecognitionState.VALIDATED, RecognitionState.RECOGNISED, RecognitionState.CHANGED, RecognitionState.COMPLETE,
    RecognitionState.AWARDED, RecognitionState.BOOKED,
)  # fmt: skip
_BAD: Final = (RecognitionState.NOT_VALIDATED, RecognitionState.REFUSED, RecognitionState.REVERSED)
_WAITING: Final = (
    RecognitionState.AWAITED, RecognitionState.REMINDED, RecognitionState.ESCALATED, RecognitionState.MORE_EVIDENCE,
    RecognitionState.APPEALED, RecognitionState.REVIEW,
)  # fmt: skip

KINDS: Final[dict[str, str]] = {
    **{state.value: "good" for state in _GOOD},
    **{state.value: "bad" for state in _BAD},
    **{state.value: "wait" for state in _WAITING},
}
"""The kind of the tag that shows a state of recognition; plain where there is none."""

VERBS: Final[Words] = {
    Verb.ASSESS: _("Assess"),
    Verb.TRANSFER: _("Issue the transcript"),
    Verb.CORRECT: _("Correct the transcript"),
    Verb.ACKNOWLEDGE: _("Confirm that it has arrived"),
    Verb.CONTEST: _("Contest the transcript"),
    Verb.ASK: _("Ask for more evidence"),
    Verb.VALIDATE: _("Validate"),
    Verb.RECOGNISE: _("Recognise or refuse"),
    Verb.CHANGE: _("Decide on the appeal"),
    Verb.APPEAL: _("Appeal"),
    Verb.AWARD: _("Award the qualification"),
}

STAGES: Final[Words] = {
    Stage.IDENTIFICATION: _("Identification"),
    Stage.DOCUMENTATION: _("Documentation"),
    Stage.ASSESSMENT: _("Assessment"),
    Stage.CERTIFICATION: _("Certification"),
}
