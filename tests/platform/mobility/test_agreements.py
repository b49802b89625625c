"""Learning agreements: proposed, signed by all, sealed by home, changed by complete versions; nobody else sees them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

import stories_of as story
from ecvet.errors import EcvetError
from ecvet.mobility import LearningAgreement, Party
from ecvet.mobility import Role as Part
from ecvet.mobility.errors import GuardianMissing, MemorandumNotThis
from ecvet.partnership import AgreementState
from ecvet.partnership.errors import AcceptancesMissing, NotASignatory, NotTheOwner, ProposalStale
from ecvet.record import Act, Address, Person, StepNotPossible
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import keys, memoranda
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import agreements, learners, proposing, signing
from ecvet_platform.mobility.errors import AgreementUnknown, NobodyChosen, NotForAll, NotYourPart
from ecvet_platform.mobility.waiting import waiting
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.roles import Actor, Role
from stories_of import Cast

Step = Callable[[Identifier, Address, Actor], object]


def _change(thread: Identifier, version: Address, actor: Actor) -> object:
    item = records.recorded(version, LearningAgreement).value
    return proposing.change(thread, story.later(item, date(2026, 6, 12)), base=version, actor=actor)


STEPS: dict[str, Step] = {
    "accept": lambda thread, version, actor: signing.answer(thread, version, Act.ACCEPT, actor=actor),
    "reject": lambda thread, version, actor: signing.answer(thread, version, Act.REJECT, actor=actor, reason="no"),
    "withdraw": lambda thread, version, actor: signing.answer(thread, version, Act.WITHDRAW, actor=actor, reason="no"),
    "change": _change,
    "seal": lambda thread, version, actor: signing.seal(thread, version, actor=actor),
    "terminate": lambda thread, version, actor: signing.terminate(
        thread, actor=actor, reason="no", last_day=date(2026, 4, 30)
    ),
}


def state(everybody: Cast, thread: Identifier) -> AgreementState:
    return agreements.agreement(thread, actor=everybody.actor("Bruno")).versions[-1].state


@pytest.mark.rule("R-LA-1")
def test_home_hosting_and_learner_all_sign_before_it_is_in_force(everybody: Cast):
    thread, version = story.proposed(everybody)
    bruno = everybody.actor("Bruno")
    for name in ("Bruno", "Chloé"):
        signing.answer(thread, version, Act.ACCEPT, actor=everybody.actor(name))
    with pytest.raises(AcceptancesMissing):
        signing.seal(thread, version, actor=bruno)
    signing.answer(thread, version, Act.ACCEPT, actor=everybody.actor("Alba"))
    assert state(everybody, thread) is AgreementState.PROPOSED, "the machine never seals for home"
    with pytest.raises(NotTheOwner):
        signing.seal(thread, version, actor=everybody.actor("Chloé"))
    signing.seal(thread, version, actor=bruno)
    assert state(everybody, thread) is AgreementState.IN_FORCE
    (line,), _count = agreements.page(actor=bruno)
    assert (line.in_force, line.proposed, line.state, line.stay) == (version, None, "in force", "planned")
    journal.verify()


def test_homes_last_signature_seals_at_once(everybody: Cast):
    thread, _version = story.in_force(everybody)
    assert state(everybody, thread) is AgreementState.IN_FORCE


def test_the_learners_signature_is_hers_but_made_with_the_key_of_home(everybody: Cast):
    _thread, version = story.in_force(everybody)
    (hers,) = (one for one in records.signatures(version) if one.role == Part.LEARNER)
    assert hers.signer == everybody.alba.id
    assert hers.person == everybody.accounts["Alba"].identifier
    assert keys.kid_of(hers).startswith(story.TURIN)
    assert all(keys.check(one) for one in records.signatures(version))


@pytest.mark.rule("R-DATA-2")
def test_no_record_and_no_entry_of_the_journal_names_the_learner(everybody: Cast):
    thread, _version = story.in_force(everybody)
    for record in records.history(thread):
        assert record.person_ref == everybody.alba.ref
        assert b"Rossi" not in records.record_bytes(record.address)
    assert not any("Rossi" in entry.detail for entry in journal.read())


def test_the_stay_is_planned_with_the_agreement(everybody: Cast):
    thread, _version = story.proposed(everybody)
    assert agreements.agreement(thread, actor=everybody.actor("Alba")).stay.state == "planned"


@pytest.mark.parametrize("verb", list(STEPS))
@pytest.mark.parametrize("role", list(Role))
def test_each_step_of_home_is_for_its_coordinator_and_for_nobody_else(everybody: Cast, verb: str, role: Role):
    thread, version = story.in_force(everybody) if verb in ("change", "terminate") else story.proposed(everybody)
    if verb == "seal":
        for name in ("Bruno", "Alba", "Chloé"):
            STEPS["accept"](thread, version, everybody.actor(name))
    who = Actor(person=Identifier("urn:uuid:1"), name="Somebody", institution=story.TURIN, roles=frozenset([role]))
    if role is Role.COORDINATOR:
        STEPS[verb](thread, version, who)
    else:
        with pytest.raises((NotYourRole, NotYourPart, AgreementUnknown)):
            STEPS[verb](thread, version, who)


@pytest.mark.parametrize("verb", list(STEPS))
@pytest.mark.parametrize("name", ["Erik", "Dimitra", "stranger of the own school"])
def test_for_who_has_no_part_there_is_no_agreement(everybody: Cast, verb: str, name: str):
    thread, version = story.proposed(everybody)
    who = (
        everybody.actor(name)
        if name in everybody.accounts
        else Actor(person=Identifier("urn:uuid:9"), name="x", institution=story.TURIN, roles=frozenset([Role.VERIFIER]))
    )
    with pytest.raises((AgreementUnknown, NotYourRole)):
        STEPS[verb](thread, version, who)
    with pytest.raises(AgreementUnknown):
        agreements.agreement(thread, actor=who)
    assert agreements.page(actor=who) == ((), 0)


def test_a_page_of_another_institution_reveals_nothing(everybody: Cast):
    thread, version = story.in_force(everybody)
    browser = everybody.browser("Erik")
    for path in ("", "/change", f"/versions/{version}", "/close"):
        answer = browser.get(f"/agreements/{story.key(thread)}{path}")
        assert answer.status_code == 404, path
        assert "Alba" not in answer.content.decode()
    assert browser.get(f"/api/v1/agreements/{story.key(thread)}").status_code == 404
    assert browser.get(f"/learners/{everybody.alba.key}").status_code == 404
    assert "Alba" not in browser.get("/agreements/").content.decode()


@pytest.mark.parametrize(("name", "role"), [("Chloé", Part.HOME), ("Alba", Part.HOSTING), ("Bruno", Part.LEARNER)])
def test_nobody_signs_in_anothers_role(everybody: Cast, name: str, role: Part):
    thread, version = story.proposed(everybody)
    with pytest.raises((NotYourPart, NotASignatory)) as caught:
        signing.answer(thread, version, Act.ACCEPT, actor=everybody.actor(name), role=role)
    assert caught.value.status == 403


def test_a_mentor_reads_but_does_not_sign(everybody: Cast):
    thread, version = story.proposed(everybody)
    marc = everybody.actor("Marc")
    assert agreements.agreement(thread, actor=marc).verbs == {version: ()}
    with pytest.raises(NotYourPart):
        STEPS["accept"](thread, version, marc)


@pytest.mark.rule("R-LA-12")
def test_a_change_is_a_complete_version_signed_by_all_again_and_the_old_one_stays_readable(everybody: Cast):
    thread, version = story.in_force(everybody)
    bruno, chloe, alba = (everybody.actor(name) for name in ("Bruno", "Chloé", "Alba"))
    _change(thread, version, chloe)
    seen = agreements.agreement(thread, actor=alba)
    assert seen.in_force == version
    assert seen.proposed is not None
    (changed,) = agreements.compare(thread, seen.proposed, actor=alba)
    assert changed.field == "period"
    for who in (alba, chloe, bruno):
        signing.answer(thread, seen.proposed, Act.ACCEPT, actor=who)
    assert agreements.agreement(thread, actor=alba).in_force == seen.proposed
    assert agreements.version(thread, version, actor=alba).period == story.STAY
    (line,), _count = agreements.page(actor=bruno)
    assert line.ends == date(2026, 6, 12), "lists show the dates of the version in force"


def test_a_rejected_change_leaves_what_is_in_force_and_can_be_made_anew(everybody: Cast):
    thread, version = story.in_force(everybody)
    bruno, chloe = everybody.actor("Bruno"), everybody.actor("Chloé")
    _change(thread, version, bruno)
    proposed = agreements.agreement(thread, actor=bruno).proposed
    assert proposed is not None
    STEPS["reject"](thread, proposed, chloe)
    assert state(everybody, thread) is AgreementState.REJECTED
    with pytest.raises(StepNotPossible) as caught:
        STEPS["accept"](thread, proposed, bruno)
    assert caught.value.status == 409
    _change(thread, version, bruno)
    assert agreements.agreement(thread, actor=bruno).in_force == version


def test_a_late_signature_of_a_replaced_version_names_the_current_head(everybody: Cast):
    thread, version = story.proposed(everybody)
    bruno = everybody.actor("Bruno")
    _change(thread, version, bruno)
    head = agreements.agreement(thread, actor=bruno).proposed
    assert head is not None
    with pytest.raises(ProposalStale, match=head):
        STEPS["accept"](thread, version, everybody.actor("Chloé"))


@pytest.mark.rule("R-LA-3")
def test_a_memorandum_that_nobody_sealed_frames_nothing(everybody: Cast):
    bruno = everybody.actor("Bruno")
    thread = memoranda.propose(story.MEMORANDUM, actor=bruno)
    unsigned = memoranda.memorandum(thread, actor=bruno).item.address
    with pytest.raises(MemorandumNotThis):
        proposing.put_forward(story.draft(everybody.alba, unsigned), actor=bruno)
    assert proposing.put_forward(story.draft(everybody.alba, None), actor=bruno), "outside the framework it may be"


@pytest.mark.rule("R-LA-8")
def test_a_group_gets_one_agreement_each_from_one_text_or_none_at_all(everybody: Cast):
    bruno = everybody.actor("Bruno")
    memorandum = story.memorandum_in_force(everybody)
    ben = learners.enter(
        Person(names=("Ben",), family_name="Verdi", birth_date=date(2006, 1, 1)), actor=bruno,
        qualification=story.QUALIFICATION,
    )  # fmt: skip
    full = story.draft(everybody.alba, memorandum)
    text = replace(full, parties=tuple(one for one in full.parties if one.role is not Part.LEARNER))
    threads = proposing.put_forward_group(text, [everybody.alba.id, ben.id], actor=bruno)
    found = [agreements.agreement(one, actor=bruno) for one in threads]
    assert [one.learner for one in found] == [everybody.alba.id, ben.id]
    assert len({one.item.value.group for one in found}) == 1
    assert found[0].item.value.group is not None
    with pytest.raises(NobodyChosen):
        proposing.put_forward_group(text, [], actor=bruno)
    young = learners.enter(Person(names=("Tim",), family_name="Neri", birth_date=date(2012, 1, 1)), actor=bruno)
    before = agreements.page(actor=bruno)[1]
    with pytest.raises(NotForAll) as refused:
        proposing.put_forward_group(text, [ben.id, young.id], actor=bruno)
    ((called, why),) = refused.value.facts["reasons"]  # type: ignore[attr-defined]
    assert (called, type(why)) == ("Tim Neri", GuardianMissing)
    assert agreements.page(actor=bruno)[1] == before


def test_a_second_agreement_with_the_same_host_in_the_same_time_is_warned_of(everybody: Cast):
    _thread, version = story.proposed(everybody)
    again = records.recorded(version, LearningAgreement).value
    assert [one.rule for one in proposing.already(again)] == ["R-LA-4"]
    assert not proposing.already(replace(again, period=replace(again.period, start=date(2027, 1, 1), end=None)))


def test_home_proposes_for_its_own_learners_only(everybody: Cast):
    theirs = story.draft(everybody.alba, None)
    swapped = replace(
        theirs,
        parties=(Party(role=Part.HOME, id=story.LYON), Party(role=Part.HOSTING, id=story.TURIN), theirs.parties[2]),
    )
    for name in ("Chloé", "Erik"):
        with pytest.raises(NotYourPart):
            proposing.put_forward(swapped, actor=everybody.actor(name))
    with pytest.raises(NotYourPart):
        proposing.put_forward(theirs, actor=everybody.actor("Chloé"))


def test_an_acceptance_lapses_after_sixty_days(everybody: Cast):
    thread, version = story.proposed(everybody)
    for name in ("Alba", "Chloé"):
        STEPS["accept"](thread, version, everybody.actor(name))
    with clock.fixed(story.NOW + timedelta(days=61)):
        STEPS["accept"](thread, version, everybody.actor("Bruno"))
        assert state(everybody, thread) is AgreementState.PROPOSED
        assert len(agreements.agreement(thread, actor=everybody.actor("Bruno")).versions[0].waiting) == 2


def test_what_waits_is_on_the_start_page_of_those_who_must_act(everybody: Cast):
    thread, version = story.proposed(everybody)
    page = f"/agreements/{story.key(thread)}"

    def waits(name: str) -> list[str]:
        return [one.address for one in waiting(everybody.actor(name), clock.today())]

    assert {name: waits(name) for name in everybody.accounts} == {
        "Bruno": [page], "Chloé": [page], "Marc": [], "Dimitra": [], "Erik": [], "Alba": [page]
    }  # fmt: skip
    for name in ("Bruno", "Alba", "Chloé"):
        STEPS["accept"](thread, version, everybody.actor(name))
    assert [one.kind for one in waiting(everybody.actor("Bruno"), clock.today())] == ["all have signed"]
    signing.seal(thread, version, actor=everybody.actor("Bruno"))
    assert waits("Bruno") == [page + "#stay"]
    assert page in everybody.browser("Bruno").get("/").content.decode()


@pytest.mark.parametrize("error", [AgreementUnknown, NotYourPart, NobodyChosen])
def test_refusals_say_what_to_do(error: type[EcvetError]):
    assert error.remedy
    assert 400 <= error.status < 500
