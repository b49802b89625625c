"""The linter on all published rules of combination."""

import pytest

from corpus.conftest import Facts, Published
from ecvet.credit.accumulation.prove import prove
from ecvet.qualification.lint import lint


@pytest.mark.rule("R-COMP-4", "R-COMP-7", "R-POINTS-3")
def test_the_defects_of_real_qualifications_are_found_and_nothing_else(published: Published, facts: Facts) -> None:
    found = {}
    for file, fact in facts:
        errors = lint(*published(file, fact["path"]), prover=prove)
        found[fact["diary_number"], fact["path"]] = [(one.rule, one.severity.value, one.subject) for one in errors]
    defects = {name: [rule for rule, _, _ in some] for name, some in found.items() if some}
    assert defects == {
        ("5/011/2015", "ops"): ["R-POINTS-3", "R-COMP-7", "R-COMP-7", "R-POINTS-3"],
        ("62/011/2014", "naytto"): ["R-COMP-4"],
        ("OPH-2624-2017", "reformi"): ["R-COMP-2", "R-POINTS-3"],
    }
    assert ("R-POINTS-3", "error", "300001") in found["5/011/2015", "ops"]
