"""All published files of ePerusteet: their numbers, and the verdicts on everything and nothing."""

import pytest

from corpus.conftest import Facts, Published
from ecvet.credit.accumulation import Held, accumulate
from ecvet.qualification.combination import Group, OpenSlot, Role, UnitPlace, Window, walk
from ecvet.qualification.unit_findings import unit_findings
from ecvet.terms import Severity


def test_all_published_files_are_read_with_their_numbers(published: Published, facts: Facts) -> None:
    wrong = []
    for file, fact in facts:
        towards, units = published(file, fact["path"])
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


def test_the_verdicts_on_everything_and_nothing_are_those_expected(published: Published, facts: Facts) -> None:
    """The empty record; all listed units at their largest size; and the same with open credit in every size."""
    wrong = []
    for file, fact in facts:
        towards, _ = published(file, fact["path"])
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


def test_assessment_targets_and_criteria_are_all_there(published: Published) -> None:
    _, units = published("fi-59-011-2014-liiketalous.json", "ops")
    own = [unit for unit in units if not unit.sub_areas]
    assert sum(len(unit.outcomes) for unit in own) == 545
    assert sum(len(outcome.criteria) for unit in own for outcome in unit.outcomes) == 3057


@pytest.mark.parametrize(
    ("file", "path", "counted"),
    [  # by code: shares of sub-areas, targets, criteria, and targets with a Swedish text
        ("fi-59-011-2014-liiketalous.json", "ops",
         {"101053": (24, 118, 580, 118), "101054": (6, 27, 90, 27), "101055": (8, 43, 212, 43),
          "101056": (5, 27, 114, 27)}),
        ("fi-OPH-2762-2017-autoala.json", "reformi",
         {"400012": (24, 76, 896, 70), "400013": (4, 18, 117, 18), "400014": (12, 31, 287, 31)}),
    ],
)  # fmt: skip
def test_the_outcomes_of_common_units_stand_in_their_sub_areas(
    published: Published, file: str, path: str, counted: dict[str, tuple[int, ...]]
) -> None:
    _, units = published(file, path)
    found = {
        unit.code: (len(unit.sub_areas), len(unit.outcomes), sum(len(one.criteria) for one in unit.outcomes),
                    sum("sv" in dict(one.text.texts) for one in unit.outcomes))
        for unit in units if unit.sub_areas
    }  # fmt: skip
    assert found == counted


def test_the_compulsory_shares_have_their_points_and_variants_are_not_compulsory_each(published: Published) -> None:
    units = {unit.code: unit for unit in published("fi-OPH-2762-2017-autoala.json", "reformi")[1]}
    compulsory = {code: [area for area in unit.sub_areas if area.compulsory] for code, unit in units.items()}
    sizes = {code: sum(int(area.points.value) for area in some if area.points) for code, some in compulsory.items()}
    assert (sizes["400012"], sizes["400013"], sizes["400014"]) == (7, 6, 9)
    variants = [
        area.code for area in units["400012"].sub_areas if area.code.startswith("VVAI") and "." not in area.code
    ]
    assert len(variants) == 7
    assert not {area.code for area in compulsory["400012"]} & set(variants)


@pytest.mark.rule("R-UNIT-1")
def test_units_with_sub_areas_lack_nothing_that_publication_asks_of_them(published: Published, facts: Facts) -> None:
    for file, fact in facts:
        for unit in published(file, fact["path"])[1]:
            if unit.sub_areas and "valma" not in file:  # which states neither criteria nor assessment anywhere
                errors = [one.sentence for one in unit_findings(unit) if one.severity is Severity.ERROR]
                assert (file, unit.code, errors) == (file, unit.code, [])
