"""What each step is for, who takes it, who acts next, and where the rule stands: once for pages, calendar and docs.

`docs/people/steps.md` prints the same table (`tools/reference.py`); a page shows its line with `shell/step.html`.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: its title, what it is for, who takes it, who acts next, until when, and its source."""

    title: Words
    purpose: Words
    who: Words
    after: Words
    until: Words
    source: str


_SIXTY: Final = _("within 60 days of the proposal, and before the stay begins")
_AGREED: Final = _("by the day agreed in the learning agreement")

STEPS: Final[dict[str, Step]] = {
    "memorandum": Step(
        title=_("Propose a memorandum of understanding"),
        purpose=_(
            "Institutions accept each other's status, procedures and conditions, so that what is achieved at one "
            "counts at the other."
        ),
        who=_("a coordinator or officer of one of the institutions"), after=_("every institution named in it signs"),
        until=_("before the first learning agreement in its frame"),
        source="2009/C 155/02, Annex II.2; R-MOU-2, R-MOU-6",
    ),
    "agree": Step(
        title=_("Propose a learning agreement"),
        purpose=_(
            "Home institution, hosting institution and learner agree which learning outcomes are to be achieved, "
            "how they are assessed, and that home recognises them."
        ),
        who=_("the home institution's coordinator"), after=_("hosting institution and learner sign"),
        until=_("early enough for everybody to sign before the stay"),
        source="2009/C 155/02, Annex II.3; R-LA-1, R-LA-4, R-LA-5",
    ),
    "connect": Step(
        title=_("Connect a partner that has its own server"),
        purpose=_(
            "Two people compare a code by telephone, so that both servers know each other's keys; from then on what "
            "you agree and decide reaches the partner by itself."
        ),
        who=_("a coordinator or officer of each institution"), after=_("one of you proposes a memorandum"),
        until=_("before the first memorandum between the two"), source="network 4, 5; ADR 0035, 0037",
    ),
    "sign": Step(
        title=_("Sign"),
        purpose=_(
            "Each party accepts exactly this version, in its own role; or declines with a reason, and a new "
            "version is made from it."
        ),
        who=_("every party named in it; for an institution anybody authorised there"),
        after=_("when all have signed, the owner brings it into force"), until=_SIXTY,
        source="R-LA-1, R-LA-7, R-LA-12, R-MOU-6",
    ),
    "seal": Step(
        title=_("Bring into force"),
        purpose=_("The owner states that everybody has accepted this very version; from then on it holds."),
        who=_("the home institution, or whoever proposed the memorandum"), after=_("the stay is confirmed and begins"),
        until=_SIXTY, source="R-LA-1, R-MOU-6",
    ),
    "stay": Step(
        title=_("Tell what happens during the stay"),
        purpose=_(
            "Arrival, interruption, early end and their reasons are facts that assessment and recognition rest "
            "on."
        ),
        who=_("the hosting institution; home confirms and closes"), after=_("the hosting institution assesses"),
        until=_("on the day on which it happens"), source="2009/C 155/02, Annex II.3; R-LA-12",
    ),
    "assess": Step(
        title=_("Assess"),
        purpose=_(
            "Each learning outcome of the agreement is compared with its criteria, by the procedure that was "
            "agreed."
        ),
        who=_("an assessor of the hosting institution"), after=_("the hosting institution issues the transcript"),
        until=_("before the learner leaves"),
        source="2009/C 155/02, Annex I (f) and II.3; R-ASSESS-1, R-ASSESS-2, R-ASSESS-3, R-ASSESS-4",
    ),
    "transfer": Step(
        title=_("Issue the transcript"),
        purpose=_(
            "The personal transcript carries what was achieved to the home institution, signed, outcome by "
            "outcome."
        ),
        who=_("the hosting institution"), after=_("the home institution validates"),
        until=_("soon after the assessment"), source="2009/C 155/02, Annex II.3; R-TRANS-1, R-TRANS-4",
    ),
    "validate": Step(
        title=_("Validate"),
        purpose=_("The home institution confirms which assessed outcomes correspond to those that its unit requires."),
        who=_("the home institution's coordinator or officer"), after=_("whoever may recognise decides"),
        until=_AGREED, source="2009/C 155/02, Annex I (g) and II.3; R-VALID-1, R-VALID-2, R-VALID-4",
    ),
    "recognise": Step(
        title=_("Recognise or refuse"),
        purpose=_(
            "Validated outcomes get official status and count towards the qualification; a refusal says why and "
            "what can be done."
        ),
        who=_("the institution that holds the function for this qualification"),
        after=_("the learner reads the decision and may appeal"), until=_AGREED,
        source="2009/C 155/02, Annex I (h) and II.3; R-RECOG-1, R-RECOG-5, R-RECOG-14",
    ),
    "appeal": Step(
        title=_("Appeal"), purpose=_("A learner who disagrees with a decision has it looked at again."),
        who=_("the learner"), after=_("the competent institution decides"),
        until=_("the last day of appeal, which stands in the decision"),
        source="R-RECOG-14; the law of the home country",
    ),
    "change": Step(
        title=_("Decide on the appeal"), purpose=_("The decision is upheld or changed, with reasons."),
        who=_("the competent institution"), after=_("the decision becomes final"), until=_AGREED,
        source="R-RECOG-14; the law of the home country",
    ),
    "correct": Step(
        title=_("Correct the transcript"),
        purpose=_(
            "A contested or wrong transcript is answered by a new version with its reason; the earlier one stays "
            "in the record."
        ),
        who=_("the hosting institution"), after=_("the home institution looks at its validation again"),
        until=_("before home decides"), source="R-TRANS-4",
    ),
    "accumulate": Step(
        title=_("See what counts"),
        purpose=_("Recognised units add up by the rules of the qualification; nobody decides it, it follows."),
        who=_("nobody"), after=_("when it is complete, the competent institution awards"),
        until=_("no last day"), source="2009/C 155/02, Annex II.3; R-RECOG-8",
    ),
    "award": Step(
        title=_("Award the qualification"),
        purpose=_(
            "The competent institution states that the learner has achieved the outcomes of the whole "
            "qualification."
        ),
        who=_("the competent institution"), after=_("credentials are issued"),
        until=_("no last day"), source="2009/C 155/02, Annex I (a) and (h); R-RECOG-1",
    ),
    "portfolio": Step(
        title=_("Certify what was learned at work or elsewhere"),
        purpose=_(
            "Non-formal and informal learning is identified, documented, assessed and certified without any "
            "partner."
        ),
        who=_("the competent institution, with the learner"), after=_("an assessor, then whoever decides"),
        until=_("no last day"), source="Council Recommendation 2012/C 398/01",
    ),
    "confirm paper": Step(
        title=_("Confirm a paper signed by hand"),
        purpose=_("A signature on paper counts when a second person has compared the scan with the version."),
        who=_("a second coordinator of the institution"), after=_("the remaining parties sign"),
        until=_SIXTY, source="R-LA-1",
    ),
    "answer erasure": Step(
        title=_("Answer a request for erasure"),
        purpose=_("The learner learns within a month what was erased, or why it must be kept and what can be done."),
        who=_("the home institution's coordinator"), after=_("the learner may complain to the supervisory authority"),
        until=_("within one month"), source="Regulation (EU) 2016/679, Article 12(3) and 17; R-DATA-2",
    ),
}  # fmt: skip
"""All steps, in the order of the story, by the name that pages and `Waiting.step` use."""
