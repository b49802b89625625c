"""Groups: one text, one agreement for each learner, and one learner who deviates."""

from dataclasses import replace

import pytest

from core.mobility import cast
from core.mobility.cast import ALBA, CUTTING, DRAFT, LYON, MOTHER, TURIN
from ecvet.mobility import (
    Group,
    GroupStep,
    LearningAgreement,
    Member,
    Party,
    Role,
    State,
    Verb,
    deviations,
    one_for_each,
    signatories,
    steps,
)
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


def member(agreement: LearningAgreement, number: int, **more: object) -> Member:
    given = {"proposed": True, "in_force": False, "waiting": frozenset(signatories(agreement)), **more}
    return Member(thread=CLASS[number], agreement=agreement, **given)  # type: ignore[arg-type]


@pytest.mark.rule("R-LA-8")
def test_what_can_be_done_for_a_group_at_once_follows_from_where_each_of_them_stands() -> None:
    made = one_for_each(TEXT, CLASS[:5])
    each = [made[learner] for learner in CLASS[:5]]
    learners_only = frozenset(one for one in signatories(each[1]) if one.role == Role.LEARNER)
    group = Group(text=TEXT, members=(
        member(each[0], 0, stay=State.PLANNED),
        member(each[1], 1, waiting=learners_only, stay=State.PLANNED),
        member(each[2], 2, waiting=frozenset(), stay=State.PLANNED),
        member(each[3], 3, proposed=False, in_force=True, waiting=frozenset(), stay=State.PLANNED),
        member(each[4], 4, proposed=False, in_force=True, waiting=frozenset(), stay=State.ENDED),
    ))  # fmt: skip
    home = steps(group, TURIN, tells=frozenset({Role.HOME}))
    assert {step: len(among) for step, among in home.items()} == {
        GroupStep.SIGN: 1, GroupStep.SEAL: 1, GroupStep.REMIND: 2, Verb.CONFIRM: 1, Verb.CANCEL: 4,
    }  # fmt: skip
    assert home[GroupStep.SEAL] == (CLASS[2],)
    assert home[Verb.CONFIRM] == (CLASS[3],), "only an agreement in force makes a stay ready"
    host = steps(group, LYON, tells=frozenset({Role.HOSTING}))
    assert {step: len(among) for step, among in host.items()} == {
        GroupStep.SIGN: 1, GroupStep.REMIND: 2, Verb.START: 4, Verb.CANCEL: 4, Verb.MISS: 4,
    }  # fmt: skip
    assert steps(group, cast.SALON, tells=frozenset({Role.HOSTING})).keys() == {GroupStep.REMIND}
    assert group.waiting == {Role.HOME: 1, Role.HOSTING: 1, Role.LEARNER: 2}
    assert group.deviating == {}


def test_who_is_hosted_elsewhere_stays_in_the_group_and_is_told_of_there() -> None:
    made = one_for_each(TEXT, CLASS[:2])
    elsewhere = cast.with_party(made[CLASS[1]], Role.HOSTING, cast.SALON)
    group = Group(text=TEXT, members=(
        member(made[CLASS[0]], 0, stay=State.READY), member(elsewhere, 1, stay=State.READY),
    ))  # fmt: skip
    assert list(group.deviating) == [CLASS[1]]
    assert steps(group, cast.SALON, tells=frozenset({Role.HOSTING}))[Verb.START] == (CLASS[1],)
