"""Study records of KOSKI: what is read of them, what is held, and the verdicts on the twelve published examples."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.credit.accumulation.trees import exactly, group, qualification, slot, unit
from ecvet.correspondence.equivalence import Equivalence, Ground
from ecvet.credit.accumulation import accumulate
from ecvet.credit.accumulation.answers import Candidate, Named, Sides, candidates, declared_and_free
from ecvet.credit.accumulation.answers.candidates import named_units
from ecvet.credit.accumulation.answers.sides import surplus
from ecvet.exchange import read_qualification
from ecvet.exchange.errors import HeldUnreadable
from ecvet.exchange.koski import StudyRecord, is_koski, read_koski
from ecvet.exchange.parsing import read_json
from ecvet.qualification.qualification import Qualification
from ecvet.terms import Identifier, LangString, Period, Severity

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


FILES = {
    "62/011/2014": "fi-62-011-2014-luonto-ja-ymparistoala.json",
    "39/011/2014": "fi-39-011-2014-autoala.json",
    "OPH-2762-2017": "fi-OPH-2762-2017-autoala.json",
    "OPH-2659-2017": "fi-OPH-2659-2017-telma.json",
}


def published(corpus: Path, name: str) -> StudyRecord:
    file = next((corpus / "register" / "records").glob(f"koski-{name}_*.json"))
    return only(read_json(file.read_text(), file.name))  # type: ignore[arg-type]


def aimed_at(corpus: Path, record: StudyRecord) -> Qualification:
    file = corpus / "register" / "qualifications" / FILES[record.diary]
    return read_qualification(file.read_bytes(), file.name, record.path or None)[0]


def both(corpus: Path, record: StudyRecord) -> Sides:
    towards = aimed_at(corpus, record)
    return declared_and_free(towards, record.held(towards), declared=record.areas)


@pytest.mark.corpus
def test_the_twelve_records_are_read_as_the_facts_say(corpus: Path) -> None:
    facts = read_json((corpus / "register" / "records" / "FACTS.json").read_text(), "FACTS.json")
    assert isinstance(facts, dict)
    assert len(facts) == 12
    for name, (fact,) in facts.items():  # type: ignore[misc]
        found = published(corpus, name.removeprefix("koski-").partition("_")[0])
        direct = [unit for unit in found.units if unit.sort not in ("higher-education", "upper-secondary")]
        assert (found.code, found.diary or None, found.path or None) == (
            fact["qualification_code"],
            fact["diary_number"],
            fact["path"],
        ), name  # type: ignore[index, call-overload]
        assert found.state == fact["state_last"], name  # type: ignore[index, call-overload]
        if "reformi" not in name:
            assert str(len(direct)) == fact["units"], name  # type: ignore[index, call-overload]
            assert str(sum(bool(unit.grade) for unit in found.units)) == fact["assessed_units"], name  # type: ignore[index, call-overload]
            assert found.points == Decimal(fact["points_total"]), name  # type: ignore[index, call-overload, arg-type]


@pytest.mark.corpus
def test_the_graduated_record_by_its_declared_groups_and_freely(corpus: Path) -> None:
    record = published(corpus, "ammatillinen-perustutkinto")
    sides = both(corpus, record)
    assert (record.points, record.state, len(record.units)) == (Decimal(183), "valmistunut", 12)
    assert sides.declared.complete is False
    assert any("Vapaasti valittavat tutkinnon osat: 5 of 10 points." in one for one in sides.declared.missing)
    assert sides.declared.groups["2"] == Decimal(35), "the common units have 38 points, of which 35 count"
    assert (sides.free.complete, sides.free.counted_points, surplus(sides.free)) == (True, Decimal(180), Decimal(3))
    assert any(why.startswith("enkku3 counts in “Tutkintoa yksilöllisesti") for why in sides.why)


@pytest.mark.corpus
def test_a_local_unit_in_the_place_of_a_national_one_needs_an_equivalence(corpus: Path) -> None:
    record = published(corpus, "ammatillinen-full")
    towards = aimed_at(corpus, record)
    held = record.held(towards)
    sides = both(corpus, record)
    assert (sides.declared.complete, sides.free.complete) == (False, False)
    assert "Pakolliset tutkinnon osat: 2 of 3 parts." in sides.declared.missing
    local = next(unit for unit in record.units if unit.code == "123456789")
    name = Named(code=local.code, title=local.title, points=local.points)
    assert Candidate(from_="123456789", to="100018", title="Pintavauriotyöt", same_points=None) in candidates(
        [name], named_units(towards)
    )
    link = towards.link("100018")
    assert link
    decision = Equivalence(
        from_=frozenset({local.id}), to=frozenset({link.unit}), by=Identifier("https://www.oph.fi/"),
        on=date(2015, 1, 1), valid=Period(date(2015, 1, 1)), ground=Ground.SAME_OUTCOMES,
        reason=LangString.of(en="the same outcomes"),
    )  # fmt: skip
    for one in (held, replace(held, units=held.units[::-1])):
        progress = accumulate(towards, one, declared=record.areas, equivalences=[decision], on=date(2016, 1, 9))
        assert progress.complete
    assert next(unit for unit in record.units if unit.code == "101050").recognised


@pytest.mark.corpus
def test_an_aim_of_one_unit_is_achieved_while_the_qualification_is_not(corpus: Path) -> None:
    record = published(corpus, "ammatillinen-tutkinnonosa")
    assert (record.whole, record.state, [unit.code for unit in record.units]) == (False, "valmistunut", ["100432"])
    sides = both(corpus, record)
    assert (sides.declared.complete, sides.declared.counted_points) == (False, Decimal(35))
    assert sides.declared.completion is not None
    assert sides.declared.completion.points == Decimal(145)


@pytest.mark.corpus
def test_a_preparatory_record_is_complete_only_by_equivalences_for_its_local_names(corpus: Path) -> None:
    record = published(corpus, "tyohonjaitsenaiseenelamaanvalmentavakoulutus")
    assert (record.points, len(record.units), sum(unit.recognised for unit in record.units)) == (Decimal(75), 6, 2)
    sides = both(corpus, record)
    assert (sides.declared.complete, sides.declared.counted_points, sides.differ) == (False, Decimal(20), False)
    towards = aimed_at(corpus, record)
    names = [Named(code=unit.code, title=unit.title, points=unit.points) for unit in record.units]
    assert {(one.from_, one.to) for one in candidates(names, named_units(towards))} == {
        ("OV", "400006"), ("TYV", "400007")}  # fmt: skip


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "counted"),
    [("ops", Decimal(11)), ("mukautettu", Decimal(11)), ("lisatiedot", Decimal(0)), ("tunnustettu", None),
     ("paikallinen", None), ("osatoisestatutkinnosta", None), ("reforminmukainenperustutkinto", Decimal(56))],
)  # fmt: skip
def test_unfinished_records_are_incomplete_either_way(corpus: Path, name: str, counted: Decimal | None) -> None:
    record = published(corpus, f"ammatillinen-{name}")
    sides = both(corpus, record)
    assert (sides.declared.complete, sides.free.complete) == (False, False)
    assert sides.declared.counted_points == counted
    findings = [(one.subject, one.severity) for one in record.findings()]
    assert findings == ([("400012", Severity.WARNING)] if name.startswith("reformi") else [])


@pytest.mark.corpus
def test_recognition_and_the_other_qualification_stay_visible(corpus: Path) -> None:
    taken = published(corpus, "ammatillinen-tunnustettu").units[0]
    assert (taken.code, taken.points, taken.recognised) == ("100031", Decimal(15), True)
    other = published(corpus, "ammatillinen-osatoisestatutkinnosta").units[0]
    assert (other.code, other.origin, other.sort) == ("104052", "40/011/2001", "other-qualification")


@pytest.mark.corpus
def test_training_without_national_requirements_is_read_too(corpus: Path) -> None:
    record = published(corpus, "ammatillinen-muuammatillinenkoulutus")
    assert (record.diary, len(record.units), record.points) == ("", 8, Decimal(40))
