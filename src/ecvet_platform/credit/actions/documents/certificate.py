"""Certificates: of a unit that was recognised, and of a qualification that was awarded."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from ecvet.credit.achievement import Achievement
from ecvet.credit.award import Award
from ecvet.credit.recognition import Recognition
from ecvet.qualification.qualification import Qualification
from ecvet.record import Recorded
from ecvet_platform.credit import words
from ecvet_platform.credit.actions import reading
from ecvet_platform.credit.actions.documents import alike
from ecvet_platform.documents.fields import AWARD, UNIT_CERTIFICATE
from ecvet_platform.documents.values import Cell, Document, said
from ecvet_platform.people.language import day


def of_unit(decision: Recorded[Recognition], language: str, check_at: str) -> Document:
    """The certificate of a recognised unit, or of the part of it that was recognised, by the body that decided."""
    item = decision.value
    unit, qualification = reading.unit(item.unit), reading.qualification(item.qualification)
    about = alike.learner(item.learner)
    return Document(
        form=UNIT_CERTIFICATE, language=language, title=str(UNIT_CERTIFICATE.title), lead=about["learner"],
        statement=_statement(
            about, _("The person named here has achieved the learning outcomes below. They are recognised.")
        ),
        values={
            **alike.qualification(qualification, language), "unit": said(unit.title, language),
            "points": alike.points(item.points), "extent": str(words.EXTENTS[item.extent]),
            "outcomes": alike.outcomes(unit, item.outcomes, language), **alike.grade(item.grade, language),
            **alike.decision(item.by, item.on, item.ground, language),
            "signatures": alike.signatures(decision.address),
        },
        **alike.of_record(decision.address, check_at, item.by.institution),
    )  # fmt: skip


def of_award(award: Recorded[Award], language: str, check_at: str) -> Document:
    """The statement that a qualification was awarded, with the units it rests on."""
    item = award.value
    about, qualification = alike.learner(item.learner), reading.qualification(item.qualification)
    return Document(
        form=AWARD, language=language, title=f"{AWARD.title}: {item.title.in_(language, 'en')}", lead=about["learner"],
        statement=_statement(about, _("The qualification below is awarded to the person named here.")),
        values={
            **alike.qualification(qualification, language),
            "qualification": said(item.title, language), "points": alike.points(item.points),
            "units": tuple(_units(item, qualification, language)),
            **alike.decision(item.by, item.on, item.ground, language), "signatures": alike.signatures(award.address),
        },
        **alike.of_record(award.address, check_at, item.by.institution),
    )  # fmt: skip


def _statement(about: Mapping[str, object], sentence: str) -> tuple[str, ...]:
    born = about["born"]
    return (_("Born on %(day)s") % {"day": born}, sentence) if born else (sentence,)


def _units(award: Award, qualification: Qualification, language: str) -> Iterable[dict[str, Cell]]:
    """What the award rests on: units recognised and units passed at home, in the order in which they were achieved."""
    points = {link.unit: link.points for link in qualification.units}
    known: list[Recorded[Recognition] | Recorded[Achievement]] = [
        *reading.recognitions(award.learner), *reading.achievements(award.learner)
    ]  # fmt: skip
    rests_on = [one.value for one in known if one.address in award.recognitions]
    for one in sorted(rests_on, key=lambda one: one.on):
        yield {
            "title": alike.title(one.unit, language), "points": alike.points(one.points or points.get(one.unit)),
            "way": _("recognised") if isinstance(one, Recognition) else _("passed at home"), "on": day(one.on),
        }  # fmt: skip
