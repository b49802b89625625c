"""The example files against the published facts they are built from, so that no slip of a figure stays."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ecvet.examples import BODY_AND_PAINT, CLAY_PLASTERING, HAIRDRESSING, MENS_HAIR, VEHICLE, qualification
from ecvet.qualification.combination import Node, OpenSlot, UnitPlace
from ecvet.qualification.requirements import Window
from ecvet.terms import decimal

pytestmark = pytest.mark.corpus
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the fast one where it is built
FINNISH = [(HAIRDRESSING, "fi-hairdressing-2014"), (VEHICLE, "fi-vehicle-2017")]


def facts(corpus: Path, name: str) -> dict[str, Any]:
    found = yaml.load((corpus / "ecvet" / f"{name}.yaml").read_text(encoding="utf-8"), Loader=LOADER)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("name", "file"), FINNISH)
def test_a_finnish_example_has_the_head_of_its_source(corpus: Path, name: str, file: str) -> None:
    found, source = qualification(name)[0], facts(corpus, file)["qualification"]
    assert found.code in source["education_codes"]
    assert found.eqf
    assert found.points
    assert found.valid
    assert (found.eqf.level, found.points.value) == (source["eqf_level"], source["total_points"])
    assert (found.valid.start, found.valid.end) == (date.fromisoformat(source["valid_from"]), source["valid_until"])
    assert dict(found.title.texts).items() >= source["title"].items()


@pytest.mark.parametrize(("name", "file"), FINNISH)
def test_a_finnish_example_has_the_units_of_its_source(corpus: Path, name: str, file: str) -> None:
    (found, described), source = qualification(name), facts(corpus, file)["units"]
    titles = {unit.code: dict(unit.title.texts) for unit in described}
    points = {link.code: link.points.value for link in found.units if link.points}
    assert points == {one["code"]: one["points"] for one in source}
    for one in source:
        official = {tag: text for tag, text in one["title"].items() if tag in ("fi", "sv", "en")}
        assert titles[one["code"]].items() >= official.items()


@pytest.mark.parametrize(("name", "file"), FINNISH)
def test_a_finnish_example_has_the_tree_of_its_source(corpus: Path, name: str, file: str) -> None:
    assert shape(qualification(name)[0].rules.root)[:3] == published(facts(corpus, file)["composition"])[:3]


def test_clay_plastering_has_the_titles_and_weights_of_its_source(corpus: Path) -> None:
    found, described = qualification(CLAY_PLASTERING)
    source = facts(corpus, "eu-clay-plastering-learnwithclay")
    assert str(found.title) == source["qualification"]["title"]["en"]
    weights = {link.code: link.weight for link in found.units}
    assert weights == {str(one["no"]): one["relative_weight_percent"] for one in source["units"]}
    assert [str(one.title) for one in described] == [one["title"] for one in source["units"]]
    assert shape(found.rules.root)[2] == published(source["composition"])[2]


@pytest.mark.parametrize("name", [MENS_HAIR, BODY_AND_PAINT])
def test_a_maltese_example_has_the_published_total_and_level(corpus: Path, name: str) -> None:
    found, _ = qualification(name)
    published = {one["title"]: one for one in facts(corpus, "mt-qdr-ecvet-points")["qualifications"]}
    one = published[str(found.title)]
    assert found.points
    assert found.eqf
    assert (found.points.value, found.eqf.level) == (one["points"], one["eqf"])


Shape = tuple[Any, ...]


def shape(node: Node) -> Shape:
    """What can be compared of a part: kind, bounds, parts and name of a group, code of a unit."""
    if isinstance(node, UnitPlace):
        return ("unit", node.unit, node.compulsory)
    if isinstance(node, OpenSlot):
        return ("open", (node.points, node.count), (), node.title.in_("fi") if node.title else "")
    name = node.title.in_("fi") if node.title else ""
    return (node.role.value.replace("-", "_"), (node.points, node.count), tuple(map(shape, node.children)), name)


def published(node: dict[str, Any]) -> Shape:
    """The same of a part in the source; the name of the whole, which may be missing, is compared elsewhere."""
    if "unit" in node:
        return ("unit", str(node["unit"]), node["mandatory"])
    bounds = (window(node, "points"), window(node, "count"))
    return (node["kind"], bounds, tuple(map(published, node.get("parts", ()))), node["group"].get("fi", ""))


def window(node: dict[str, Any], what: str) -> Window | None:
    least, most = node.get(f"min_{what}"), node.get(f"max_{what}")
    if least is None and most is None:
        return None
    return Window(*(None if one is None else decimal(one) for one in (least, most)))
