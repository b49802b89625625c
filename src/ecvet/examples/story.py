"""The plan of the demonstration: four people, what they learn where, and what will be typed in on which day.

* Alba spends ten weeks in Malta, achieves everything agreed, and completes her qualification.
* Onni misses one outcome; a part is recognised, and he stays incomplete.
* Liisa, a minor, is assessed positively, refused with a reason, appeals, and is recognised.
* Farid learned clay plastering at work: three units in full, one in part.

Everything here is a draft or an input. Nothing is decided: the verbs of the rooms do that, when somebody walks through.
"""

from datetime import date
from typing import Final

from ecvet.credit import (
    Claim,
    CriterionResult,
    Experience,
    OutcomeResult,
    Reason,
    ReasonCode,
    Remedy,
    Result,
)
from ecvet.examples import CLAY_PLASTERING, HAIRDRESSING, VEHICLE, qualification, units
from ecvet.examples.cast import ALBA, BOARD, COLLEGE, FARID, INSTITUTE, LIISA, MARCO, ONNI, CastLearner
from ecvet.examples.plan import AtHome, Dispute, FromWork, Mobility
from ecvet.partnership import (
    Confirmation,
    CoveredQualification,
    Function,
    MemorandumOfUnderstanding,
    OtherActor,
    Responsibility,
)
from ecvet.qualification import Unit
from ecvet.terms import Country, Identifier, LangString, Period, Points

PUBLISHED: Final = date(2022, 8, 1)
"""The day on which the institutions are entered and publish their qualifications; learners come later, each `since`."""
MEMORANDUM_PROPOSED: Final = date(2024, 10, 7)
MEMORANDUM_SIGNED: Final = date(2024, 10, 21)


def _text(en: str, fi: str) -> LangString:
    return LangString.of(en=en, fi=fi)


def _covered(name: str, *codes: str) -> CoveredQualification:
    one, _ = qualification(name)
    return CoveredQualification(
        qualification=one.id, title=one.title, country=one.country, eqf=one.eqf, nqf=one.nqf,
        units=frozenset(units(name)[code].id for code in codes),
    )  # fmt: skip


_HOSTING: Final = (Function.ASSESS, Function.DOCUMENT)

MEMORANDUM: Final = MemorandumOfUnderstanding(
    parties=(COLLEGE.id, INSTITUTE.id),
    objectives=_text("Learners of both institutions achieve units of their qualifications abroad",
                     "Oppilaitosten opiskelijat suorittavat tutkintojensa osia ulkomailla"),
    valid=Period(date(2024, 10, 1), date(2029, 7, 31)),
    review=_text("Every June, by both coordinators", "Joka kesäkuu, molemmat koordinaattorit"),
    confirmations=frozenset(Confirmation),
    qualifications=(_covered(HAIRDRESSING, "100114", "100116"), _covered(VEHICLE, "105725")),
    responsibilities=(
        *(Responsibility(country=Country("FI"), function=one, institution=COLLEGE.id)
          for one in (*_HOSTING, Function.VALIDATE)),
        *(Responsibility(country=Country("FI"), function=one, institution=BOARD.id)
          for one in (Function.RECOGNISE, Function.AWARD)),
        *(Responsibility(country=Country("MT"), function=one, institution=INSTITUTE.id)
          for one in (*_HOSTING, Function.VALIDATE, Function.RECOGNISE)),
    ),
    other_actors=(
        OtherActor(id=BOARD.id, name=BOARD.name, country=BOARD.country, functions=(Function.RECOGNISE, Function.AWARD)),
    ),
    least_weeks=2,
    most_weeks=26,
)  # fmt: skip
"""The draft of the memorandum between the college in Tampere and the institute in Malta; it opens three units."""


def _achieved(unit: Unit, **failed: str) -> tuple[OutcomeResult, ...]:
    """Results for all outcomes of a unit: achieved, unless a reason is given for one that was not."""
    return tuple(
        OutcomeResult(
            outcome=one.id, result=Result.NOT_ACHIEVED if one.id in failed else Result.ACHIEVED,
            criteria=tuple(CriterionResult(criterion=each.id, met=one.id not in failed) for each in one.criteria),
            reason=failed.get(one.id, ""),
        )
        for one in unit.outcomes
    )  # fmt: skip


_VALIDATION: Final = _text("Study regulations of the college, section 12 (invented)",
                           "Oppilaitoksen opintosääntö, 12 § (keksitty)")  # fmt: skip
_RECOGNITION: Final = _text("Rules of the board on recognition, section 3 (invented)",
                            "Lautakunnan tunnustamissääntö, 3 § (keksitty)")  # fmt: skip
_AWARD: Final = _text("Rules of the board on awards, section 7 (invented)",
                      "Lautakunnan todistussääntö, 7 § (keksitty)")  # fmt: skip
_METHODS: Final = ("practical demonstration", "conversation")

ALBA_IN_MALTA: Final = Mobility(
    learner=ALBA, code="100114", period=Period(date(2025, 1, 13), date(2025, 3, 21)),
    proposed=date(2024, 11, 18), signed=date(2024, 11, 29), assessed=date(2025, 3, 19), transferred=date(2025, 3, 24),
    validated=date(2025, 4, 2), recognised=date(2025, 4, 9), awarded=date(2025, 5, 28),
    place="Training salon, Valletta", methods=_METHODS, mentor=MARCO,
    results=_achieved(units(HAIRDRESSING)["100114"]),
    activities=_text("Cutting and shaving in a salon, four days a week",
                     "Leikkauksia ja parranajoa liikkeessä, neljä päivää viikossa"),
    validation_ground=_VALIDATION, recognition_ground=_RECOGNITION, award_ground=_AWARD,
)  # fmt: skip
"""Ten weeks; all outcomes achieved; 35 points at home, which complete the 180."""

ALBA_AT_HOME: Final = (
    AtHome(code="100115", on=date(2023, 5, 26)),
    AtHome(code="100116", on=date(2024, 5, 24)),
    AtHome(code="100117", on=date(2023, 12, 15)),
    AtHome(code="100118", on=date(2024, 12, 13)),
    AtHome(code="100119", on=date(2024, 12, 18)),
    AtHome(code="101053", on=date(2023, 5, 31)),
    AtHome(code="101054", on=date(2023, 5, 31)),
    AtHome(code="101055", on=date(2024, 5, 31)),
    AtHome(code="101056", on=date(2024, 5, 31)),
    AtHome(
        code="STAGE-WIGS", on=date(2024, 10, 11), unit=Identifier(f"{COLLEGE.id}units/stage-wigs"),
        points=Points.of(10, "fi-osp"), sort="local-unit",
    ),
)  # fmt: skip
"""20 + 30 + 15 + 20, an optional 15, the common 11 + 9 + 8 + 7, and a local unit of 10: 145 before she leaves."""

ONNI_IN_MALTA: Final = Mobility(
    learner=ONNI, code="100116", period=Period(date(2025, 1, 27), date(2025, 3, 21)),
    proposed=date(2024, 11, 19), signed=date(2024, 12, 3), assessed=date(2025, 3, 20), transferred=date(2025, 3, 25),
    validated=date(2025, 4, 3), recognised=date(2025, 4, 10),
    place="Training salon, Valletta", methods=_METHODS, mentor=MARCO,
    results=_achieved(units(HAIRDRESSING)["100116"], C1="The cause of the unwanted tone was not found in time"),
    activities=_text("Colour treatments in a salon, four days a week", "Värjäyksiä liikkeessä, neljä päivää viikossa"),
    validation_ground=_VALIDATION, recognition_ground=_RECOGNITION,
    reasons=(Reason(code=ReasonCode.NOT_ACHIEVED, text=_text(
        "Correcting an unwanted colour was not achieved", "Epäonnistuneen värin korjaamista ei saavutettu")),),
    remedy=Remedy(task=_text("Correct a colour on a client at the college", "Korjaa asiakkaan väri oppilaitoksessa"),
                  appeal_until=date(2025, 5, 12)),
)  # fmt: skip
"""Eight weeks; one outcome of four not achieved: a part is recognised, the unit is not awarded."""

ONNI_AT_HOME: Final = (AtHome(code="100115", on=date(2024, 5, 24)), AtHome(code="100117", on=date(2024, 12, 13)))

LIISA_IN_MALTA: Final = Mobility(
    learner=LIISA, code="105725", period=Period(date(2025, 2, 3), date(2025, 3, 28)),
    proposed=date(2024, 11, 20), signed=date(2024, 12, 9), assessed=date(2025, 3, 26), transferred=date(2025, 3, 31),
    validated=date(2025, 4, 4), recognised=date(2025, 4, 11),
    place="Body shop of the institute", methods=_METHODS,
    results=_achieved(units(VEHICLE)["105725"]),
    activities=_text("Panel repair in the body shop of the institute", "Korikorjausta oppilaitoksen korikorjaamossa"),
    validation_ground=_VALIDATION, recognition_ground=_RECOGNITION,
    dispute=Dispute(
        reasons=(Reason(code=ReasonCode.PROCEDURE_NOT_FOLLOWED, text=_text(
            "The transcript does not show that two people observed the demonstration, as was agreed",
            "Suoritusotteesta ei näy, että näyttöä seurasi sovitusti kaksi henkilöä")),),
        remedy=Remedy(task=_text("Show who observed the demonstration, or repeat it",
                                 "Osoita, ketkä seurasivat näyttöä, tai toista se"), appeal_until=date(2025, 5, 12)),
        appeal=_text("A second teacher was there and signed the grid; a copy is attached",
                     "Paikalla oli toinen opettaja, joka allekirjoitti taulukon; kopio on liitteenä"),
        appealed=date(2025, 4, 22),
        answer=_text("The signed grid shows two observers; the agreed procedure was followed",
                     "Allekirjoitettu taulukko osoittaa kaksi havainnoijaa; sovittua menettelyä noudatettiin"),
        answered=date(2025, 5, 6),
    ),
)  # fmt: skip
"""Eight weeks, with her mother's signature; assessed positively, refused, recognised after an appeal."""

LIISA_AT_HOME: Final = (AtHome(code="400012", on=date(2024, 12, 18)), AtHome(code="400013", on=date(2024, 12, 18)))


def _claims(code: str, statement: str, *outcomes: str) -> tuple[Claim, ...]:
    unit = units(CLAY_PLASTERING)[code]
    chosen = outcomes or tuple(one.id for one in unit.outcomes)
    return tuple(Claim(unit=unit.id, outcome=one, statement=LangString.of(en=statement)) for one in chosen)


_CLAY: Final = units(CLAY_PLASTERING)

FARID_FROM_WORK: Final = FromWork(
    learner=FARID,
    procedure=LangString.of(en="Interview, portfolio, and a day of work on the training site"),
    experience=(
        Experience(
            description=LangString.of(en="Plasterer on building sites, the last three years with clay"),
            period=Period(date(2014, 4, 1), date(2024, 12, 20)), organisation="Lehm und Kalk (invented)",
        ),
    ),
    claims=(
        *_claims("1", "I mix our plaster and test the earth we dig"),
        *_claims("2", "I plaster houses with a crew of three"),
        *_claims("3", "I repair and paint clay walls in old houses"),
        *_claims("4", "I make samples and walls to the drawings of others", "K1", "S1"),
    ),
    results={
        "1": _achieved(_CLAY["1"]),
        "2": _achieved(_CLAY["2"]),
        "3": _achieved(_CLAY["3"]),
        "4": tuple(one for one in _achieved(_CLAY["4"]) if one.outcome != "C1"),
    },
    place="Training site of the school", methods=("practical demonstration", "conversation"),
    identified=date(2025, 1, 14), documented=date(2025, 2, 4), assessed=date(2025, 2, 20),
    transferred=date(2025, 2, 21), certified=date(2025, 3, 3),
    ground=LangString.of(en="Rules of the school on experience from work, section 2 (invented)"),
    explanation=LangString.of(en="Ten years of plastering, shown in a portfolio and in a day of work on the site"),
)  # fmt: skip
"""Units 1, 2 and 3 in full, 9 + 12 + 6 points of 60; of the fourth two outcomes of three."""

MOBILITIES: Final = (ALBA_IN_MALTA, ONNI_IN_MALTA, LIISA_IN_MALTA)

AT_HOME: Final[tuple[tuple[CastLearner, tuple[AtHome, ...]], ...]] = (
    (ALBA, ALBA_AT_HOME),
    (ONNI, ONNI_AT_HOME),
    (LIISA, LIISA_AT_HOME),
)
"""What learners passed at home before they left."""

RECOGNISED_IN_FULL: Final[tuple[tuple[CastLearner, tuple[str, ...]], ...]] = (
    (ALBA, ("100114",)),
    (ONNI, ()),
    (LIISA, ("105725",)),
    (FARID, ("1", "2", "3")),
)
"""The units that the story intends to be recognised in full in the end. What really counts, the verbs decide."""
