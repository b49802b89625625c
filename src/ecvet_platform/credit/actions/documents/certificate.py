"""Certificates: of a unit that was recognised, and of a qualification that was awarded."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from ecvet.credit.achievement import Achievement
from ecvet.credit.award import Award
from ecvet.credit.recognition import Recognition
from ecvet.record import Address, Recorded
from ecvet.terms import Identifier
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
        statement=_statement(about, _("This certifies that these learning outcomes were achieved and recognised:")),
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
    about = alike.learner(item.learner)
    return Document(
        form=AWARD, language=language, title=f"{AWARD.title}: {item.title.in_(language, 'en')}", lead=about["learner"],
        statement=_statement(about, _("This states that the qualification was awarded to the person named here.")),
        values={
            **alike.qualification(reading.qualification(item.qualification), language),
            "qualification": said(item.title, language), "points": alike.points(item.points),
            "units": tuple(_units(item.learner, item.recognitions, language)),
            **alike.decision(item.by, item.on, item.ground, language), "signatures": alike.signatures(award.address),
        },
        **alike.of_record(award.address, check_at, item.by.institution),
    )  # fmt: skip


def _statement(about: Mapping[str, object], sentence: str) -> tuple[str, ...]:
    born = about["born"]
    return (sentence, _("Born on %(day)s") % {"day": born}) if born else (sentence,)


def _units(learner: Identifier, rests_on: tuple[Address, ...], language: str) -> Iterable[dict[str, Cell]]:
    """What the award rests on: units recognised and units passed at home, in the order in which they were achieved."""
    found: list[Recorded[Recognition] | Recorded[Achievement]] = [
        *reading.recognitions(learner), *reading.achievements(learner)
    ]  # fmt: skip
    for one in sorted((one for one in found if one.address in rests_on), key=lambda one: one.value.on):
        recognised = isinstance(one.value, Recognition)
        yield {
            "title": alike.title(one.value.unit, language), "points": alike.points(one.value.points),
            "way": _("recognised") if recognised else _("passed at home"), "on": day(one.value.on),
        }  # fmt: skip
