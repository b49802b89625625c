"""Published facts of real systems, read in place: what our data and arithmetic say of them."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.qualification.samples import text
from ecvet.qualification import (
    AWARD_SIZES,
    ReferenceContext,
    credit_system,
    distribute,
    duration_findings,
    hours,
    malta_class,
    size_findings,
)
from ecvet.terms import Points

pytestmark = pytest.mark.corpus
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the fast one where it is built
ON = date(2024, 9, 1)


def facts(corpus: Path, name: str) -> dict[str, Any]:
    found = yaml.load((corpus / "ecvet" / f"{name}.yaml").read_text(encoding="utf-8"), Loader=LOADER)
    assert isinstance(found, dict)
    return found


@pytest.mark.rule("R-POINTS-11")
def test_the_clay_units_divide_sixty_points_by_their_published_weights(corpus: Path) -> None:
    units = facts(corpus, "eu-clay-plastering-learnwithclay")["units"]
    weights = {str(one["no"]): Fraction(one["relative_weight_percent"]) for one in units}
    assert sum(weights.values()) == 100
    assert [int(one.value) for one in distribute(Points.of(60), weights).values()] == [9, 12, 6, 15, 9, 9]


@pytest.mark.rule("R-POINTS-16", "R-POINTS-19")
def test_maltese_awards_are_classed_as_their_titles_say_and_one_total_is_flagged(corpus: Path) -> None:
    published = facts(corpus, "mt-qdr-ecvet-points")["qualifications"]
    for one in published:
        kind = malta_class(Points.of(one["points"], "mt-ecvet"), str(one["eqf"]), ON)
        assert kind == ("award" if "award" in one["title"].lower() else "qualification"), one["title"]
    flagged = [
        one["points"]
        for one in published
        if str(one.get("volume", "")).endswith(("year", "years"))
        for years in [ReferenceContext(pathway=text("Full-time"), years=Points.of(one["volume"].split()[0]).value)]
        if duration_findings(Points.of(one["points"], "mt-ecvet"), years, on=ON)
    ]
    assert flagged == [121]


@pytest.mark.rule("R-POINTS-17", "R-POINTS-15")
def test_estonian_programmes_fit_the_sizes_of_the_profile(corpus: Path) -> None:
    estonia = facts(corpus, "ee-ekap-programmes")
    assert credit_system("ee-ekap", ON).hours_per_point == estonia["rules"]["hours_per_point"]
    for one in estonia["programmes"]:
        points = Points.of(one["points"], "ee-ekap")
        assert size_findings(points, on=ON, level=str(one["level"])) == (), one["title"]
    assert hours(Points.of(120, "ee-ekap"), ON) == 3120


@pytest.mark.rule("R-POINTS-16")
def test_maltese_thresholds_are_those_published(corpus: Path) -> None:
    known = {one.level: one.least for one in AWARD_SIZES if one.rule == "R-POINTS-16"}
    for one in facts(corpus, "mt-qdr-ecvet-points")["rules"]["mqf_thresholds"]:
        if isinstance(one.get("qualification_min"), int):
            assert known[str(one["mqf"])] == one["qualification_min"]
