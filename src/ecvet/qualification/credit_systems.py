"""Credit systems as dated data: who counts what a point is, and since when. Nothing here is a rule of the core.

Hours per point belong to national profiles; plain ECVET has none (R-POINTS-15). A profile that changes gets a new row
with its own dates; a row is never edited once records rely on it. Each row names the concept by which the European
Learning Model knows the system, where it has one: a credit point is that framework and one value (R-DATA-1).
"""

from datetime import date
from decimal import Decimal
from typing import Final

from ecvet.qualification.errors import CreditSystemUnknown
from ecvet.terms import CreditSystem, Identifier, LangString, Period, Points, country

_SIXTY: Final = Decimal(60)

CREDIT_SYSTEMS: Final[tuple[CreditSystem, ...]] = (
    CreditSystem(
        code="ecvet",
        name=LangString.of(en="European Credit system for Vocational Education and Training"),
        country=country("EU"),
        grain=Decimal(1),
        points_per_year=_SIXTY,
        elm_framework=Identifier("http://data.europa.eu/snb/education-credit/60b314e826"),
        valid=Period(date(2009, 6, 18)),
        source="Recommendation 2009/C 155/02, Annex II.4",
    ),
    CreditSystem(
        code="ects",
        name=LangString.of(en="European Credit Transfer and Accumulation System"),
        country=country("EU"),
        grain=Decimal("0.5"),
        points_per_year=_SIXTY,
        elm_framework=Identifier("http://data.europa.eu/snb/education-credit/6fcec5c5af"),
        source="ECTS Users' Guide 2015; hours differ by country and are not part of the profile",
    ),
    CreditSystem(
        code="fi-ov",
        name=LangString.of(fi="opintoviikko", sv="studievecka", en="study week", authoritative="fi"),
        country=country("FI"),
        grain=Decimal("0.5"),
        points_per_year=Decimal(40),
        hours_per_point=Decimal(40),
        valid=Period(date(1999, 1, 1), date(2015, 7, 31)),
        source="Act 630/1998; vipunen.fi, 2010–2015: 120 credits of 40 hours in three years",
    ),
    CreditSystem(
        code="fi-osp",
        name=LangString.of(fi="osaamispiste", sv="kompetenspoäng", en="competence point", authoritative="fi"),
        country=country("FI"),
        grain=Decimal(1),
        points_per_year=_SIXTY,
        valid=Period(date(2015, 8, 1)),
        source="Cedefop, Finland: reforming vocational qualifications; in force since 1 August 2015",
    ),
    CreditSystem(
        code="ee-ekap",
        name=LangString.of(et="Eesti kutsehariduse arvestuspunkt", en="Estonian VET credit point", authoritative="et"),
        country=country("EE"),
        grain=Decimal("0.5"),
        points_per_year=_SIXTY,
        hours_per_point=Decimal(26),
        valid=Period(date(2013, 9, 1)),
        source="Vocational Educational Institutions Act of 2013; Eurydice, Estonia 6.5",
    ),
    CreditSystem(
        code="mt-ecvet",
        name=LangString.of(en="ECVET credit (Malta)"),
        country=country("MT"),
        grain=Decimal(1),
        points_per_year=_SIXTY,
        hours_per_point=Decimal(25),
        min_contact_hours=Decimal(5),
        elm_framework=Identifier("http://data.europa.eu/snb/education-credit/60b314e826"),
        source="Malta Further and Higher Education Authority, Malta Qualifications Framework; its start is not known",
    ),
)


def credit_system(code: str, on: date) -> CreditSystem:
    """The credit system of this code as it is on that day. Raises `CreditSystemUnknown`, which lists those known."""
    found = find_credit_system(code, on)
    if found is None:
        raise CreditSystemUnknown(system=code, on=on, known=", ".join(one.code for one in _known(on)))
    return found


def find_credit_system(code: str, on: date) -> CreditSystem | None:
    """The credit system of this code as it is on that day, if there is one."""
    return next((one for one in _known(on) if one.code == code), None)


def _known(on: date) -> list[CreditSystem]:
    return [one for one in CREDIT_SYSTEMS if one.valid is None or on in one.valid]


def hours(points: Points, on: date) -> Decimal | None:
    """The hours of learning that the points stand for in their own system; None where it knows none (R-POINTS-15).

    A statement about the size of an offer, never about a learner: points follow achievement, not time (R-RECOG-4).
    """
    per_point = credit_system(points.system, on).hours_per_point
    return None if per_point is None else points.value * per_point
