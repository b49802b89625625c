"""A life cycle is a table; decision, buttons, refusal and diagram come from it."""

from enum import StrEnum

import pytest

from ecvet.record import Lifecycle, Step, StepNotPossible, StepNotYours


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut-fast"
    GONE = "taken away"


DOOR = Lifecycle(
    thing="door",
    steps=(
        Step(state=None, verb="hang", to=Door.OPEN, by=frozenset({"joiner"})),
        Step(state=Door.OPEN, verb="close", to=Door.SHUT, by=frozenset({"guest", "host"})),
        Step(state=Door.SHUT, verb="open", to=Door.OPEN, by=frozenset({"host"})),
        Step(state=Door.SHUT, verb="remove", to=Door.GONE, by=frozenset({"joiner"}), guard="nobody is inside"),
    ),
)


def test_a_step_leads_to_the_next_state_for_those_who_may() -> None:
    assert DOOR.after(None, "hang") is Door.OPEN
    assert DOOR.after(Door.OPEN, "close", "guest") is Door.SHUT


def test_a_step_that_the_table_does_not_know_is_refused_with_those_it_knows() -> None:
    with pytest.raises(StepNotPossible) as refused:
        DOOR.after(Door.SHUT, "close")
    assert str(refused.value) == "This door is shut-fast; it cannot be followed by “close”."
    assert refused.value.what_to_do == "Possible now: open, remove."
    with pytest.raises(StepNotPossible) as final:
        DOOR.after(Door.GONE, "open")
    assert final.value.what_to_do == "Possible now: nothing."
    with pytest.raises(StepNotPossible, match="not there yet"):
        DOOR.after(None, "open")


def test_a_step_for_somebody_else_is_refused_and_says_for_whom_it_is() -> None:
    with pytest.raises(StepNotYours) as refused:
        DOOR.after(Door.SHUT, "open", "guest")
    assert str(refused.value) == "“open” is for host, not for guest."
    assert refused.value.status == 403


def test_the_buttons_of_a_role_are_the_steps_it_may_take() -> None:
    assert [one.verb for one in DOOR.possible(Door.SHUT)] == ["open", "remove"]
    assert [one.verb for one in DOOR.possible(Door.SHUT, "joiner")] == ["remove"]
    assert DOOR.possible(Door.SHUT, "guest") == ()


def test_a_state_without_steps_is_final() -> None:
    assert DOOR.is_final(Door.GONE)
    assert not DOOR.is_final(Door.SHUT)


def test_the_diagram_has_one_arrow_for_each_step() -> None:
    lines = DOOR.mermaid().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert lines[1:] == [
        "    [*] --> open: hang (joiner)",
        "    open --> shut_fast: close (guest, host)",
        "    shut_fast --> open: open (host)",
        "    shut_fast --> taken_away: remove (joiner)",
    ]
