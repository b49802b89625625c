"""Words of credit in the reader's language, for what has a fixed name in the code."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet.credit.assessment import Result
from ecvet.credit.decision import Extent, ReasonCode, Way
from ecvet.credit.lifecycle import RecognitionState, ResultState, Verb
from ecvet.credit.portfolio import Stage, Topic
from ecvet.credit.recognition import Use
from ecvet.credit.validation import Correspondence
from ecvet.qualification.reading import S1, STRICT

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

TOPICS: Final[Words] = {
    Topic.WORK: _("Work"),
    Topic.VOLUNTARY: _("Voluntary work and associations"),
    Topic.HOME: _("Home, family, hobbies"),
    Topic.COURSES: _("Courses and training without a qualification"),
    Topic.TASKS: _("Typical tasks"),
    Topic.PROOF: _("What can show it"),
    Topic.AIM: _("Aim"),
}
"""What an interview of identification asks about."""

QUESTIONS: Final[Words] = {
    Topic.WORK: _("Where, as what and how long did you work in this field? For what were you responsible alone?"),
    Topic.VOLUNTARY: _("What do you do without pay, for whom, since when?"),
    Topic.HOME: _("What that belongs to this field have you learned at home or for yourself?"),
    Topic.COURSES: _("Which courses did you attend, and what can you do since then?"),
    Topic.TASKS: _("Tell me of a usual day: what do you do first, with which tools, how do you know that it is right?"),
    Topic.PROOF: _("Who has seen you do it? Are there references, photographs, work samples, certificates?"),
    Topic.AIM: _("What do you want to reach with the recognition, and until when?"),
}
"""The questions that help the interviewer, by topic."""

WAYS: Final[Words] = {
    Way.ASSESSMENT: _("an assessment of what remains"),
    Way.EVIDENCE: _("more evidence for what remains"),
    Way.TRAINING: _("training in what remains, then its assessment"),
    Way.WORK: _("practice at work in what remains, then its assessment"),
}
"""By which way what remains can be achieved."""

READINGS: Final[Words] = {
    S1.name: _("S1: what lies above a maximum does not count"),
    STRICT.name: _("strict: nothing may lie above a maximum"),
}
"""The named readings of the rules (`ecvet.qualification.reading`)."""

MEDIA: Final[Words] = {
    "application/pdf": _("PDF file"),
    "image/png": _("picture"),
    "image/jpeg": _("picture"),
}
"""What kind of file a piece of evidence is; of another kind only its name of the internet is known."""
