"""All published files of ePerusteet: their numbers, and the verdicts on everything and nothing."""

from corpus.conftest import Facts, Published
from ecvet.credit.accumulation import Held, accumulate
from ecvet.qualification.combination import Group, OpenSlot, Role, UnitPlace, Window, walk


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
    assert sum(len(unit.outcomes) for unit in units) == 545
    assert sum(len(outcome.criteria) for unit in units for outcome in unit.outcomes) == 3057
