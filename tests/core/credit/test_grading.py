"""Grades of different scales (edge case 19)."""

import pytest

from core.credit.cast import (
    DECIDED,
    TEN,
    TURIN,
    TWENTY,
    assessed,
    recognised,
    text,
    transcript,
    validated,
)
from ecvet.credit import (
    Grade,
    GradeConversion,
    convert_grade,
)
from ecvet.credit.errors import GradeNotOnScale, NoConversion, ScaleUnknown
from ecvet.credit.grading import is_on_scale
from ecvet.terms import Failure


def test_the_grade_at_home_is_a_decision_of_its_own_and_the_original_stays() -> None:
    """Edge case 19: grade scales and pass marks differ."""
    original = Grade(scale=TWENTY.id, value="10")
    table = GradeConversion(from_=TWENTY.id, to=TEN.id, pairs=(("10", "6"), ("14", "8"), ("16", "11")), by=TURIN,
                            on=DECIDED, ground=text("Conversion table 2024"))  # fmt: skip
    document = transcript(assessed(grade=original))
    made = recognised(validated(document), grade=convert_grade(original, table, (TEN, TWENTY))).value
    assert (document.value.entries[0].grade, made.grade) == (original, Grade(scale=TEN.id, value="6"))
    with pytest.raises(NoConversion):
        convert_grade(Grade(scale=TWENTY.id, value="12"), table, (TEN, TWENTY))
    with pytest.raises(NoConversion):
        convert_grade(Grade(scale=TEN.id, value="10"), table, (TEN, TWENTY))
    with pytest.raises(GradeNotOnScale):
        convert_grade(Grade(scale=TWENTY.id, value="16"), table, (TEN, TWENTY))


def test_a_grade_is_a_value_of_a_scale_that_is_known() -> None:
    """Edge case 19: a grade at home is no free text either (R-ASSESS-11)."""
    assert is_on_scale(Grade(scale=TEN.id, value="6"), (TEN, TWENTY))
    outside, unknown = Grade(scale=TEN.id, value="12"), Grade(scale=TURIN, value="6")
    for grade, reason in ((outside, GradeNotOnScale), (unknown, ScaleUnknown)):
        answer = is_on_scale(grade, (TEN, TWENTY))
        assert isinstance(answer, Failure)
        assert isinstance(answer.reason, reason)
