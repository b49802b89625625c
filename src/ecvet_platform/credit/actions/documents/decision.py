"""The decision on recognition: what is recognised or refused, by whom, why, and what the learner can do about it."""

from django.utils.translation import gettext as _

from ecvet.credit.decision import Extent
from ecvet.credit.recognition import Recognition
from ecvet.credit.standing import to_be_examined
from ecvet.credit.transcript import Transcript
from ecvet.credit.validation import Validation
from ecvet.record import Recorded
from ecvet.terms import Identifier
from ecvet_platform.credit import words
from ecvet_platform.credit.actions import reading
from ecvet_platform.credit.actions.documents import alike
from ecvet_platform.credit.words.shares import share_said
from ecvet_platform.documents.fields import RECOGNITION
from ecvet_platform.documents.values import Cell, Document, Line, Text, said
from ecvet_platform.journal import store as records
from ecvet_platform.people.language import day


def document(decision: Recorded[Recognition], language: str, check_at: str) -> Document:
    """The document of one decision, by the body that decided."""
    item = decision.value
    unit, about = reading.unit(item.unit), alike.learner(item.learner)
    qualification = alike.qualification(reading.qualification(item.qualification), language)
    remedy, method = item.remedy, item.reconsideration
    return Document(
        form=RECOGNITION, language=language, title=f"{RECOGNITION.title}: {about['learner']}",
        lead=said(unit.title, language), status=_status(decision),
        values={
            **about, **qualification, "unit": said(unit.title, language), "hosting": _assessed_by(item),
            "extent": str(words.EXTENTS[item.extent]), "outcomes": alike.outcomes(unit, item.outcomes, language),
            "points": alike.points(item.points), **alike.grade(item.grade, language), "use": str(words.USES[item.use]),
            **_table(item),
            "replaced": tuple(one for one in (item.reverses, item.replaced) if one),
            **alike.decision(item.by, item.on, item.ground, language),
            "reasons": tuple(_with(str(words.REASONS[one.code]), said(one.text, language)) for one in item.reasons),
            "explanation": said(item.explanation, language),
            "method": (
                said(method.method, language), *share_said(method, unit, language),
                alike.name(method.quality_assured_by),
            ) if method else "",
            "remaining": alike.outcomes(unit, _remaining(item), language),
            "way": str(words.WAYS[remedy.way]) if remedy and remedy.way else "",
            "task": said(remedy.task, language) if remedy else "",
            "appeal": day(remedy.appeal_until) if remedy and remedy.appeal_until else "",
            "signatures": alike.signatures(decision.address),
        },
        **alike.of_record(decision.address, check_at, item.by.institution),
    )  # fmt: skip


def _status(decision: Recorded[Recognition]) -> str:
    if any(one.value.reverses == decision.address for one in reading.recognitions(decision.value.learner)):
        return _("another decision has taken its place")
    return _("a refusal") if decision.value.extent is Extent.NONE else _("in effect")


def _table(item: Recognition) -> dict[str, Cell]:
    """That the grade was taken from the table of a memorandum, with the address of its record."""
    return {"grade_table": (_("table of the memorandum"), item.grade_table)} if item.grade_table else {}


def _assessed_by(item: Recognition) -> str:
    validation = records.recorded(item.validation, Validation).value
    issuer: Identifier = records.recorded(validation.transcript, Transcript).value.issuer
    return alike.name(issuer)


def _remaining(item: Recognition) -> frozenset[str]:
    """What remains to be examined after a decision that is not full (R-NFIL-5), by what holds when it is printed."""
    if item.extent is Extent.FULL:
        return frozenset()
    known = reading.recognitions(item.learner)
    return to_be_examined(reading.unit(item.unit), known, learner=item.learner, qualification=item.qualification)


def _with(code: str, text: Line) -> Line:
    """A reason with what it is counted by; the text keeps its own language."""
    return Text(f"{code}: {text.words}", text.language) if isinstance(text, Text) else f"{code}: {text}"
