"""What a partner without an account may do through a link, who invites, when it ends, and when documents lock."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.mobility import cast
from core.mobility.cast import MEMORANDUM_THREAD, SPRING, STAY
from ecvet.mobility import GUEST_VERBS, GuestPass, Matter, Role, State, Task, guest_may, is_over, may_change, may_invite
from ecvet.mobility.stay_errors import DocumentsLocked, GuestLinkOver, GuestMayNot, NotInvitable, PartyActsItself
from ecvet.terms import Failure

NOW = cast.at(SPRING)
HOST = GuestPass(thread=STAY, role=Role.HOSTING, task=Task.SIGN, until=NOW + timedelta(days=14))
WAITS = Matter(awaited=True, stay=State.STARTED, unassessed=2, issued=False)


def reason_of(answer: object) -> object:
    return answer.reason if isinstance(answer, Failure) else None


@pytest.mark.rule("R-EUR-2")
@pytest.mark.parametrize(
    ("task", "verb"),
    [
        (Task.SIGN, "accept"),
        (Task.SIGN, "reject"),
        (Task.TELL, "start"),
        (Task.TELL, "interrupt"),
        (Task.TELL, "end"),
        (Task.TELL, "end early"),
        (Task.ASSESS, "assess"),
        (Task.HOST, "assess"),
        (Task.HOST, "issue"),
    ],
)
def test_a_host_completes_its_part_through_a_link(task: Task, verb: str) -> None:
    assert guest_may(replace(HOST, task=task), verb, thread=STAY, at=NOW)


@pytest.mark.rule("R-EUR-2")
@pytest.mark.parametrize(
    ("role", "task", "verb"),
    [
        (Role.HOSTING, Task.TELL, "close"),
        (Role.HOSTING, Task.HOST, "validate"),
        (Role.HOSTING, Task.SIGN, "assess"),
        (Role.HOSTING, Task.ASSESS, "issue"),
        (Role.HOSTING, Task.ASSESS, "accept"),
        (Role.LEARNER, Task.SIGN, "start"),
        (Role.LEARNER, Task.ASSESS, "assess"),
        (Role.GUARDIAN, Task.SIGN, "cancel"),
        (Role.INTERMEDIARY, Task.ASSESS, "assess"),
        (Role.HOME, Task.SIGN, "accept"),
    ],
)
def test_a_guest_does_only_what_the_role_has(role: Role, task: Task, verb: str) -> None:
    """Edge case 13: an intermediary never assesses, by link neither."""
    answer = guest_may(replace(HOST, role=role, task=task), verb, thread=STAY, at=NOW)
    assert reason_of(answer) == GuestMayNot(verb=verb, thread=STAY)


@pytest.mark.rule("R-EUR-2")
def test_a_link_is_for_one_matter_only_and_ends_with_its_time_or_its_task() -> None:
    """Edge case 27: the link has expired."""
    assert isinstance(reason_of(guest_may(HOST, "accept", thread=MEMORANDUM_THREAD, at=NOW)), GuestMayNot)
    assert guest_may(HOST, "accept", thread=STAY, at=HOST.until)
    expired = guest_may(HOST, "accept", thread=STAY, at=HOST.until + timedelta(seconds=1))
    assert "2024-03-15" in str(reason_of(expired))
    done = guest_may(replace(HOST, done=True), "accept", thread=STAY, at=NOW)
    assert reason_of(done) == GuestLinkOver(why="its task is done")


def test_home_invites_for_every_role_and_the_host_for_the_workplace() -> None:
    agreement = cast.DRAFT
    home, host = agreement.party(Role.HOME), agreement.party(Role.HOSTING)
    assert home is not None
    assert host is not None
    for role, task in GUEST_VERBS:
        if agreement.party(role) is not None:
            assert may_invite(agreement, role, task, by=home, party_is_here=False)
    assert may_invite(agreement, Role.HOSTING, Task.ASSESS, by=host, party_is_here=True)
    assert may_invite(agreement, Role.HOSTING, Task.TELL, by=host, party_is_here=True)
    for task in (Task.SIGN, Task.HOST):
        refused = may_invite(agreement, Role.HOSTING, task, by=host, party_is_here=True)
        assert reason_of(refused) == NotInvitable(role=Role.HOSTING, task=task)
    stranger = may_invite(agreement, Role.LEARNER, Task.SIGN, by=MEMORANDUM_THREAD, party_is_here=False)
    assert isinstance(reason_of(stranger), NotInvitable)


def test_nobody_is_invited_in_place_of_an_institution_that_acts_itself() -> None:
    agreement = cast.DRAFT
    home = agreement.party(Role.HOME)
    assert home is not None
    for task in (Task.SIGN, Task.TELL, Task.ASSESS, Task.HOST):
        refused = may_invite(agreement, Role.HOSTING, task, by=home, party_is_here=True)
        assert reason_of(refused) == PartyActsItself(role=Role.HOSTING)
    assert may_invite(agreement, Role.LEARNER, Task.SIGN, by=home, party_is_here=True)
    assert isinstance(
        reason_of(may_invite(agreement, Role.HOME, Task.SIGN, by=home, party_is_here=False)), NotInvitable
    )


@pytest.mark.parametrize(
    ("task", "left", "over"),
    [
        (Task.SIGN, WAITS, False),
        (Task.SIGN, replace(WAITS, awaited=False), True),
        (Task.TELL, WAITS, False),
        (Task.TELL, replace(WAITS, stay=State.ENDED), True),
        (Task.TELL, replace(WAITS, stay=State.CANCELLED), True),
        (Task.ASSESS, WAITS, False),
        (Task.ASSESS, replace(WAITS, unassessed=0), True),
        (Task.ASSESS, replace(WAITS, issued=True), True),
        (Task.ASSESS, replace(WAITS, stay=State.NO_SHOW), True),
        (Task.HOST, replace(WAITS, unassessed=0), False),
        (Task.HOST, replace(WAITS, issued=True), True),
        (Task.HOST, replace(WAITS, stay=State.CLOSED), True),
    ],
)
def test_a_link_is_over_when_nothing_is_left_to_do(task: Task, left: Matter, over: bool) -> None:
    assert is_over(Role.HOSTING, task, left) is over


@pytest.mark.rule("R-EUR-3")
def test_documents_lock_on_the_day_of_the_final_report() -> None:
    report = date(2024, 10, 1)
    assert may_change("2023-1-IT01-KA122", None, report)
    assert may_change("2023-1-IT01-KA122", report, date(2024, 9, 30))
    locked = may_change("2023-1-IT01-KA122", report, report)
    assert reason_of(locked) == DocumentsLocked(project="2023-1-IT01-KA122", submitted=report)
