"""What if people change: a minor comes of age, a learner is called otherwise, a name has other letters."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import stories_of as story
from ecvet.mobility import Role as Part
from ecvet.mobility import signatories
from ecvet.mobility.errors import NothingCorrected
from ecvet.record import Act, Person, commitment
from ecvet_platform.credentials.models import CertificateRow, MethodRow
from ecvet_platform.credit.actions import learners as of_credit
from ecvet_platform.dossier.actions import contents
from ecvet_platform.dossier.errors import DossierUnknown
from ecvet_platform.institutions.actions import threads
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import agreements, learners, proposing, signing
from ecvet_platform.mobility.store import learners as kept
from ecvet_platform.notices.actions import audience
from ecvet_platform.notices.words import Who
from stories_of import Cast

BIRTHDAY = date(2026, 5, 1)
"""Within the stay, which lasts from 6 April to 29 May 2026."""


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    with clock.fixed(story.NOW):
        yield


def minor(settings: object, tmp_path: object) -> Cast:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    MethodRow.objects.all().delete()
    CertificateRow.objects.all().delete()  # those of the module's cast have their keys in another folder
    return story.cast(birth_date=date(2008, 5, 1), guardian=True)


def test_who_comes_of_age_during_the_stay_signs_alone_from_then_on(db: None, settings: object, tmp_path: object):
    """Case 11: a guardian signs until the birthday; then the learner alone, and the guardian reads no more."""
    people = minor(settings, tmp_path)
    thread, version = story.in_force(people)
    address = f"/agreements/{story.key(thread)}"
    shown = people.browser("Bruno").get(address).content.decode()
    assert "The learner comes of age on 1 May 2026, during the stay." in shown
    gaia = people.actor("Gaia")
    assert of_credit.acts_as(gaia, people.alba.id)
    assert contents.owned(people.alba.id, gaia)
    with clock.fixed(datetime(2026, 5, 1, 9, tzinfo=UTC)):
        bruno = people.actor("Bruno")
        now = agreements.agreement(thread, actor=bruno).item
        assert now.address == version
        assert "The learner came of age on 1 May 2026." in people.browser("Alba").get(address).content.decode()
        assert not of_credit.acts_as(gaia, people.alba.id)
        assert of_credit.spoken_for(gaia) == frozenset()
        with pytest.raises(DossierUnknown):
            contents.owned(people.alba.id, gaia)
        assert proposing.guardian_still(now.value) is None
        alone = tuple(one for one in now.value.parties if one.role is not Part.GUARDIAN)
        longer = replace(story.later(now.value, date(2026, 6, 12)), parties=alone)
        new = proposing.change(thread, longer, base=version, actor=bruno)
        for name in ("Alba", "Chloé", "Bruno"):
            signing.answer(thread, new, Act.ACCEPT, actor=people.actor(name))
        assert agreements.agreement(thread, actor=bruno).in_force == new
        assert "guardian" not in {one.role for one in signatories(longer)}
    assert BIRTHDAY in story.STAY


def test_the_change_form_leaves_the_guardian_of_an_adult_out(db: None, settings: object, tmp_path: object):
    """Case 11: nobody has to think of it when a change is proposed after the birthday."""
    people = minor(settings, tmp_path)
    thread, version = story.in_force(people)
    typed = {
        "base": version, "newest": version, "memorandum": "", "start": "2026-04-06", "end": "2026-06-12",
        "unit-0": "on", "recognises": story.TURIN, "step": "propose", "seen": "1",
    }  # fmt: skip
    for day, roles in ((date(2026, 4, 30), 4), (BIRTHDAY, 3)):
        with clock.fixed(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
            newest = agreements.agreement(thread, actor=people.actor("Bruno")).versions[-1].record.address
            answer = people.browser("Bruno").post(
                f"/agreements/{story.key(thread)}/change", {**typed, "newest": newest, "end": f"2026-06-{day.day:02}"}
            )
            assert answer.status_code == 302, answer.content.decode()
            found = agreements.agreement(thread, actor=people.actor("Bruno"))
            assert found.proposed is not None
            made = agreements.version(thread, found.proposed, actor=people.actor("Bruno"))
            assert len(made.parties) == roles


def test_a_new_name_is_carried_from_now_on_and_what_was_signed_still_holds(everybody: Cast):
    """Case 28: records carry a pseudonym; both commitments stay provable until erasure."""
    thread, _version = story.in_force(everybody)
    alba, bruno = everybody.alba, everybody.actor("Bruno")
    old = threads.thread(thread)
    assert old is not None
    answer = everybody.browser("Bruno").post(
        f"/learners/{story.key(alba.id)}/name",
        {"names": "Alba", "family_name": "Bianchi", "birth_date": "2006-07-01"},
    )  # fmt: skip
    assert answer.status_code == 302
    now = learners.learner(alba.id, actor=bruno)
    assert (str(now.learner.person), [str(one) for one in now.former]) == ("Alba Bianchi", ["Alba Rossi"])
    assert now.learner.id == alba.id
    assert now.learner.ref != alba.ref
    (before,) = kept.former(alba.id)
    assert old.versions[0].person_ref == before.ref == commitment(before.person, before.salt)
    for word in ("Rossi", "Bianchi"):
        assert [one.id for one in learners.page(actor=bruno, search=word)[0]] == [alba.id]
    assert "Bianchi" in everybody.browser("Chloé").get(f"/agreements/{story.key(thread)}").content.decode()
    longer = story.later(agreements.agreement(thread, actor=bruno).item.value, date(2026, 6, 12))
    new = proposing.change(thread, longer, base=old.versions[0].address, actor=bruno)
    assert records.record(new).thread == thread
    assert "Rossi" not in str(journal.read(after=0))
    journal.verify()
    with pytest.raises(NothingCorrected):
        learners.rename(alba.id, now.learner.person or Person(names=(), family_name=""), actor=bruno)
    refused = everybody.browser("Bruno").post(
        f"/learners/{story.key(alba.id)}/name",
        {"names": "Alba", "family_name": "Bianchi", "birth_date": "2006-07-01"},
    )  # fmt: skip
    assert refused.status_code == 422
    assert "are the same as before" in refused.content.decode()
    assert everybody.browser("Chloé").get(f"/learners/{story.key(alba.id)}/name").status_code in (403, 404)


def test_a_program_changes_a_name_too(everybody: Cast):
    """Case 28: the same for programs; the date of birth stays."""
    answer = everybody.browser("Bruno").post(
        f"/api/v1/learners/{story.key(everybody.alba.id)}/names", {"names": ["Alba"], "family_name": "Bianchi"},
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 201, answer.content
    person = answer.json()["person"]
    assert (person["family_name"], person["birth_date"]) == ("Bianchi", "2006-07-01")


def test_an_erasure_takes_earlier_names_too(everybody: Cast):
    """Case 28: an earlier name is personal data like the present one."""
    alba, bruno = everybody.alba, everybody.actor("Bruno")
    learners.rename(alba.id, Person(names=("Alba",), family_name="Bianchi"), actor=bruno)
    learners.erase(alba.id, actor=bruno)
    assert kept.former(alba.id) == ()
    assert learners.page(actor=bruno, search="Rossi")[0] == ()


def test_a_single_name_in_another_script_goes_through_pages_and_documents(everybody: Cast):
    """Case 28: names are kept in the person's own script, and a person may have one only."""
    bruno = everybody.browser("Bruno")
    typed = {"names": "Ελένη", "birth_date": "2005-01-01", "qualification": story.QUALIFICATION}
    answer = bruno.post("/learners/new", typed)
    assert answer.status_code == 302, answer.content.decode()
    (eleni,) = learners.page(actor=everybody.actor("Bruno"), search="ελενη")[0]
    assert eleni.called == "Ελένη"
    thread = proposing.put_forward(
        story.draft(eleni, story.memorandum_in_force(everybody)), actor=everybody.actor("Bruno")
    )
    assert "Ελένη" in bruno.get(f"/agreements/{story.key(thread)}").content.decode()
    document = bruno.get(f"/agreements/{story.key(thread)}/pdf")
    assert (document.status_code, document.content[:5]) == (200, b"%PDF-")


def test_the_learner_is_told_that_her_name_was_changed_and_the_guardian_of_an_adult_is_told_nothing(
    db: None, settings: object, tmp_path: object
):
    """Case 28 and 11: whom it concerns, and nobody else."""
    people = minor(settings, tmp_path)
    for day, told in ((date(2026, 4, 30), {"Alba", "Gaia"}), (BIRTHDAY, {"Alba"})):
        with clock.fixed(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
            learners.rename(
                people.alba.id, Person(names=("Alba", str(day.day)), family_name="Rossi", birth_date=date(2008, 5, 1)),
                actor=people.actor("Bruno"),
            )  # fmt: skip
            entry = journal.read(after=0)[-1]
            found = {str(one) for one in audience.FIND[Who.LEARNER](entry)}
            assert found == {str(people.accounts[name].identifier) for name in told}
