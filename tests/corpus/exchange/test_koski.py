"""The twelve published records of KOSKI: what is read of them, and the verdicts on them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.exchange.test_koski import only
from corpus.conftest import Published
from ecvet.correspondence.equivalence import Equivalence, Ground
from ecvet.credit.accumulation import accumulate
from ecvet.credit.accumulation.answers import Candidate, Named, Sides, candidates, declared_and_free
from ecvet.credit.accumulation.answers.candidates import named_units
from ecvet.credit.accumulation.answers.sides import surplus
from ecvet.exchange.koski import StudyRecord
from ecvet.exchange.parsing import read_json
from ecvet.qualification.qualification import Qualification
from ecvet.terms import Identifier, LangString, Period, Severity

FILES = {
    "62/011/2014": "fi-62-011-2014-luonto-ja-ymparistoala.json",
    "39/011/2014": "fi-39-011-2014-autoala.json",
    "OPH-2762-2017": "fi-OPH-2762-2017-autoala.json",
    "OPH-2659-2017": "fi-OPH-2659-2017-telma.json",
}


Recorded = Callable[[str], StudyRecord]
Judged = Callable[[StudyRecord], tuple[Qualification, Sides]]


@pytest.fixture(scope="module")
def recorded(corpus: Path) -> Recorded:
    """The record whose file has this name."""

    def read(name: str) -> StudyRecord:
        file = next((corpus / "register" / "records").glob(f"koski-{name}_*.json"))
        return only(read_json(file.read_text(), file.name))  # type: ignore[arg-type]

    return read


@pytest.fixture(scope="module")
def judged(published: Published) -> Judged:
    """What a record aims at, and its verdicts by declared groups and freely."""

    def judge(record: StudyRecord) -> tuple[Qualification, Sides]:
        towards, _ = published(FILES[record.diary], record.path or None)
        return towards, declared_and_free(towards, record.held(towards), declared=record.areas)

    return judge


def test_the_twelve_records_are_read_as_the_facts_say(corpus: Path, recorded: Recorded) -> None:
    facts = read_json((corpus / "register" / "records" / "FACTS.json").read_text(), "FACTS.json")
    assert isinstance(facts, dict)
    assert len(facts) == 12
    for name, (fact,) in facts.items():  # type: ignore[misc]
        found = recorded(name.removeprefix("koski-").partition("_")[0])
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


def test_the_graduated_record_by_its_declared_groups_and_freely(recorded: Recorded, judged: Judged) -> None:
    record = recorded("ammatillinen-perustutkinto")
    _, sides = judged(record)
    assert (record.points, record.state, len(record.units)) == (Decimal(183), "valmistunut", 12)
    assert sides.declared.complete is False
    assert any("Vapaasti valittavat tutkinnon osat: 5 of 10 points." in one for one in sides.declared.missing)
    assert sides.declared.groups["2"] == Decimal(35), "the common units have 38 points, of which 35 count"
    assert (sides.free.complete, sides.free.counted_points, surplus(sides.free)) == (True, Decimal(180), Decimal(3))
    assert any(why.startswith("enkku3 counts in: Tutkintoa yksilöllisesti") for why in sides.why)


def test_a_local_unit_in_the_place_of_a_national_one_needs_an_equivalence(recorded: Recorded, judged: Judged) -> None:
    record = recorded("ammatillinen-full")
    towards, sides = judged(record)
    held = record.held(towards)
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


def test_an_aim_of_one_unit_is_achieved_while_the_qualification_is_not(recorded: Recorded, judged: Judged) -> None:
    record = recorded("ammatillinen-tutkinnonosa")
    assert (record.whole, record.state, [unit.code for unit in record.units]) == (False, "valmistunut", ["100432"])
    _, sides = judged(record)
    assert (sides.declared.complete, sides.declared.counted_points) == (False, Decimal(35))
    assert sides.declared.completion is not None
    assert sides.declared.completion.points == Decimal(145)


def test_a_preparatory_record_is_complete_only_by_equivalences_for_its_local_names(
    recorded: Recorded, judged: Judged
) -> None:
    record = recorded("tyohonjaitsenaiseenelamaanvalmentavakoulutus")
    assert (record.points, len(record.units), sum(unit.recognised for unit in record.units)) == (Decimal(75), 6, 2)
    towards, sides = judged(record)
    assert (sides.declared.complete, sides.declared.counted_points, sides.differ) == (False, Decimal(20), False)
    names = [Named(code=unit.code, title=unit.title, points=unit.points) for unit in record.units]
    assert {(one.from_, one.to) for one in candidates(names, named_units(towards))} == {
        ("OV", "400006"), ("TYV", "400007")}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "counted"),
    [("ops", Decimal(11)), ("mukautettu", Decimal(11)), ("lisatiedot", Decimal(0)), ("tunnustettu", None),
     ("paikallinen", None), ("osatoisestatutkinnosta", None), ("reforminmukainenperustutkinto", Decimal(56))],
)  # fmt: skip
def test_unfinished_records_are_incomplete_either_way(
    recorded: Recorded, judged: Judged, name: str, counted: Decimal | None
) -> None:
    record = recorded(f"ammatillinen-{name}")
    _, sides = judged(record)
    assert (sides.declared.complete, sides.free.complete) == (False, False)
    assert sides.declared.counted_points == counted
    findings = [(one.subject, one.severity) for one in record.findings()]
    assert findings == ([("400012", Severity.WARNING)] if name.startswith("reformi") else [])


def test_recognition_and_the_other_qualification_stay_visible(recorded: Recorded) -> None:
    taken = recorded("ammatillinen-tunnustettu").units[0]
    assert (taken.code, taken.points, taken.recognised) == ("100031", Decimal(15), True)
    other = recorded("ammatillinen-osatoisestatutkinnosta").units[0]
    assert (other.code, other.origin, other.sort) == ("104052", "40/011/2001", "other-qualification")


def test_training_without_national_requirements_is_read_too(recorded: Recorded) -> None:
    record = recorded("ammatillinen-muuammatillinenkoulutus")
    assert (record.diary, len(record.units), record.points) == ("", 8, Decimal(40))
