"""Assessment as agreed, or with the difference documented (R-ASSESS-3, 4, 7, 8, 13)."""

from datetime import date

import pytest

from core.credit.cast import (
    BRUNO,
    CHLOE,
    CUT,
    DONE,
    SKIPPED,
    STAY,
    agreement,
    assessed,
    changed,
    criteria,
    plan,
    recorded,
    results,
    text,
    unit,
)
from ecvet.credit import (
    AdditionalOutcome,
    CriterionResult,
)
from ecvet.credit.errors import (
    CriterionUnknown,
    DayOutsidePeriod,
    DeviationUndocumented,
)


@pytest.mark.rule("R-ASSESS-13")
def test_a_day_outside_the_agreed_period_is_explained() -> None:
    late = date(2024, 7, 1)
    assert late not in STAY
    with pytest.raises(DayOutsidePeriod):
        assessed(on=late)
    assert assessed(on=late, outside_period=text("The salon was closed")).value.on == late


@pytest.mark.rule("R-ASSESS-3")
def test_the_criteria_of_the_unit_are_all_looked_at_and_met_or_the_deviation_is_documented() -> None:
    strict = unit(CUT, "cutting", "measures", "cuts", criteria=True)
    assert assessed(unit=strict, outcomes=(criteria("cuts"),))
    with pytest.raises(DeviationUndocumented, match="passed over: cuts-1"):
        assessed(unit=strict, outcomes=results(cuts=DONE))
    with pytest.raises(DeviationUndocumented, match="unmet criteria: cuts-1"):
        assessed(unit=strict, outcomes=(criteria("cuts", met=False),))
    with pytest.raises(CriterionUnknown, match="sings"):
        assessed(
            unit=strict, outcomes=(changed(criteria("cuts"), criteria=(CriterionResult(criterion="sings", met=True),)),)
        )
    assert assessed(unit=strict, outcomes=(criteria("cuts", met=False, remark="Met in a second attempt"),))
    assert assessed(unit=strict, outcomes=results(cuts=DONE), deviations=text("By interview instead"))
    assert assessed(unit=strict, outcomes=results(cuts=SKIPPED))


@pytest.mark.rule("R-ASSESS-4", "R-ASSESS-7")
@pytest.mark.parametrize(
    ("difference", "named"),
    [
        ({"methods": ("written test",)}, "method"),
        ({"place": "school"}, "place"),
        ({"assessors": (BRUNO, changed(CHLOE, name="Zoé"))}, "assessors"),
    ],
)
def test_what_differs_from_the_agreed_plan_is_documented(difference: dict[str, object], named: str) -> None:
    planned = recorded(agreement(plan=plan()))
    assert assessed(planned)
    with pytest.raises(DeviationUndocumented, match=named):
        assessed(planned, **difference)
    assert assessed(planned, **difference, deviations=text("Chloé was ill")).value.deviations == text("Chloé was ill")


@pytest.mark.rule("R-ASSESS-8")
def test_outcomes_beyond_the_agreement_are_recorded_as_additional() -> None:
    extra = AdditionalOutcome(text=text("Greets in French"))
    made = assessed(additional=(extra,)).value
    assert made.additional == (extra,)
    assert made.achieved == {"measures", "cuts"}
