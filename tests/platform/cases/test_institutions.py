"""What if institutions change: a memorandum ends, another continues a school, a partner returns with old papers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import stories_of as story
from ecvet.mobility import Verb
from ecvet.partnership import AgreementState, Function, successor
from ecvet.partnership.errors import InstitutionContinued, MemorandumNotInForce, ProposalStale, SuccessionCircular
from ecvet.record import Act
from ecvet.terms import Identifier, Period
from ecvet_platform.institutions.actions import entering, memoranda, register
from ecvet_platform.institutions.store import institutions as kept
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, proposing, signing, stays
from ecvet_platform.people import actions as people
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.roles import Role
from ecvet_platform.qualifications.naming import key_of
from stories_of import Cast

NEW = Identifier("https://metropole.example/")
MERGED = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    with clock.fixed(story.NOW):
        yield


def on(day: date) -> object:
    return clock.fixed(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def test_an_agreement_keeps_its_terms_when_the_memorandum_ends_during_the_stay(everybody: Cast):
    """Case 24: what was signed under it goes on, also when it is changed; nothing new is agreed in that frame."""
    bruno, chloe = everybody.actor("Bruno"), everybody.actor("Chloé")
    thread, version = story.in_force(everybody)
    (line,) = memoranda.lines(actor=bruno)
    memoranda.terminate(line.thread, actor=chloe, reason="The college closes", last_day=date(2026, 4, 20))
    with on(MERGED):
        shown = everybody.browser("Alba").get(f"/agreements/{story.key(thread)}").content.decode()
        assert "The memorandum ended on 20 April 2026." in shown
        assert 'href="/what-if#case-24"' in shown
        now = agreements.agreement(thread, actor=bruno)
        assert now.versions[0].state is AgreementState.IN_FORCE
        new = proposing.change(thread, story.later(now.item.value, date(2026, 6, 12)), base=version, actor=bruno)
        for name in ("Alba", "Chloé", "Bruno"):
            signing.answer(thread, new, Act.ACCEPT, actor=everybody.actor(name))
        assert agreements.agreement(thread, actor=bruno).in_force == new
        with pytest.raises(MemorandumNotInForce):
            memoranda.in_force_on(line.thread, MERGED)


def merged(everybody: Cast, *, with_people: bool = True) -> None:
    """The Lycée de Lyon becomes part of a greater school, whose coordinator is Maxime."""
    office = everybody.actor("Dimitra")
    register.enter(
        story.institution(NEW, "Lycée de la Métropole", "FR", Function.ASSESS, Function.DOCUMENT), actor=office,
        contact={},
    )  # fmt: skip
    everybody.accounts["Maxime"] = people.register(email="maxime@example.org", name="Maxime")
    people.give_role(everybody.accounts["Maxime"], NEW, Role.COORDINATOR)
    entering.let_continue(story.LYON, NEW, since=MERGED, source="Decree 12/2026", with_people=with_people, actor=office)


def test_the_successors_people_go_on_with_what_a_school_had_begun(everybody: Cast):
    """Case 25: what was signed goes on with the successor's people; its page leads to the successor."""
    thread, _version = story.in_force(everybody)
    stays.tell(thread, Verb.CONFIRM, on=clock.today(), actor=everybody.actor("Bruno"))
    merged(everybody)
    account = everybody.accounts["Maxime"].id
    with on(MERGED):
        maxime = people.actor(account, story.LYON)
        assert maxime.roles == {Role.COORDINATOR}
        stays.tell(thread, Verb.START, on=MERGED, actor=maxime)
        assert stays.told(thread, actor=everybody.actor("Bruno")).stay.arrived == MERGED
        page = everybody.browser("Bruno").get(f"/institutions/{key_of(story.LYON)}").content.decode()
        assert "Lycée de la Métropole continues this institution since 1 May 2026 (Decree 12/2026)." in page
        shown = everybody.browser("Bruno").get(f"/agreements/{story.key(thread)}").content.decode()
        assert "Lycée de Lyon is continued by another institution since 1 May 2026." in shown
        assert successor(story.LYON, kept.institutions(), MERGED) == NEW


def test_nothing_new_is_agreed_with_a_school_that_is_continued(everybody: Cast):
    """Case 25: neither an agreement nor a memorandum, from that day on, with the successor named."""
    memorandum = story.memorandum_in_force(everybody)
    merged(everybody, with_people=False)
    item, bruno = story.draft(everybody.alba, memorandum), everybody.actor("Bruno")
    with on(date(2026, 4, 30)):
        assert proposing.put_forward(item, actor=bruno)
    with on(MERGED):
        later = replace(item, period=Period(date(2026, 9, 7), date(2026, 10, 30)))
        for act in (
            lambda: proposing.put_forward(later, actor=bruno),
            lambda: memoranda.propose(story.MEMORANDUM, actor=bruno),
        ):
            with pytest.raises(InstitutionContinued) as refused:
                act()
            assert str(NEW) in str(refused.value)


def test_a_succession_is_entered_by_the_register_office_on_a_page_or_by_a_program(everybody: Cast):
    """Case 25: with the decision it rests on; it cannot go in a circle, and others enter none."""
    merged(everybody, with_people=False)
    address = f"/institutions/{key_of(NEW)}/succession"
    typed = {"by": story.LYON, "since": "2026-06-01", "source": "Decree 13/2026"}
    office = everybody.browser("Dimitra")
    assert "Continued by another institution" in office.get(address).content.decode()
    refused = office.post(address, typed)
    assert refused.status_code == 422
    assert "cannot continue" in refused.content.decode()
    assert "Decree 13/2026" in refused.content.decode()
    with pytest.raises(SuccessionCircular):
        entering.let_continue(NEW, NEW, since=MERGED, source="x", with_people=False, actor=everybody.actor("Dimitra"))
    assert office.post(address, {**typed, "by": story.BODY}).status_code == 302
    assert everybody.browser("Bruno").get(address).status_code == 403
    with pytest.raises(NotYourRole):
        entering.let_continue(
            NEW, story.BODY, since=MERGED, source="x", with_people=True, actor=everybody.actor("Bruno")
        )
    told = everybody.browser("Dimitra").post(
        f"/api/v1/institutions/{key_of(story.STRANGERS)}/succession",
        {"by": NEW, "since": "2026-05-01", "source": "Decree 14/2026"}, content_type="application/json",
    )  # fmt: skip
    assert (told.status_code, told.json()["people"]) == (201, 1)
    assert told.json()["institution"]["continued"]["by"] == NEW
    entering.describe(register.institution(NEW), actor=everybody.actor("Dimitra"), contact={})
    assert register.institution(NEW).continued is not None


def test_what_was_made_from_an_old_state_is_refused_and_names_the_current_one(everybody: Cast):
    """Case 26: whoever was away reads on; nothing made from an old version overwrites anything."""
    thread, first = story.in_force(everybody)
    bruno, chloe = everybody.actor("Bruno"), everybody.actor("Chloé")
    item = agreements.agreement(thread, actor=bruno).item.value
    second = proposing.change(thread, story.later(item, date(2026, 6, 12)), base=first, actor=bruno)
    for name in ("Alba", "Chloé", "Bruno"):
        signing.answer(thread, second, Act.ACCEPT, actor=everybody.actor(name))
    third = proposing.change(thread, story.later(item, date(2026, 6, 19)), base=second, actor=bruno)
    with pytest.raises(ProposalStale) as refused:
        proposing.change(thread, story.later(item, date(2026, 5, 30)), base=first, actor=chloe)
    assert third in str(refused.value)
    found = agreements.agreement(thread, actor=chloe)
    assert (found.in_force, found.proposed, len(found.versions)) == (second, third, 3)
