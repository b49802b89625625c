"""ePerusteet: the tree with its bounds and roles, units with outcomes and criteria, paths and validity."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.exchange.samples import EPERUSTEET, eperusteet, group, place
from ecvet.credit.accumulation import Held, accumulate
from ecvet.exchange import FileNotUnderstood, PathNotChosen, PathUnknown, read_qualification
from ecvet.qualification.combination import Group, OpenSlot, Role, UnitPlace, Window, walk
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


def _facts(corpus: Path) -> list[tuple[str, dict[str, Any]]]:
    facts = json.loads((corpus / "register" / "qualifications" / "FACTS.json").read_text())
    return [(file, fact) for file, paths in facts.items() for fact in paths]


@pytest.mark.corpus
def test_all_published_files_are_read_with_their_numbers(corpus: Path) -> None:
    wrong = []
    for file, fact in _facts(corpus):
        towards, units = read_qualification(
            (corpus / "register" / "qualifications" / file).read_bytes(), file, fact["path"]
        )
        places = list(walk(towards.rules.root))
        nodes = [one.node for one in places]
        standing = [node.unit for node in nodes if isinstance(node, UnitPlace)]
        window = towards.rules.root.points or Window()
        links = [link for link in towards.units if link.code in standing]
        found = {
            "nodes": len(nodes),
            "groups": len(nodes) - len(standing),
            "open_slots": sum(isinstance(node, OpenSlot) for node in nodes),
            "unit_occurrences": len(standing),
            "distinct_units": len(set(standing)),
            "units_in_more_than_one_place": sum(standing.count(code) > 1 for code in set(standing)),
            "groups_with_points_rule": sum(
                not isinstance(node, UnitPlace) and node.points is not None for node in nodes
            ),
            "groups_with_count_rule": sum(isinstance(node, Group) and node.count is not None for node in nodes),
            "competence_areas": len(
                {node.code for node in nodes if isinstance(node, Group) and node.role is Role.AREA}
            ),
            "titles": len({node.code for node in nodes if isinstance(node, Group) and node.role is Role.TITLE}),
            "sum_points_of_distinct_units": sum(link.points.value for link in links if link.points),
            "variable_point_units": sum(link.most is not None for link in links),
            "root_min": window.minimum,
            "root_max": window.maximum,
            "diary_number": towards.code,
        }
        wrong += [(file, fact["path"], name, one, fact[name]) for name, one in found.items() if one != fact[name]]
        assert len(units) == len(towards.units)
    assert wrong == []


@pytest.mark.corpus
def test_the_verdicts_on_everything_and_nothing_are_those_expected(corpus: Path) -> None:
    """The empty record; all listed units at their largest size; and the same with open credit in every size."""
    wrong = []
    for file, fact in _facts(corpus):
        towards, _ = read_qualification(
            (corpus / "register" / "qualifications" / file).read_bytes(), file, fact["path"]
        )
        listed = {code: None if (link := towards.link(code)) is None or link.most is None else link.most.value
                  for code in towards.rules.units}  # fmt: skip
        assert accumulate(towards, Held()).complete is False
        if accumulate(towards, Held.of(listed)).complete is not fact["all_listed_units_complete"]:
            wrong.append((file, fact["path"], "listed"))
        progress = accumulate(towards, Held.of(listed, [5, 5, 10, 10, 15, 15, 1, 2, 3, 4, 9, 9, 30, 30, 45]))
        if progress.complete is not fact["all_listed_plus_other_credit_complete"]:
            wrong.append((file, fact["path"], "with other credit"))
        points = fact["all_listed_plus_other_credit_points"]
        if points is not None and progress.counted_points != points:
            wrong.append((file, fact["path"], "points"))
    assert wrong == []


@pytest.mark.corpus
def test_assessment_targets_and_criteria_are_all_there(corpus: Path) -> None:
    file = corpus / "register" / "qualifications" / "fi-59-011-2014-liiketalous.json"
    _, units = read_qualification(file.read_bytes(), file.name, "ops")
    assert sum(len(unit.outcomes) for unit in units) == 545
    assert sum(len(outcome.criteria) for unit in units for outcome in unit.outcomes) == 3057
