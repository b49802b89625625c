"""A national reform: what the new version of a published qualification keeps."""

from corpus.conftest import Cases, Published
from ecvet.credit.accumulation import Held
from ecvet.credit.accumulation.migration import changes, migrate


def test_the_reform_of_the_vehicle_qualification(published: Published, cases: Cases) -> None:
    old = published("fi-39-011-2014-autoala.json", "ops")[0]
    new = published("fi-OPH-2762-2017-autoala.json", "reformi")[0]
    found = changes(old, new)
    assert (len(found.dropped), len(found.kept), len(found.missing)) == (47, 0, 47)
    assert len({one.from_ for one in found.candidates}) == 45
    assert len({one.from_ for one in found.candidates if one.same_points}) == 44
    mine = next(one for one in cases if one["qualification_file"] == "fi-39-011-2014-autoala.json"
                and one["suoritustapa"] == "ops" and one["expected"]["complete"])  # fmt: skip
    held = Held.of({code: format(points, "g") for code, points in mine["units"].items()})
    (moved,) = migrate(old, new, [("one", held)])
    assert moved.affected
    assert moved.kept == ()
    assert set(moved.missing) == set(moved.lost)
