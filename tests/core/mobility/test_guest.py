"""What a partner without an account may do through a link, and when documents lock."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.mobility import cast
from core.mobility.cast import MEMORANDUM_THREAD, SPRING, STAY
from ecvet.mobility import GuestPass, Role, guest_may, may_change
from ecvet.mobility.stay_errors import DocumentsLocked, GuestLinkOver, GuestMayNot
from ecvet.terms import Failure

NOW = cast.at(SPRING)
HOST = GuestPass(thread=STAY, role=Role.HOSTING, until=NOW + timedelta(days=14))


def reason_of(answer: object) -> object:
    return answer.reason if isinstance(answer, Failure) else None


@pytest.mark.rule("R-EUR-2")
@pytest.mark.parametrize("verb", ["accept", "reject", "start", "interrupt", "end", "end early", "assess", "issue"])
def test_a_host_completes_its_part_through_a_link(verb: str) -> None:
    assert guest_may(HOST, verb, thread=STAY, at=NOW)


@pytest.mark.rule("R-EUR-2")
@pytest.mark.parametrize(
    ("role", "verb"),
    [
        (Role.HOSTING, "close"),
        (Role.HOSTING, "validate"),
        (Role.LEARNER, "start"),
        (Role.GUARDIAN, "cancel"),
        (Role.INTERMEDIARY, "assess"),
        (Role.HOME, "accept"),
    ],
)
def test_a_guest_does_only_what_the_role_has(role: Role, verb: str) -> None:
    """Edge case 13: an intermediary never assesses, by link neither."""
    answer = guest_may(replace(HOST, role=role), verb, thread=STAY, at=NOW)
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


@pytest.mark.rule("R-EUR-3")
def test_documents_lock_on_the_day_of_the_final_report() -> None:
    report = date(2024, 10, 1)
    assert may_change("2023-1-IT01-KA122", None, report)
    assert may_change("2023-1-IT01-KA122", report, date(2024, 9, 30))
    locked = may_change("2023-1-IT01-KA122", report, report)
    assert reason_of(locked) == DocumentsLocked(project="2023-1-IT01-KA122", submitted=report)
