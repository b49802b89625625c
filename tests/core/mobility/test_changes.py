"""Changes: complete new versions, what differs, what is late, and which version held on a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mobility import cast
from core.mobility.cast import ALBA, BARBER, BROKER, COLOUR, CUTTING, DRAFT, LYON, SALON, STRANGER, TURIN, amendment
from ecvet.mobility import (
    AgreedUnit,
    Change,
    LearningAgreement,
    Party,
    Role,
    difference,
    duplicates,
    seal,
    signatories,
    version_at,
)
from ecvet.mobility.errors import AnotherLearner, ChangeIsLate, NothingChanges, NoVersionInForce
from ecvet.partnership import AgreementState, Thread, head, may_propose, outstanding, proposed, state
from ecvet.partnership.errors import AcceptancesMissing, NotTheOwner, ProposalStale
from ecvet.record import Act, Record
from ecvet.terms import Failure, Identifier, Period, Severity

EXTENDED = replace(DRAFT, period=Period(cast.START, date(2024, 7, 12)))
JUNE, JULY = date(2024, 6, 10), date(2024, 7, 1)


def reason_of(answer: object) -> object:
    return answer.reason if isinstance(answer, Failure) else None


def signed(thread: Thread, version: Record, agreement: LearningAgreement, on: date) -> Thread:
    """The thread after everybody accepted the version and its owner sealed it on that day."""
    held = replace(thread, signatures=(*thread.signatures, *cast.accepted(version, agreement, on)))
    return replace(held, seals=(*held.seals, seal(held, version.address, by=TURIN, at=cast.at(on, 12))))


@pytest.mark.rule("R-LA-12")
def test_a_change_is_a_complete_version_signed_by_all_again() -> None:
    first, second = cast.versions(DRAFT, EXTENDED)
    running = signed(cast.thread([first]), first, DRAFT, cast.SPRING)
    both = replace(running, versions=(first, second))
    assert second.terms["units"] == first.terms["units"]
    assert len(outstanding(both, second.address, signatories(EXTENDED), cast.at(JUNE))) == 3
    two_of_three = replace(both, signatures=(*both.signatures, *cast.accepted(second, EXTENDED, JUNE)[:2]))
    with pytest.raises(AcceptancesMissing):
        seal(two_of_three, second.address, by=TURIN, at=cast.at(JUNE, 12))
    assert version_at(two_of_three, JUNE).value == DRAFT
    after = signed(both, second, EXTENDED, JUNE)
    assert version_at(after, JUNE).value == EXTENDED


@pytest.mark.rule("R-LA-1")
def test_only_the_home_institution_seals_the_agreement() -> None:
    first = cast.versions(DRAFT)[0]
    held = cast.thread([first], cast.accepted(first, DRAFT, cast.SPRING))
    with pytest.raises(NotTheOwner):
        seal(held, first.address, by=LYON, at=cast.at(cast.SPRING, 12))


@pytest.mark.rule("R-LA-12")
def test_an_assessment_refers_to_the_version_of_its_day_and_earlier_versions_stay_readable() -> None:
    """Edge case 31: the learner changes qualification at home during the stay."""
    other = replace(DRAFT, qualification=Identifier("https://turin.example/qualifications/barber/1"))
    first, second = cast.versions(DRAFT, other)
    thread = signed(cast.thread([first]), first, DRAFT, cast.SPRING)
    thread = signed(replace(thread, versions=(first, second)), second, other, JUNE)
    assert version_at(thread, JUNE - timedelta(days=1)).value == DRAFT
    assert version_at(thread, JUNE).value == other
    assert version_at(thread, JUNE - timedelta(days=1)).address == first.address
    assert [change.field for change in difference(DRAFT, other)] == ["qualification"]


@pytest.mark.rule("R-LA-12")
def test_after_an_extension_everybody_reads_the_new_dates() -> None:
    """Edge case 5: no list keeps the dates of an agreement that was amended."""
    first, second = cast.versions(DRAFT, EXTENDED)
    thread = signed(cast.thread([first]), first, DRAFT, cast.SPRING)
    assert version_at(thread, JULY).value.period.end == cast.END
    thread = signed(replace(thread, versions=(first, second)), second, EXTENDED, JUNE)
    assert version_at(thread, JULY).value.period.end == date(2024, 7, 12)


@pytest.mark.rule("R-LA-12")
def test_before_any_seal_no_version_is_in_force() -> None:
    with pytest.raises(NoVersionInForce):
        version_at(cast.thread(cast.versions(DRAFT)), cast.START)


@pytest.mark.rule("R-LA-12")
def test_an_extension_is_in_force_before_the_old_end_or_is_retroactive() -> None:
    assert amendment(EXTENDED, on=cast.END).may
    assert reason_of(amendment(EXTENDED, on=JULY).may) == ChangeIsLate(on=JULY, end=cast.END)
    assert amendment(replace(EXTENDED, retroactive=True), on=JULY).may


@pytest.mark.rule("R-LA-12")
def test_an_extension_proposed_in_time_but_sealed_too_late_is_refused() -> None:
    first, second = cast.versions(DRAFT, EXTENDED)
    thread = replace(signed(cast.thread([first]), first, DRAFT, cast.SPRING), versions=(first, second))
    with pytest.raises(ChangeIsLate):
        signed(thread, second, EXTENDED, JULY)


@pytest.mark.rule("R-LA-12")
def test_a_retroactive_version_needs_every_party_and_holds_from_the_old_end() -> None:
    with_broker = cast.with_party(DRAFT, Role.INTERMEDIARY, BROKER, signs=False)
    late = replace(with_broker, period=EXTENDED.period, retroactive=True)
    assert len(signatories(with_broker)) == 3
    assert len(signatories(late)) == 4
    first, second = cast.versions(with_broker, late)
    thread = signed(cast.thread([first]), first, with_broker, cast.SPRING)
    thread = signed(replace(thread, versions=(first, second)), second, late, date(2024, 7, 8))
    assert version_at(thread, JULY).value == late
    assert version_at(thread, cast.END).value == with_broker


@pytest.mark.rule("R-LA-7", "R-LA-12")
def test_a_first_version_signed_after_the_start_holds_from_it_when_it_is_retroactive() -> None:
    """Edge case 23: the agreement was never fully signed, and the learner has travelled."""
    late = replace(DRAFT, retroactive=True)
    for agreement, expected in ((DRAFT, None), (late, late)):
        first = cast.versions(agreement)[0]
        thread = signed(cast.thread([first]), first, agreement, JUNE)
        if expected is None:
            with pytest.raises(NoVersionInForce):
                version_at(thread, cast.START)
        else:
            assert version_at(thread, cast.START).value == expected
        assert version_at(thread, JUNE).value == agreement


def test_another_hosting_institution_or_company_is_a_new_version() -> None:
    """Edge case 1: on the first day the host proposes another place and other tasks."""
    moved = cast.with_party(replace(DRAFT, hosting_place="Grenoble"), Role.HOSTING, SALON)
    assert amendment(moved, on=cast.START).may
    assert Change(field="id", of="hosting", old=LYON, new=SALON) in difference(DRAFT, moved)
    other_tasks = cast.with_unit(DRAFT, 0, activities=cast.text("washing and cutting"))
    assert amendment(other_tasks, on=cast.START).may
    changes = difference(DRAFT, other_tasks)
    assert [(change.field, change.of) for change in changes] == [("activities", CUTTING)]


@pytest.mark.rule("R-LA-12")
def test_a_version_that_changes_nothing_is_refused() -> None:
    assert reason_of(amendment(DRAFT).may) == NothingChanges()


@pytest.mark.rule("R-LA-12")
@pytest.mark.parametrize(("role", "other"), [(Role.LEARNER, STRANGER), (Role.HOME, LYON)])
def test_a_new_version_cannot_change_learner_or_home(role: Role, other: Identifier) -> None:
    assert reason_of(amendment(cast.with_party(DRAFT, role, other)).may) == AnotherLearner(role=role)


def test_a_first_version_needs_neither_predecessor_nor_change() -> None:
    assert cast.proposal(EXTENDED).may


def test_a_new_tutor_is_a_change_signed_by_the_parties_not_by_tutors() -> None:
    """Edge case 3: neither the old nor the new tutor signs; the parties do."""
    tutored = replace(DRAFT, mentors=cast.person("mentor", LYON, "Gaston"))
    new = replace(DRAFT, mentors=cast.person("mentor", LYON, "Hélène"))
    assert amendment(new, tutored, on=cast.START).may
    assert [change.field for change in difference(tutored, new)] == ["mentors"]
    assert signatories(new) == signatories(tutored)


def test_the_difference_lists_added_removed_and_changed_units_and_parties_with_their_values() -> None:
    barber = AgreedUnit(unit=BARBER, code="barber", title=cast.text("barber"), outcomes=frozenset({"shaves"}))
    changed = replace(DRAFT.units[0], outcomes=frozenset({"cuts"}), part=True)
    new = replace(DRAFT, units=(barber, changed))
    found = {(change.field, change.of): (change.old, change.new) for change in difference(DRAFT, new)}
    assert found == {
        ("unit", BARBER): (None, barber),
        ("unit", COLOUR): (DRAFT.units[1], None),
        ("outcomes", CUTTING): (frozenset({"measures", "cuts"}), frozenset({"cuts"})),
        ("part", CUTTING): (False, True),
    }
    parents = (Party(role=Role.GUARDIAN, id=cast.MOTHER), Party(role=Role.GUARDIAN, id=STRANGER))
    with_parents = replace(DRAFT, parties=(*DRAFT.parties, *parents))
    assert [change.of for change in difference(DRAFT, with_parents)] == ["guardian", "guardian 2"]


def test_two_versions_made_from_the_same_one_are_stale_for_the_second() -> None:
    """Edge case 32: two coordinators edit the same draft."""
    first, second = cast.versions(DRAFT, EXTENDED)
    other = cast.versions(DRAFT, replace(DRAFT, hosting_place="Nice"), replace(DRAFT, hosting_place="Metz"))[2]
    thread = signed(cast.thread([first]), first, DRAFT, cast.SPRING)
    thread = replace(thread, versions=(first, second))
    assert isinstance(reason_of(may_propose(thread, other, JUNE)), ProposalStale)


def test_a_late_acceptance_of_a_superseded_version_is_refused_with_the_current_head() -> None:
    """Edge case 8: the approval of a superseded proposal arrives late."""
    first, second = cast.versions(DRAFT, EXTENDED)
    thread = cast.thread([first, second])
    late = cast.statement(first.address, Role.HOSTING, LYON, JUNE)
    answer = cast.may_sign_as_institution(thread, late)
    assert reason_of(answer) == ProposalStale(seen=first.address, head=second.address)


def test_a_refusal_after_two_signatures_is_answered_by_a_new_version_made_from_the_old() -> None:
    """Edge case 4: the company refuses after two have signed; nothing is typed again."""
    first = cast.versions(DRAFT)[0]
    home, _, learner = cast.accepted(first, DRAFT, cast.SPRING)
    refusal = cast.statement(first.address, Role.HOSTING, LYON, cast.SPRING, Act.REJECT, "other dates")
    thread = cast.thread([first], (home, learner, refusal))
    assert state(thread, first.address, cast.SPRING) is AgreementState.REJECTED
    second = cast.versions(DRAFT, EXTENDED)[1]
    assert may_propose(thread, second, cast.SPRING)
    thread = replace(thread, versions=(first, second))
    assert proposed(thread, cast.SPRING) == second
    assert [one.role for one in outstanding(thread, second.address, signatories(EXTENDED), cast.at(cast.SPRING))] == [
        "home",
        "hosting",
        "learner",
    ]


def test_a_rejection_of_the_old_version_leaves_the_signature_on_the_new_one() -> None:
    """Edge case 9: the learner signs the new version before the rejection of the old one arrives."""
    first, second = cast.versions(DRAFT, EXTENDED)
    learner = cast.statement(second.address, Role.LEARNER, ALBA, cast.SPRING)
    refusal = cast.statement(first.address, Role.HOSTING, LYON, cast.SPRING, Act.REJECT, "too short")
    thread = cast.thread([first, second], (learner, refusal))
    assert head(thread, cast.SPRING) == second.address
    missing = outstanding(thread, second.address, signatories(EXTENDED), cast.at(cast.SPRING))
    assert [one.role for one in missing] == ["home", "hosting"]


@pytest.mark.rule("R-LA-4")
@pytest.mark.parametrize(
    ("period", "found"),
    [
        (Period(cast.START, cast.END), 1),
        (Period(date(2024, 4, 1), cast.START), 1),
        (Period(cast.END, date(2024, 9, 1)), 1),
        (Period(date(2024, 4, 1), date(2024, 5, 5)), 0),
        (Period(date(2024, 4, 1)), 1),
    ],
)
def test_a_second_agreement_of_the_same_learner_host_and_time_is_found(period: Period, found: int) -> None:
    """Edge cases 7 and 10: a duplicate is a warning, and blocks nothing."""
    other = replace(DRAFT, period=period)
    assert len(duplicates(DRAFT, [other])) == found
    elsewhere = duplicates(DRAFT, [cast.with_party(other, Role.HOSTING, SALON)])
    assert len(elsewhere) == found
    assert all("another host" in one.sentence and one.severity is Severity.WARNING for one in elsewhere)
    assert duplicates(DRAFT, [cast.with_party(other, Role.LEARNER, STRANGER)]) == ()


DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2024, 12, 31))


@pytest.mark.rule("R-LA-4")
@given(DAYS, st.integers(0, 200), DAYS, st.integers(0, 200))
def test_two_agreements_overlap_when_they_share_a_day_whichever_comes_first(
    one: date, length: int, other: date, other_length: int
) -> None:
    first = replace(DRAFT, period=Period(one, one + timedelta(days=length)))
    second = replace(DRAFT, period=Period(other, other + timedelta(days=other_length)))
    assert first.period.end is not None
    assert second.period.end is not None
    shared = max(one, other) <= min(first.period.end, second.period.end)
    assert bool(duplicates(first, [second])) is bool(duplicates(second, [first])) is shared
