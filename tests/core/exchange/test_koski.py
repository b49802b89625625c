"""Study records of KOSKI: what is read of them, what is held, and the verdicts on the twelve published examples."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.credit.accumulation.trees import exactly, group, qualification, slot, unit
from ecvet.credit.accumulation import accumulate
from ecvet.credit.accumulation.answers import declared_and_free
from ecvet.exchange.errors import HeldUnreadable
from ecvet.exchange.koski import StudyRecord, is_koski, read_koski
from ecvet.terms import Severity

NATIONAL = "tutkinnonosat"


def part(code: str, points: str | None, group: str = "1", grade: str | None = "3", uri: str = NATIONAL,
         **more: Any) -> dict[str, Any]:  # fmt: skip
    identity = {"koodiarvo": code, "nimi": {"fi": f"Osa {code}"}} | ({"koodistoUri": uri} if uri else {})
    size = {} if points is None else {"laajuus": {"arvo": points, "yksikkö": {"koodiarvo": "6"}}}
    assessed = [{"arvosana": {"koodiarvo": grade}, "päivä": "2020-05-01", "hyväksytty": True}] if grade else []
    return {"koulutusmoduuli": {"tunniste": identity, **size}, "tutkinnonOsanRyhmä": {"koodiarvo": group},
            "tyyppi": {"koodiarvo": "ammatillisentutkinnonosa"}, "arviointi": assessed, **more}  # fmt: skip


def record(*parts: dict[str, Any], **aim: Any) -> dict[str, Any]:
    states = [{"alku": "2020-08-01", "tila": {"koodiarvo": "valmistunut"}},
              {"alku": "2018-08-01", "tila": {"koodiarvo": "lasna"}}]  # fmt: skip
    module = {"tunniste": {"koodiarvo": "351301"}, "perusteenDiaarinumero": "1/2/3"}
    whole = {"koulutusmoduuli": module, "suoritustapa": {"koodiarvo": "ops"}, "tyyppi": {"koodiarvo": "x"},
             "osaamisala": [{"osaamisala": {"koodiarvo": "1525"}}], "osasuoritukset": list(parts), **aim}  # fmt: skip
    right = {"oppilaitos": {"oid": "1.2.3"}, "alkamispäivä": "2018-08-01", "tila": {"opiskeluoikeusjaksot": states}}
    return {"henkilö": {}, "opiskeluoikeudet": [{**right, "suoritukset": [whole]}]}


def only(tree: dict[str, Any]) -> StudyRecord:
    return read_koski(tree, "record.json")[0]


VOCATIONAL = group(unit("A", must=True), slot(None, 5, id="local"), name="Ammatilliset tutkinnon osat",
                   points=exactly(15))  # fmt: skip
FREE = group(slot(None, 10, id="free"), name="vapaasti valittavat tutkinnon osat", points=exactly(5))
TOWARDS = qualification(group(VOCATIONAL, FREE, points=exactly(20)), {"A": 10})


def test_an_aim_is_read_with_its_state_areas_and_dates() -> None:
    tree = record(part("A", "10.0"), vahvistus={"päivä": "2020-06-01"})
    found = only(tree)
    assert is_koski(tree)
    assert (found.code, found.diary, found.path, found.state) == ("351301", "1/2/3", "ops", "valmistunut")
    assert (found.began, found.confirmed, found.areas) == (date(2018, 8, 1), date(2020, 6, 1), ("1525",))
    assert found.whole
    assert not only(record(tyyppi={"koodiarvo": "ammatillinentutkintoosittainen"})).whole


def test_only_assessed_units_are_held_each_declared_for_its_group() -> None:
    found = only(record(part("A", "10"), part("B", "5", grade=None), part("own", "5", "3", uri="")))
    held = found.held(TOWARDS)
    assert [(one.code, one.points, one.sort) for one in held.units] == [
        ("A", Decimal(10), ""), ("own", Decimal(5), "local-unit")]  # fmt: skip
    assert [one.declared for one in held.units] == ["Ammatilliset tutkinnon osat", "vapaasti valittavat tutkinnon osat"]
    assert held.units[0].unit == "https://board.example/units/A"
    assert held.units[1].unit == "urn:oid:1.2.3#own"
    assert found.points == Decimal(15)


def test_a_group_that_the_rules_lack_has_no_place() -> None:
    found = only(record(part("A", "10"), part("own", "5", "4", uri="")))
    progress = accumulate(TOWARDS, found.held(TOWARDS))
    assert any("declared for Tutkintoa yksilöllisesti" in one.why for one in progress.units)


def test_the_declared_group_makes_the_difference() -> None:
    held = only(record(part("A", "10"), part("x", "5", "1", uri=""), part("y", "5", "1", uri=""))).held(TOWARDS)
    sides = declared_and_free(TOWARDS, held)
    assert (sides.declared.complete, sides.free.complete) == (False, True)


def test_the_last_passed_assessment_counts_and_a_failed_one_does_not() -> None:
    marks = [("2", "2020-01-01", True), ("4", "2020-03-01", True), ("0", "2020-05-01", False)]
    given = [{"arvosana": {"koodiarvo": mark}, "päivä": on, "hyväksytty": passed} for mark, on, passed in marks]
    one = only(record(part("A", "10", arviointi=given))).units[0]
    assert (one.grade, one.assessed) == ("4", date(2020, 3, 1))
    assert only(record(part("A", "10", arviointi=given[2:]))).held(TOWARDS).units == ()


def test_recognised_units_other_qualifications_and_choices_are_told_apart() -> None:
    higher = part("de", "5", uri="", tyyppi={"koodiarvo": "ammatillinenkorkeakouluopintoja"})
    choice = part("2", None, grade=None, uri="tutkinnonosatvalinnanmahdollisuus", osasuoritukset=[higher])
    other = part("104052", None, tutkinto={"perusteenDiaarinumero": "40/011/2001"}, tunnustettu={"selite": {}})
    studied = only(record(choice, other)).units
    assert [(one.code, one.sort, one.group, one.recognised, one.origin) for one in studied] == [
        ("de", "higher-education", "1", False, "1.2.3"),
        ("104052", "other-qualification", "1", True, "40/011/2001"),
    ]


@pytest.mark.rule("R-COMP-10")
def test_parts_that_do_not_sum_to_their_unit_are_found() -> None:
    parts = [part("x", "4"), part("y", "3.001"), part("z", None)]
    assert only(record(part("A", "7", osasuoritukset=parts))).findings() == ()
    wrong = only(record(part("A", "8", osasuoritukset=parts))).findings()
    assert [(one.rule, one.severity, one.subject) for one in wrong] == [("R-COMP-10", Severity.ERROR, "A")]
    open_ = only(record(part("A", "8", grade=None, osasuoritukset=parts))).findings()
    assert open_[0].severity is Severity.WARNING
    assert "not assessed yet" in open_[0].sentence


@pytest.mark.parametrize(
    "tree",
    [
        {"opiskeluoikeudet": [{"suoritukset": [{}]}]},
        {"opiskeluoikeudet": [{"suoritukset": [{"koulutusmoduuli": None}]}]},
        record(part("A", "10", arviointi=[{"arvosana": {"koodiarvo": "3"}, "päivä": "May"}])),
        record({"koulutusmoduuli": {"tunniste": []}}),
        {"opiskeluoikeudet": ["x"]},
    ],
)
def test_an_odd_record_is_refused_with_a_reason(tree: dict[str, Any]) -> None:
    with pytest.raises(HeldUnreadable, match="KOSKI structure"):
        read_koski(tree, "record.json")


def test_other_json_is_no_record() -> None:
    assert not is_koski({"units": {}})
    assert not is_koski([])
