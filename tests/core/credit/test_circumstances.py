"""What is unusual about the credit for a unit is found from its records, with the case it belongs to."""

from datetime import date

import pytest

from core.credit import cast
from core.credit.cast import ALBA, CUT, CUTTING, HAIR, LYON
from ecvet.credit.circumstances import CASES, Circumstance, Noted, Surroundings, around
from ecvet.credit.decision import Reason, ReasonCode, Remedy
from ecvet.partnership.institution import Competence, CompetentInstitution, Function
from ecvet.qualification.qualification import UnitLink
from ecvet.terms import Period, Points, country

DAY = date(2030, 1, 1)
LINK = UnitLink(code="CUT", unit=CUT, points=Points.of(10))


def noted(*, on: date = DAY, **more: object) -> tuple[Noted, ...]:
    usual: dict[str, object] = {
        "basis": cast.AGREEMENT.value, "unit": CUTTING, "qualification": HAIR, "link": LINK, "learner": ALBA,
    }  # fmt: skip
    return around(Surroundings(**{**usual, **more}), on=on)  # type: ignore[arg-type]


def found(**more: object) -> list[Circumstance]:
    return [one.what for one in noted(**more)]  # type: ignore[arg-type]


def test_every_circumstance_belongs_to_a_case_of_the_list() -> None:
    assert CASES.keys() == set(Circumstance)


def test_a_unit_as_expected_has_nothing_unusual() -> None:
    issued, decided = cast.transcript(), cast.recognised()
    assert found(transcripts=(issued,), entries=issued.value.entries, recognitions=(decided,),
                 own=frozenset({decided.address})) == []  # fmt: skip


def test_without_points_it_is_said_that_nothing_is_missing() -> None:
    """Edge case 18."""
    assert found(link=UnitLink(code="CUT", unit=CUT)) == [Circumstance.NO_POINTS]
    assert found(link=None) == [Circumstance.NO_POINTS]


def test_points_of_the_host_are_told_beside_those_of_home_only_where_they_differ() -> None:
    """Edge case 17."""
    agreement = cast.agreement(cast.agreed(hosting_points=Points.of(7)))
    (one,) = noted(basis=agreement)
    assert (one.what, one.home, one.hosting) == (Circumstance.POINTS_DIFFER, Points.of(10), Points.of(7))
    assert found(basis=cast.agreement(cast.agreed(hosting_points=Points.of(10)))) == []


def test_what_was_recognised_on_another_basis_is_told_and_on_this_one_not() -> None:
    """Edge case 16."""
    decided = cast.recognised()
    (one,) = noted(recognitions=(decided,))
    assert (one.what, one.decision) == (Circumstance.HELD_ALREADY, decided.address)
    assert one.outcomes == decided.value.outcomes
    assert found(recognitions=(decided,), own=frozenset({decided.address})) == []


@pytest.mark.parametrize(("until", "what"), [(date(2029, 1, 1), [Circumstance.FUNCTION_LOST]), (None, [])])
def test_a_function_lost_since_is_told_and_one_still_held_not(until: date | None, what: list[Circumstance]) -> None:
    """Edge case 20."""
    held = Competence(function=Function.ASSESS, valid=Period(date(2020, 1, 1), until))
    lyon = CompetentInstitution(id=LYON, name=cast.text("Lyon"), country=country("FR"), competences=(held,))
    assert found(assessments=(cast.assessed(),), assessed_by=lyon) == what


def test_a_refusal_of_what_was_promised_is_told_with_its_last_day_and_whether_it_is_open() -> None:
    """Edge case 22."""
    issued = cast.transcript()
    why = (Reason(code=ReasonCode.OTHER, text=cast.text("wider")),)
    until = date(2030, 2, 1)
    refused = cast.recognised(outcomes=frozenset(), reasons=why, remedy=Remedy(appeal_until=until))
    known = {"transcripts": (issued,), "entries": issued.value.entries, "recognitions": (refused,),
             "own": frozenset({refused.address})}  # fmt: skip
    (one,) = noted(**known)  # type: ignore[arg-type]
    assert (one.what, one.until, one.open) == (Circumstance.PROMISED, until, True)
    assert one.outcomes == frozenset(CUTTING.required_outcomes)
    (late,) = noted(on=date(2030, 2, 2), **known)  # type: ignore[arg-type]
    assert not late.open
    assert found(**{**known, "entries": ()}) == []
