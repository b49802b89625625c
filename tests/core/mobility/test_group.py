"""Groups: one text, one agreement for each learner, and one learner who deviates."""

from dataclasses import replace

import pytest

from core.mobility import cast
from core.mobility.cast import ALBA, CUTTING, DRAFT, LYON, MOTHER, TURIN
from ecvet.mobility import Party, Role, deviations, one_for_each, signatories
from ecvet.record import Recorded
from ecvet.terms import Identifier

TEXT = Recorded(
    replace(DRAFT, parties=(Party(role=Role.HOME, id=TURIN), Party(role=Role.HOSTING, id=LYON))),
    cast.versions(DRAFT)[0].address,
)
CLASS = [Identifier(f"urn:uuid:00000000-0000-4000-8000-{number:012}") for number in range(20)]


@pytest.mark.rule("R-LA-8")
def test_each_learner_of_a_group_gets_and_signs_an_agreement_of_the_same_text() -> None:
    made = one_for_each(TEXT, CLASS)
    assert list(made) == CLASS
    for learner, agreement in made.items():
        assert agreement.party(Role.LEARNER) == learner
        assert agreement.group == TEXT.address
        assert agreement.units == DRAFT.units
        assert [one.id for one in signatories(agreement)] == [TURIN, LYON, learner]
        assert deviations(TEXT, agreement) == ()


@pytest.mark.rule("R-LA-8", "R-LA-9")
def test_only_the_minor_of_a_group_gets_a_guardian() -> None:
    made = one_for_each(TEXT, [*CLASS, ALBA], {ALBA: MOTHER})
    assert made[ALBA].party(Role.GUARDIAN) == MOTHER
    assert made[CLASS[0]].party(Role.GUARDIAN) is None
    assert deviations(TEXT, made[ALBA]) == ()
    again = one_for_each(Recorded(made[ALBA], TEXT.address), CLASS[:1])[CLASS[0]]
    assert again.party(Role.LEARNER) == CLASS[0]
    assert again.party(Role.GUARDIAN) is None


@pytest.mark.rule("R-LA-8")
def test_one_learner_deviates_and_the_deviation_is_shown_while_the_others_keep_the_text() -> None:
    """Edge case 12: a group of twenty with one programme, one learner deviates."""
    made = one_for_each(TEXT, CLASS)
    less = cast.with_unit(made[CLASS[0]], 0, outcomes=frozenset({"cuts"}), part=True)
    assert [(one.field, one.of) for one in deviations(TEXT, less)] == [("outcomes", CUTTING), ("part", CUTTING)]
    assert less.group == TEXT.address
    elsewhere = cast.with_party(less, Role.HOSTING, cast.SALON)
    assert ("id", "hosting") in [(one.field, one.of) for one in deviations(TEXT, elsewhere)]
    assert all(not deviations(TEXT, made[learner]) for learner in CLASS[1:])
