"""Learning agreements of EWP: ours told with every loss, and ours begun from theirs without anything being kept."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from albas_story import BEFORE, COLOURING, CUT, CUTTING, LYON, STAY, TURIN, Story, agreed, begun_story, story
from core.exchange.foreign import HOSTILE, SIGNED, UPDATE, agreement, component, signature
from ecvet.exchange.ewp import read_ewp
from ecvet.exchange.ewp_agreement import Table, to_be
from ecvet.exchange.ewp_agreement import agreed as agreed_in
from ecvet.mobility import LearningAgreement
from ecvet.record import value
from ecvet.terms import Period
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.store import institutions
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import agreements, neighbours, proposing
from ecvet_platform.mobility.errors import AgreementUnknown
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications.naming import key_of

__all__ = ["begun_story", "story"]
SignIn = Callable[[Account], Client]
LISTS = (
    f"<first-version><components-studied>{component('Coupe', 'C1')}</components-studied><components-recognized>"
    f"{component(str(CUTTING.title))}{component('Something', 'X9')}</components-recognized>{SIGNED}</first-version>"
)


def named(story: Story) -> None:
    """Turin and Lyon have their domains."""
    with story.on(BEFORE):
        for name, schac in ((TURIN, "turin.example"), (LYON, "nowhere.example")):
            known = institutions.institution(name)
            assert known is not None
            register.enter(replace(known, other_ids=(f"urn:schac:{schac}",)), actor=story.actor("Fiona"))  # type: ignore[arg-type]


def of_alba() -> bytes:
    return (
        agreement(LISTS).decode().replace("Mira", "Alba").replace("Solem", "Rossi").replace("2004-02-29", "2005-04-01")
    ).encode()


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("la.xml", data, content_type="application/xml")


# ------------------------------------------------------------- ours in their form
def test_an_agreement_in_force_is_the_first_version_and_a_change_a_proposal(story: Story) -> None:
    named(story)
    thread = story.agree()
    with story.on(BEFORE):
        bruno = story.actor("Bruno")
        (one,) = read_ewp(neighbours.ewp(thread, actor=bruno).data, "la.xml").agreements
        assert (one.sending.schac, one.receiving.schac, str(one.student)) == (
            "turin.example", "nowhere.example", "Alba Rossi",
        )  # fmt: skip
        assert (one.student.born, one.period) == (date(2005, 4, 1), STAY)
        assert one.first is not None
        assert one.first.sending_signed is not None
        assert one.first.sending_signed.name == "Bruno"
        assert one.first.student_signed is not None
        assert one.first.student_signed.name == ""
        assert (one.approved, one.proposed) == (None, None)
        base = agreements.agreement(thread, actor=bruno).in_force
        assert base is not None
        before = value(LearningAgreement, records.record(base).terms)
        new = proposing.change(
            thread, replace(before, units=(agreed(COLOURING),), period=Period(STAY.start, date(2026, 7, 3))), base=base,
            actor=bruno,
        )  # fmt: skip
        found = neighbours.ewp(thread, actor=bruno)
    (one,) = read_ewp(found.data, "la.xml").agreements
    recognised = [c.title for c in agreed_in(one) if c.table is Table.RECOGNISED]
    assert recognised == [str(CUTTING.title)]
    assert [c.title for c in to_be(one) if c.table is Table.RECOGNISED] == [str(COLOURING.title)]
    assert one.proposed is not None
    assert one.proposed.id == new
    assert {"outcomes", "signature", "citizenship"} <= {each.subject for each in found.remarks}


def test_a_proposal_nobody_has_signed_is_no_first_version(story: Story) -> None:
    thread = story.agree()
    with story.on(BEFORE):
        bruno = story.actor("Bruno")
        base = agreements.agreement(thread, actor=bruno).item.value
        other = proposing.put_forward(replace(base, period=Period(date(2026, 9, 1), date(2026, 9, 30))), actor=bruno)
        (one,) = read_ewp(neighbours.ewp(other, actor=bruno).data, "la.xml").agreements
        with pytest.raises(AgreementUnknown):
            neighbours.ewp(thread, actor=story.actor("Erik"))
    assert one.first is None
    assert [c.title for c in to_be(one) if c.table is Table.RECOGNISED] == [str(CUTTING.title)]


def test_the_page_tells_the_losses_and_hands_out_the_file(story: Story, signed_in: SignIn) -> None:
    key = key_of(story.agree())
    with story.on(BEFORE):
        bruno = signed_in(story.accounts["Bruno"])
        assert f"/agreements/{key}/ewp" in bruno.get(f"/agreements/{key}").content.decode()
        page = bruno.get(f"/agreements/{key}/ewp").content.decode()
        assert "Which learning outcomes are agreed is not told" in page
        assert read_ewp(bruno.get(f"/agreements/{key}/ewp/file").content, "la.xml").agreements
        assert read_ewp(bruno.get(f"/api/v1/agreements/{key}/ewp").content, "la.xml").agreements
        told = bruno.get(f"/api/v1/agreements/{key}/ewp/losses").json()
        assert any(one["subject"] == "outcomes" for one in told["report"])


# ------------------------------------------------------------- theirs, looked at
def test_learner_host_and_units_are_found_and_nothing_is_kept(story: Story) -> None:
    named(story)
    with story.on(BEFORE):
        before = agreements.lines(actor=story.actor("Bruno"))
        (found,) = neighbours.look(of_alba(), name="la.xml", actor=story.actor("Bruno")).found
        assert agreements.lines(actor=story.actor("Bruno")) == before
    assert (found.learner, found.hosting, found.begun.units) == (story.alba, LYON, (CUT,))
    assert found.begun.unmatched == ("X9 Something (5 ECTS)",)
    assert [one.subject for one in found.remarks] == ["X9 Something (5 ECTS)"]


def test_whom_nobody_knows_is_asked_for(story: Story) -> None:
    with story.on(BEFORE):
        (found,) = neighbours.look(agreement(LISTS), name="la.xml", actor=story.actor("Bruno")).found
        near = of_alba().replace(b"2005-04-01", b"2005-04-02")
        (other,) = neighbours.look(near, name="la.xml", actor=story.actor("Bruno")).found
        with pytest.raises(NotYourRole):
            neighbours.look(of_alba(), name="la.xml", actor=story.actor("Didier"))
    assert (found.learner, found.hosting) == (None, None)
    assert other.learner is None, "the day of birth differs"
    assert {one.subject for one in found.remarks} >= {"Mira Solem", "turin.example", "nowhere.example"}


def test_the_page_leads_to_a_proposal_that_is_filled_in(story: Story, signed_in: SignIn) -> None:
    named(story)
    with story.on(BEFORE):
        bruno = signed_in(story.accounts["Bruno"])
        page = bruno.post("/agreements/from-ewp", {"file": upload(of_alba())}).content.decode()
        assert "Alba Rossi" in page
        assert "X9 Something" in page
        address = unescape(re.search(r'href="(/agreements/new\?[^"]+)"', page)[1])  # type: ignore[index]
        form = bruno.get(address).content.decode()
        for words in ('value="2024-02-05"', 'value="2024-06-14"', "C1 Coupe (5 ECTS)", 'value="Kai Berg"'):
            assert words in form
        assert re.search(r'name="unit-0"[^>]*checked', form)
        assert not re.search(r'name="unit-1"[^>]*checked', form)
        without = re.sub(r"&next=1", "", address)
        assert 'name="activities" value="C1 Coupe' in bruno.get(without).content.decode()


def test_an_answer_is_shown_and_brings_nothing_into_force(story: Story, signed_in: SignIn) -> None:
    data = (
        f"<omobility-las-update-request xmlns='{UPDATE}'><comment-proposal-v1><omobility-id>m</omobility-id>"
        f"<comment>Too short</comment>{signature('signature')}</comment-proposal-v1></omobility-las-update-request>"
    )
    with story.on(BEFORE):
        page = signed_in(story.accounts["Bruno"]).post("/agreements/from-ewp", {"file": upload(data.encode())})
    assert "Too short" in page.content.decode()
    assert "brings nothing into force" in page.content.decode()


@pytest.mark.parametrize("name", ["bomb", "outside", "deep", "encoding", "truncated", "empty", "text"])
def test_hostile_files_are_refused_at_the_field(story: Story, signed_in: SignIn, name: str) -> None:
    with story.on(BEFORE):
        answer = signed_in(story.accounts["Bruno"]).post("/agreements/from-ewp", {"file": upload(HOSTILE[name])})
    assert answer.status_code == 422
    assert 'id="id_file-error"' in answer.content.decode()


def test_programs_look_at_a_file(story: Story, signed_in: SignIn) -> None:
    named(story)
    with story.on(BEFORE):
        bruno = signed_in(story.accounts["Bruno"])
        told = bruno.post("/api/v1/agreements/ewp", {"file": upload(of_alba())}).json()
        refused = bruno.post("/api/v1/agreements/ewp", {"file": upload(HOSTILE["bomb"])})
    (one,) = told["agreements"]
    assert (one["learner"], one["hosting"], one["begun"]["units"]) == (story.alba, LYON, [CUT])
    assert refused.json()["code"] == "exchange.file.dangerous"
