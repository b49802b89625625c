"""ePerusteet: the tree with its bounds and roles, units with outcomes and criteria, paths and validity."""

from datetime import date
from typing import Any

import pytest

from core.exchange.samples import EPERUSTEET, eperusteet, group, names, place
from ecvet.exchange import FileNotUnderstood, PathNotChosen, PathUnknown, read_qualification
from ecvet.qualification.combination import Group, OpenSlot, Role, UnitPlace, Window
from ecvet.qualification.unit import Unit
from ecvet.terms import LangString, Period, Points, decimal

EXAMPLE, UNITS = read_qualification(eperusteet(), "example.json")


@pytest.mark.rule("R-COMP-2", "R-UNIT-11")
def test_names_points_and_validity_are_read() -> None:
    assert EXAMPLE.title == LangString.of(fi="Esimerkkitutkinto", sv="Exempel", en="Example")
    assert EXAMPLE.points == Points.of(60, "fi-osp")
    assert EXAMPLE.valid == Period(date(2015, 8, 1))
    assert EXAMPLE.transition_end == date(2021, 12, 31)
    assert (EXAMPLE.path, EXAMPLE.code, EXAMPLE.version) == ("reformi", "1/011/2020", "5")


def test_the_tree_keeps_its_bounds_and_roles() -> None:
    root = EXAMPLE.rules.root
    core, chosen, title, local = root.children
    assert isinstance(core, Group)
    assert core.points == Window(decimal(40), decimal(40))
    assert core.children == (
        UnitPlace(
            unit="100", compulsory=True, id="place-11", title=LangString.of(fi="Ensimmäinen", sv="Första", en="First")
        ),
    )
    assert isinstance(chosen, Group)
    assert (chosen.role, chosen.code, chosen.count) == (Role.AREA, "1525", Window(decimal(1), decimal(2)))
    assert isinstance(title, Group)
    assert (title.role, title.code) == (Role.TITLE, "10001")
    assert isinstance(local, OpenSlot)
    assert local.points == Window(None, decimal(20))
    assert str(root.text) == "Laajuus on 60 osaamispistettä."


def test_units_have_outcomes_with_criteria_where_the_source_has_them() -> None:
    first, second, third = UNITS
    assert [(str(one.text), [str(criterion.text) for criterion in one.criteria]) for one in first.outcomes] == [
        ("Työn hallinta", ["tekee hyvin", "tekee siististi"]), ("Alue", [])]  # fmt: skip
    assert str(first.assessment) == "Näytössä & työssä"
    assert [str(area.title) for area in first.sub_areas] == ["Kieli"]
    assert [str(one.text) for one in second.outcomes] == ["osaa yksi", "osaa kaksi"]
    assert [str(one.text) for one in third.outcomes] == ["tuntee itsensä"]
    sizes = {link.code: (link.points, link.most) for link in EXAMPLE.units}
    assert sizes["100"] == (Points.of(40, "fi-osp"), None)
    assert sizes["200"] == (Points.of(0, "fi-osp"), Points.of(15, "fi-osp"))
    assert sizes["300"] == (None, None)


def goal(name: str, must: bool, points: int | None, *targets: str, **more: Any) -> dict[str, Any]:
    areas = [{"otsikko": None, "arvioinninKohteet": [
        {"otsikko": names(one, sv=f"{one} sv"), "osaamistasonKriteerit": [{"kriteerit": [names("hyvin")]}]}
        for one in targets]}]  # fmt: skip
    return {"nimi": names(name) if name else None, "pakollinen": must, "laajuus": points,
            "arviointi": {"arvioinninKohdealueet": areas}, **more}  # fmt: skip


def common(*areas: dict[str, Any]) -> Unit:
    unit = {"id": 1, "koodiArvo": "100", "nimi": names("Yhteinen"), "osaAlueet": list(areas)}
    return read_qualification(eperusteet(tutkinnonOsat=[unit, *EPERUSTEET["tutkinnonOsat"][1:]]), "x.json")[1][0]


def sub_area(code: str, name: str, *goals: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "koodiArvo": code, "nimi": names(name), "osaamistavoitteet": list(goals)}


@pytest.mark.rule("R-UNIT-1", "R-COMP-10")
def test_a_common_unit_has_the_outcomes_of_its_sub_areas_share_by_share() -> None:
    unit = common(sub_area("MA", "Matikka", goal("", True, 3, "laskee", "mittaa"), goal("", False, 2, "todistaa")),
                  sub_area("FK", "Fysiikka", goal("", True, 1, "kokeilee")))  # fmt: skip
    assert [(one.code, one.points, one.compulsory) for one in unit.sub_areas] == [
        ("MA", Points.of(3, "fi-osp"), True), ("MA.2", Points.of(2, "fi-osp"), False),
        ("FK", Points.of(1, "fi-osp"), True)]  # fmt: skip
    assert [(one.id, one.text.in_("sv"), one.required, len(one.criteria)) for one in unit.outcomes] == [
        ("1.1.1.1", "laskee sv", True, 1), ("1.1.1.2", "mittaa sv", True, 1), ("1.2.1.1", "todistaa sv", False, 1),
        ("2.1.1.1", "kokeilee sv", True, 1)]  # fmt: skip
    assert str(unit.assessment) == "Matikka: laskee; mittaa. Matikka: todistaa. Fysiikka: kokeilee."


def test_of_variants_none_is_compulsory_alone() -> None:
    languages = [sub_area("AI", "Kieli", goal("Suomi", True, 5, "puhuu"), goal("Saame", True, 5, "puhuu"))]
    numbered = [sub_area(code, code, goal("", True, 4, "puhuu")) for code in ("VVAI", "VVAI3")]
    alone = sub_area("MA", "Matikka", goal("", True, 3, "laskee"))
    for variants in (languages, numbered):
        unit = common(*variants, alone)
        assert [(one.code, one.compulsory) for one in unit.sub_areas][2:] == [("MA", True)]
        assert not any(one.compulsory for one in unit.sub_areas[:2])
        assert [one.required for one in unit.outcomes] == [False, False, True]


def test_goals_of_a_share_are_its_outcomes_where_it_has_no_targets() -> None:
    listed = names("<ul><li>osaa yksi</li><li>osaa kaksi</li></ul>")
    unit = common(sub_area("MA", "Matikka", goal("", True, None, tavoitteet=listed)))
    assert [(one.id, str(one.text)) for one in unit.outcomes] == [("1.1.1", "osaa yksi"), ("1.1.2", "osaa kaksi")]
    assert (unit.sub_areas[0].points, unit.assessment) == (None, None)


def test_several_paths_need_a_choice() -> None:
    way = EPERUSTEET["suoritustavat"][0]
    data = eperusteet(suoritustavat=[way, {**way, "suoritustapakoodi": "ops"}])
    with pytest.raises(PathNotChosen, match="several paths with different rules: ops, reformi"):
        read_qualification(data, "two.json")
    assert read_qualification(data, "two.json", "ops")[0].path == "ops"
    with pytest.raises(PathUnknown, match="no path “naytto”"):
        read_qualification(data, "two.json", "naytto")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tutkinnonOsat": [{"id": 1}]}, "lacks a part or is odd"),
        ({"suoritustavat": [{"suoritustapakoodi": "x"}]}, "no path"),
        ({"suoritustavat": "x"}, "lacks a part or is odd"),
        ({"nimi": 5}, "lacks a part or is odd"),
        ({"voimassaoloAlkaa": "soon"}, "lacks a part or is odd"),
        ({"diaarinumero": ["39"]}, "“diaarinumero” is not a text"),
        ({"tutkinnonOsat": [{**EPERUSTEET["tutkinnonOsat"][0], "koodiArvo": ["100"]}]}, "lacks a part or is odd"),
    ],
)
def test_an_odd_structure_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises((FileNotUnderstood, PathUnknown)) as refused:
        read_qualification(eperusteet(**changes), "odd.json")
    assert words in str(refused.value)


def test_a_root_that_is_a_unit_is_refused() -> None:
    way = {**EPERUSTEET["suoritustavat"][0], "rakenne": place(11)}
    with pytest.raises(FileNotUnderstood, match="root is not a group"):
        read_qualification(eperusteet(suoritustavat=[way]), "odd.json")


def test_a_reference_to_a_unit_that_is_not_there_stays_visible() -> None:
    way = {**EPERUSTEET["suoritustavat"][0], "rakenne": group("Juuri", place(99), {"nimi": None, "osat": []})}
    found, _ = read_qualification(eperusteet(suoritustavat=[way], koulutustyyppi=None, nimi={}), "odd.json")
    assert found.rules.units == ("?99",)
    assert str(found.title) == "1/011/2020"
