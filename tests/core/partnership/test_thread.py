"""Versions, signatures and seals: what stands, what is proposed, and who may do what next."""

from dataclasses import replace
from datetime import date

import pytest

from core.partnership.samples import AT, DAY, LYON, PARTIES, STRANGER, TURIN, proposal, sealed, signed, text, thread
from ecvet.errors import EcvetError
from ecvet.partnership import (
    AGREEMENT,
    AgreementState,
    Signatory,
    Termination,
    Thread,
    acceptances,
    head,
    in_force,
    may_propose,
    may_retract,
    may_seal,
    may_sign,
    may_terminate,
    outstanding,
    proposed,
    seal,
    state,
)
from ecvet.partnership.errors import (
    AcceptancesMissing,
    NotASignatory,
    NotTheOwner,
    ProposalStale,
    ReasonMissing,
    ResultsExist,
    VersionUnknown,
)
from ecvet.record import Act, Address, StepNotPossible
from ecvet.terms import Failure, Success

FIRST = proposal()
REVISED = proposal(FIRST, additional=text("With a better timetable"))
BESIDE = proposal(additional=text("A counter-proposal"), author=LYON)
TODAY = AT.date()
BOTH = (signed(FIRST, TURIN), signed(FIRST, LYON))
STANDING = thread(FIRST, signatures=BOTH, seals=(sealed(FIRST),))


def reason(answer: Success | Failure) -> EcvetError:
    assert isinstance(answer, Failure)
    return answer.reason


def states(found: Thread, on: date = TODAY) -> list[str]:
    return [state(found, one.address, on).value for one in found.versions]


def notice(**more: object) -> Termination:
    made = Termination(
        object=FIRST.address, by=LYON, at=AT, reason="We close the department.", last_day=date(2024, 6, 30)
    )
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.rule("R-MOU-6")
def test_a_version_comes_into_force_only_when_all_have_accepted_it() -> None:
    half = thread(FIRST, signatures=BOTH[:1])
    assert outstanding(half, FIRST.address, PARTIES, AT) == (Signatory(role="party", id=LYON),)
    refused = reason(may_seal(half, FIRST.address, PARTIES, by=TURIN, at=AT))
    assert isinstance(refused, AcceptancesMissing)
    assert LYON in str(refused)
    whole = thread(FIRST, signatures=BOTH)
    made = seal(whole, FIRST.address, PARTIES, by=TURIN, at=AT, in_force_from=TODAY)
    assert made.signatures == BOTH
    assert in_force(replace(whole, seals=(made,)), TODAY) == FIRST
    assert in_force(whole, TODAY) is None


def test_an_acceptance_names_one_version_and_counts_for_no_other() -> None:
    both_versions = thread(FIRST, REVISED, signatures=BOTH)
    assert acceptances(both_versions, REVISED.address, PARTIES, AT) == {}
    assert not may_seal(both_versions, REVISED.address, PARTIES, by=TURIN, at=AT)


def test_an_acceptance_in_another_role_or_by_a_stranger_counts_for_nothing() -> None:
    odd = (signed(FIRST, LYON, role="learner"), signed(FIRST, STRANGER))
    assert acceptances(thread(FIRST, signatures=odd), FIRST.address, PARTIES, AT) == {}


def test_an_acceptance_lapses_after_sixty_days_or_at_its_own_end() -> None:
    waiting = thread(FIRST, signatures=BOTH)
    assert outstanding(waiting, FIRST.address, PARTIES, AT + 60 * DAY) == ()
    assert len(outstanding(waiting, FIRST.address, PARTIES, AT + 61 * DAY)) == 2
    assert len(outstanding(waiting, FIRST.address, PARTIES, AT - DAY)) == 2
    short = thread(FIRST, signatures=(signed(FIRST, LYON, expires=AT + DAY), BOTH[0]))
    assert outstanding(short, FIRST.address, PARTIES, AT + 2 * DAY) == (Signatory(role="party", id=LYON),)
    long = thread(FIRST, signatures=(signed(FIRST, LYON, expires=AT + 90 * DAY), BOTH[0]))
    assert len(outstanding(long, FIRST.address, PARTIES, AT + 61 * DAY)) == 2


def test_who_accepted_and_lapsed_may_accept_again() -> None:
    again = signed(FIRST, LYON, at=AT + 61 * DAY)
    renewed = thread(FIRST, signatures=(*BOTH, again))
    assert may_sign(renewed, again, PARTIES)
    assert outstanding(renewed, FIRST.address, PARTIES, AT + 61 * DAY) == (Signatory(role="party", id=TURIN),)


def test_a_late_acceptance_of_a_replaced_version_is_refused_with_the_current_head() -> None:
    moved_on = thread(FIRST, REVISED)
    assert states(moved_on) == ["superseded", "proposed"]
    refused = reason(may_sign(moved_on, signed(FIRST, LYON), PARTIES))
    assert refused == ProposalStale(seen=FIRST.address, head=REVISED.address)
    assert refused.status == 409
    assert isinstance(reason(may_seal(moved_on, FIRST.address, PARTIES, by=TURIN, at=AT)), ProposalStale)
    assert may_sign(moved_on, signed(REVISED, LYON), PARTIES)


def test_only_signatories_sign_and_a_no_needs_a_reason() -> None:
    waiting = thread(FIRST)
    assert isinstance(reason(may_sign(waiting, signed(FIRST, STRANGER), PARTIES)), NotASignatory)
    assert isinstance(reason(may_sign(waiting, signed(FIRST, LYON, Act.REJECT, reason=None), PARTIES)), ReasonMissing)
    assert may_sign(waiting, signed(FIRST, LYON, Act.REJECT), PARTIES)
    with pytest.raises(VersionUnknown):
        may_sign(waiting, signed(REVISED, LYON), PARTIES)


def test_a_rejection_ends_the_proposal_and_leaves_what_is_in_force() -> None:
    rejected = replace(STANDING, versions=(FIRST, REVISED), signatures=(*BOTH, signed(REVISED, LYON, Act.REJECT)))
    assert states(rejected) == ["in force", "rejected"]
    assert (in_force(rejected, TODAY), proposed(rejected, TODAY)) == (FIRST, None)
    assert isinstance(reason(may_sign(rejected, signed(REVISED, TURIN), PARTIES)), StepNotPossible)


def test_a_withdrawal_counts_before_the_seal_and_not_after() -> None:
    withdrawn = thread(FIRST, signatures=(*BOTH, signed(FIRST, LYON, Act.WITHDRAW)))
    assert states(withdrawn) == ["withdrawn"]
    assert isinstance(reason(may_seal(withdrawn, FIRST.address, PARTIES, by=TURIN, at=AT)), StepNotPossible)
    late = signed(FIRST, LYON, Act.WITHDRAW, at=AT + DAY)
    assert isinstance(reason(may_sign(STANDING, late, PARTIES)), StepNotPossible)
    assert states(replace(STANDING, signatures=(*BOTH, late))) == ["in force"]


def test_the_author_may_withdraw_without_being_a_signatory() -> None:
    only_lyon = PARTIES[1:]
    assert may_sign(thread(FIRST), signed(FIRST, TURIN, Act.WITHDRAW), only_lyon)
    assert not may_sign(thread(FIRST), signed(FIRST, TURIN, Act.REJECT), only_lyon)


def test_a_counter_proposal_supersedes_and_sealing_one_supersedes_the_other() -> None:
    assert states(thread(FIRST, BESIDE)) == ["superseded", "proposed"]
    assert states(thread(FIRST, BESIDE, seals=(sealed(FIRST),))) == ["in force", "superseded"]


def test_what_is_in_force_and_what_is_proposed_are_two_pointers() -> None:
    changing = replace(STANDING, versions=(FIRST, REVISED))
    assert (in_force(changing, TODAY), proposed(changing, TODAY)) == (FIRST, REVISED)
    assert head(changing, TODAY) == REVISED.address
    assert head(STANDING, TODAY) == FIRST.address
    assert head(thread(), TODAY) is None
    later = replace(changing, seals=(sealed(FIRST), sealed(REVISED, since=date(2024, 3, 1))))
    assert in_force(later, date(2024, 2, 29)) == FIRST
    assert in_force(later, date(2024, 3, 1)) == REVISED
    assert states(later, date(2024, 3, 1)) == ["superseded", "in force"]
    assert in_force(later, date(2023, 1, 1)) is None


def test_a_version_enters_when_made_from_what_is_current_and_is_stale_otherwise() -> None:
    assert may_propose(thread(), FIRST, TODAY)
    assert may_propose(thread(FIRST), REVISED, TODAY)
    assert may_propose(thread(FIRST), BESIDE, TODAY)
    assert may_propose(STANDING, REVISED, TODAY)
    rejected = thread(FIRST, signatures=(signed(FIRST, LYON, Act.REJECT),))
    assert may_propose(rejected, REVISED, TODAY), "a rejected version is answered by one made from it"
    grown = replace(STANDING, versions=(FIRST, REVISED), seals=(sealed(FIRST), sealed(REVISED)))
    stale = proposal(FIRST, additional=text("Made from an old version"))
    assert reason(may_propose(grown, stale, TODAY)) == ProposalStale(seen=FIRST.address, head=REVISED.address)
    assert reason(may_propose(STANDING, BESIDE, TODAY)) == ProposalStale(seen="a first version", head=FIRST.address)


def test_only_the_owner_seals_and_only_what_is_proposed() -> None:
    ready = thread(FIRST, signatures=BOTH)
    assert isinstance(reason(may_seal(ready, FIRST.address, PARTIES, by=LYON, at=AT)), NotTheOwner)
    assert isinstance(reason(may_seal(STANDING, FIRST.address, PARTIES, by=TURIN, at=AT)), StepNotPossible)
    with pytest.raises(NotTheOwner):
        seal(ready, FIRST.address, PARTIES, by=LYON, at=AT, in_force_from=TODAY)
    with pytest.raises(VersionUnknown):
        state(ready, Address("sha-256:" + "0" * 64), TODAY)


def test_a_party_gives_notice_with_a_reason_and_the_version_ends_after_its_last_day() -> None:
    assert may_terminate(STANDING, notice(), PARTIES)
    assert isinstance(reason(may_terminate(STANDING, notice(by=STRANGER), PARTIES)), NotASignatory)
    assert isinstance(reason(may_terminate(STANDING, notice(reason=""), PARTIES)), ReasonMissing)
    assert isinstance(reason(may_terminate(thread(FIRST), notice(), PARTIES)), StepNotPossible)
    older = notice(object=BESIDE.address, last_day=date(2024, 1, 31))
    ending = replace(STANDING, terminations=(older, notice()))
    assert states(ending, date(2024, 6, 30)) == ["ending"]
    assert in_force(ending, date(2024, 6, 30)) == FIRST
    assert states(ending, date(2024, 7, 1)) == ["terminated"]
    assert in_force(ending, date(2024, 7, 1)) is None


def test_a_mistake_is_retracted_by_the_owner_unless_results_rest_on_it() -> None:
    def asked(found: Thread = STANDING, **more: object) -> Success | Failure:
        given = {"by": TURIN, "results_exist": False, "on": TODAY, **more}
        return may_retract(found, FIRST.address, **given)  # type: ignore[arg-type]

    assert asked()
    assert asked(thread(FIRST))
    assert isinstance(reason(asked(by=LYON)), NotTheOwner)
    assert isinstance(reason(asked(results_exist=True)), ResultsExist)
    gone = replace(STANDING, retracted=frozenset({FIRST.address}))
    assert states(gone) == ["void"]
    assert in_force(gone, TODAY) is None
    assert isinstance(reason(asked(gone)), StepNotPossible)


def test_a_retracted_successor_gives_the_one_before_back() -> None:
    grown = replace(STANDING, versions=(FIRST, REVISED), seals=(sealed(FIRST), sealed(REVISED)))
    assert states(grown) == ["superseded", "in force"]
    back = replace(grown, retracted=frozenset({REVISED.address}))
    assert states(back) == ["in force", "void"]
    assert in_force(back, TODAY) == FIRST
    assert states(thread(FIRST, REVISED, retracted=frozenset({REVISED.address}))) == ["proposed", "void"]


def test_every_state_of_a_version_is_reached_and_only_void_is_for_ever() -> None:
    reached = {step.to for step in AGREEMENT.steps}
    assert reached == {*AgreementState}
    assert [one for one in AgreementState if AGREEMENT.is_final(one)] == [AgreementState.VOID]
    assert AGREEMENT.after(AgreementState.IN_FORCE, "propose", "party") is AgreementState.IN_FORCE
    assert AGREEMENT.after(AgreementState.ENDING, "end", "owner") is AgreementState.TERMINATED
