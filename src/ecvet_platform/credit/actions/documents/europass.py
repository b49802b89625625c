"""The fields of Europass Mobility: what a learner did and acquired during a stay, as agreement and transcript say it.

Europass Mobility is issued in Europass itself; this document holds its fields, filled in, with the transcript attached.
"""

from collections.abc import Iterable, Mapping
from typing import cast

from django.utils.translation import gettext as _

from ecvet.credit.transcript import Transcript
from ecvet.mobility.agreement import LearningAgreement
from ecvet.qualification.unit import OutcomeKind
from ecvet.record import Recorded
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import learners, reading
from ecvet_platform.credit.actions.documents import alike
from ecvet_platform.credit.actions.reading import Ground
from ecvet_platform.documents.fields import EUROPASS
from ecvet_platform.documents.values import Document, Line, Row, said
from ecvet_platform.institutions.actions import signed
from ecvet_platform.journal import store as records
from ecvet_platform.people.language import day
from ecvet_platform.qualifications import actions as qualifications


def document(ground: Ground, transcript: Recorded[Transcript], language: str, check_at: str) -> Document:
    """The fields for one stay, issued by the sending institution; `ground` is an agreement, not a portfolio."""
    agreed, item = cast(LearningAgreement, ground.basis.value), transcript.value
    known, shown = learners.known(ground.learner), records.signatures(transcript.address)
    person, period = known.person, agreed.period
    found = {
        "surname": person.family_name if person else "", "first": " ".join(person.names) if person else known.called,
        "born": day(person.birth_date) if person and person.birth_date else "",
        "matriculation": (person.learner_id or "").rpartition(":")[2] if person else "",
        "issuer": alike.name(ground.home), "number": agreed.project or ground.thread,
    }  # fmt: skip
    made = alike.of_record(transcript.address, check_at, ground.home)
    return Document(
        form=EUROPASS, language=language, title=f"{EUROPASS.title}: {known.called}",
        lead=said(agreed.qualification_title, language),
        values={
            **found, **signed.institution(ground.home, "home."), **signed.institution(ground.hosting, "hosting."),
            **alike.qualification(reading.qualification(agreed.qualification), language),
            **_mentor(agreed), "issued": day(made["on"]),
            "objective": _("Learning outcomes of a qualification, achieved abroad"), "programme": agreed.programme,
            "from": day(period.start), "to": day(period.end) if period.end else "",
            "on": day(shown[0].at.date()) if shown else "",
            "activities": tuple(said(one.activities, language) for one in agreed.units if one.activities),
            **{kind.value: tuple(_acquired(item, kind, language)) for kind in OutcomeKind},
            "other": (*_acquired(item, None, language), *(said(one, language) for one in item.additional)),
            "credit": tuple(_credit(item, {one.unit: one.code for one in agreed.units}, language)),
            "signatures": alike.signatures(transcript.address),
        },
        **made,
    )  # fmt: skip


def _mentor(agreed: LearningAgreement) -> dict[str, Line]:
    """The mentor named is the reference person of the host; without one its contact person is."""
    if not agreed.mentors:
        return {}
    return {"hosting.person": agreed.mentors[0].name, "hosting.position": agreed.mentors[0].position}


def _acquired(item: Transcript, kind: OutcomeKind | None, language: str) -> Iterable[Line]:
    """The outcomes achieved that are of one kind; those without a kind, or of units unknown here, for None."""
    for entry in item.entries:
        unit = qualifications.find_unit(entry.unit)
        known = {one.id: one for one in unit.value.outcomes} if unit else {}
        for name in (one.outcome for one in entry.outcomes if one.result.is_positive):
            outcome = known.get(name)
            if outcome is None and kind is None:
                yield name
            elif outcome is not None and outcome.kind is kind:
                yield said(outcome.text, language)


def _credit(item: Transcript, codes: Mapping[Identifier, str], language: str) -> Iterable[Row]:
    for entry in item.entries:
        yield {
            "code": codes.get(entry.unit, ""), "unit": said(entry.title, language),
            "points": alike.points(entry.points), "grade": entry.grade.value if entry.grade else "",
            "extent": _("the whole unit") if entry.complete else _("only a part of the unit"),
        }  # fmt: skip
