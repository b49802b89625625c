"""A paper counts when a second person of the institution has confirmed it, and not before."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import stories_of as story
from ecvet.mobility import Role as Part
from ecvet.mobility.stay_errors import NotInvitable, PartyActsItself
from ecvet.partnership.errors import ProposalStale
from ecvet.record import Act, Address, Attestation, Level
from ecvet.record.errors import SecondPersonMissing
from ecvet.terms import Identifier
from ecvet_platform.credit.errors import TextMissing
from ecvet_platform.guests.actions import papers
from ecvet_platform.guests.errors import GuestUnknown, NothingToInviteFor, PaperDecided
from ecvet_platform.institutions.actions import keys
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import agreements, proposing, signing
from ecvet_platform.mobility.errors import AgreementUnknown
from ecvet_platform.people import actions as people
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.roles import Role
from stories_of import Cast

SCAN = b"%PDF-1.7 signed by hand"


@pytest.fixture
def school(everybody: Cast) -> Cast:
    """Bianca coordinates in Turin too."""
    everybody.accounts["Bianca"] = people.register(email="bianca@example.org", name="Bianca")
    people.give_role(everybody.accounts["Bianca"], story.TURIN, Role.COORDINATOR)
    return everybody


def awaited(school: Cast, thread: Identifier) -> set[str]:
    (*_, last) = agreements.agreement(thread, actor=school.actor("Bruno")).versions
    return {one.role for one in last.waiting}


def brought(school: Cast) -> tuple[Identifier, Address, papers.Paper]:
    thread, version = story.proposed(school)
    return thread, version, papers.bring(thread, Part.LEARNER, SCAN, actor=school.actor("Bruno"))


def test_a_scan_alone_counts_for_nothing_and_its_bringer_cannot_confirm_it(school: Cast):
    thread, _version, paper = brought(school)
    assert "learner" in awaited(school, thread)
    with pytest.raises(SecondPersonMissing):
        papers.confirm(paper.id, actor=school.actor("Bruno"))
    assert "learner" in awaited(school, thread)


def test_a_second_person_makes_it_a_signature_of_the_level_paper(school: Cast):
    thread, version, paper = brought(school)
    papers.confirm(paper.id, actor=school.actor("Bianca"))
    assert "learner" not in awaited(school, thread)
    (signature,) = (one for one in records.signatures(version) if one.role == "learner")
    assert (signature.signer, signature.level) == (school.alba.id, Level.PAPER)
    assert keys.kid_of(signature).startswith(story.TURIN)
    assert keys.check(signature)
    assert signature.evidence is not None
    found = records.recorded(signature.evidence, Attestation).value
    assert (found.scan, found.shown) == (paper.scan, version)
    assert (found.by, found.confirmed_by) == (school.actor("Bruno").person, school.actor("Bianca").person)
    assert records.record(signature.evidence).annexes == (paper.scan,)
    verbs = [one.verb for one in journal.read(subject=thread)]
    assert [one for one in verbs if one.startswith("paper")] == ["paper.bring", "paper.confirm"]
    with pytest.raises(PaperDecided):
        papers.confirm(paper.id, actor=school.actor("Bianca"))
    for name in ("Chloé", "Bruno"):
        signing.answer(thread, version, Act.ACCEPT, actor=school.actor(name))
    assert agreements.agreement(thread, actor=school.actor("Bruno")).in_force == version
    journal.verify()


def test_a_refused_scan_counts_for_nothing_and_another_can_be_brought(school: Cast):
    thread, _version, paper = brought(school)
    with pytest.raises(TextMissing):
        papers.refuse(paper.id, reason=" ", actor=school.actor("Bianca"))
    papers.refuse(paper.id, reason="The second page is missing", actor=school.actor("Bianca"))
    with pytest.raises(PaperDecided):
        papers.confirm(paper.id, actor=school.actor("Bianca"))
    again = papers.bring(thread, Part.LEARNER, SCAN + b" again", actor=school.actor("Bianca"))
    papers.confirm(again.id, actor=school.actor("Bruno"))
    assert "learner" not in awaited(school, thread)


def test_a_scan_of_a_replaced_version_cannot_be_confirmed(school: Cast):
    thread, version, paper = brought(school)
    item = agreements.agreement(thread, actor=school.actor("Bruno")).item.value
    proposing.change(thread, story.later(item, story.STAY.start), base=version, actor=school.actor("Bruno"))
    with pytest.raises(ProposalStale):
        papers.confirm(paper.id, actor=school.actor("Bianca"))
    assert papers.state(papers.paper(paper.id, actor=school.actor("Bianca"))) == "waiting"


def test_papers_are_brought_by_home_for_those_who_do_not_act_themselves(school: Cast):
    thread, _version = story.proposed(school)
    with pytest.raises(PartyActsItself):
        papers.bring(thread, Part.HOSTING, SCAN, actor=school.actor("Bruno"))
    with pytest.raises(NotInvitable):
        papers.bring(thread, Part.LEARNER, SCAN, actor=school.actor("Chloé"))
    for name, refused in (("Marc", NotYourRole), ("Erik", AgreementUnknown), ("Dimitra", AgreementUnknown)):
        with pytest.raises(refused):
            papers.bring(thread, Part.LEARNER, SCAN, actor=school.actor(name))
    done, _ = story.in_force(school)
    with pytest.raises(NothingToInviteFor):
        papers.bring(done, Part.LEARNER, SCAN, actor=school.actor("Bruno"))


@pytest.mark.parametrize("name", ["Chloé", "Marc", "Erik", "Alba"])
def test_a_paper_is_seen_by_the_institution_that_keeps_it(school: Cast, name: str):
    _thread, _version, paper = brought(school)
    for look in (papers.paper, papers.scan, papers.confirm):
        with pytest.raises(GuestUnknown):
            look(paper.id, actor=school.actor(name))


def test_bringing_and_confirming_by_pages(school: Cast):
    thread, _version = story.proposed(school)
    key = story.key(thread)
    bruno, bianca = school.browser("Bruno"), school.browser("Bianca")

    def send(file: Any) -> Any:
        return bruno.post(f"/agreements/{key}/papers/new", {"role": "learner", "file": file})

    assert send(SimpleUploadedFile("a.exe", b"MZ\x00\x01")).status_code == 422
    assert send(SimpleUploadedFile("scan.pdf", SCAN)).status_code == 302
    assert "Confirm a paper signed by hand" not in bruno.get("/").content.decode()
    start = bianca.get("/").content.decode()
    assert "Confirm a paper signed by hand" in start
    page = "/papers/" + start.split("/papers/")[1].split('"')[0]
    assert "a colleague has to confirm it" in bruno.get(page).content.decode()
    assert bruno.post(f"{page}/confirm").status_code == 403
    assert bianca.get(f"{page}/scan").content == SCAN
    assert bianca.post(f"{page}/refuse", {"reason": ""}).status_code == 422
    assert bianca.post(f"{page}/confirm").status_code == 302
    assert "on paper, confirmed by two people" in bianca.get(f"/agreements/{key}").content.decode()
    assert "confirmed" in bianca.get(f"/agreements/{key}/guests").content.decode()
