"""Transcripts for universities and of universities: what is lost is told, and nothing counts by being brought."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from albas_story import CUT, CUTTING, DECIDED, HAIR, TESTED, Story, text
from core.exchange.foreign import HOSTILE, course, credit, elmo
from ecvet.credit.portfolio import Claim
from ecvet.exchange.elmo import read_elmo
from ecvet.exchange.elmo_document import Verdict
from ecvet.exchange.errors import FileDangerous
from ecvet.terms import Identifier, Points
from ecvet_platform.credit.actions import accumulate, elsewhere, evidence, portfolio, reading
from ecvet_platform.credit.actions.documents import elmo as written
from ecvet_platform.credit.errors import (
    AboutSomebodyElse,
    BasisUnknown,
    CreditUnknown,
    ElmoVersionUnknown,
    NothingNew,
)
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications.naming import key_of

SignIn = Callable[[Account], Client]
BAKING = course("A", "Baking", credit("5"), inside="<date>2024-01-31</date><resultLabel>B</resultLabel>")


def of_alba(*courses: str) -> bytes:
    """A university's transcript for Alba Rossi."""
    named = elmo(*(courses or (BAKING,)), learner="<bday>2005-04-01</bday>").decode()
    return named.replace("Mira", "Alba").replace("Solem", "Rossi").encode()


def opened(story: Story) -> Identifier:
    """A portfolio of Alba."""
    claims = (Claim(unit=CUTTING.id, outcome="cuts", statement=text("Ten years")),)
    with story.on(TESTED):
        return portfolio.identify(
            story.alba, qualification=HAIR, claims=claims, procedure=text("Procedure"), actor=story.actor("Dimitra")
        ).thread


def born(story: Story) -> date | None:
    person = reading.learners.known(story.alba).person
    assert person is not None
    return person.birth_date


# ------------------------------------------------------------- to take away
def test_a_transcript_with_its_decision_is_told_as_elmo(story: Story) -> None:
    decision = story.through(story.agree())
    (issued,) = reading.transcripts(reading.ground(reading.facts.of_learner(story.alba, "transcript")[0].basis))
    with story.on(DECIDED):
        for who in ("Alba", "Bruno", "Dimitra", "Chloé"):
            found = written.of_record(issued.address, actor=story.actor(who))
        (document,) = read_elmo(found.data, "t.xml").documents
        by_decision = written.of_record(decision.address, actor=story.actor("Alba"))
        old = written.of_record(issued.address, actor=story.actor("Alba"), version="1.7")
    host, body = document.reports
    assert document.learner.born == born(story)
    assert str(host.issuer.title) == "Lycée de Lyon"
    assert [one.code for top in host.learned for one in top.walk()] == [HAIR, CUT]
    assert [one.verdict for one in body.decided] == [Verdict.POSITIVE]
    assert body.decided[0].results[0].points == (Points.of(10),)
    assert by_decision.transcript == issued.address
    assert any("no place for a decision" in one.sentence for one in old.remarks)


def test_strangers_get_no_elmo_and_other_records_have_none(story: Story) -> None:
    decision = story.through(story.agree())
    own = story.own()
    with story.on(DECIDED):
        with pytest.raises(CreditUnknown):
            written.of_record(decision.address, actor=story.actor("Erik"))
        with pytest.raises(CreditUnknown):
            written.of_record(own.address, actor=story.actor("Alba"))
        with pytest.raises(ElmoVersionUnknown):
            written.of_record(decision.address, actor=story.actor("Alba"), version="3")


def test_the_page_tells_the_losses_and_hands_out_the_file(story: Story, signed_in: SignIn) -> None:
    decision = story.through(story.agree())
    with story.on(DECIDED):
        alba = signed_in(story.accounts["Alba"])
        page = alba.get(f"/credit/records/{decision.address}/elmo").content.decode()
        assert "What ELMO 2.1 does not tell" in page
        assert "Who assessed, how, where" in page
        got = alba.get(f"/credit/records/{decision.address}/elmo/1.7")
        assert (got.status_code, got["Content-Type"]) == (200, "application/xml")
        assert read_elmo(got.content, "t.xml").documents
        assert alba.get(f"/credit/records/{decision.address}/elmo/9").status_code == 422
        told = alba.get(f"/api/v1/records/{decision.address}/elmo/losses").json()
        assert {one["became"] for one in told["report"]} == {"lost", "flagged"}
        api = alba.get(f"/api/v1/records/{decision.address}/elmo?version=2.1")
        assert read_elmo(api.content, "t.xml").documents


# ------------------------------------------------------------- brought
def test_a_transcript_is_looked_at_and_then_put_in_as_context_and_evidence(story: Story) -> None:
    thread, data = opened(story), of_alba()
    with story.on(DECIDED):
        alba = story.actor("Alba")
        found = elsewhere.look(thread, data, name="u.xml", actor=alba)
        assert [str(one.points) for one in found.counted] == ["5 ects"]
        assert evidence.of_basis(thread, actor=alba) == ()
        ground = elsewhere.put(thread, data, name="u.xml", actor=alba)
        kept = portfolio.value_of(ground)
        assert [str(one.description) for one in kept.experience] == ["Baking (5 ECTS, B) – University of Nowhere"]
        assert [one.name for one in evidence.of_basis(thread, actor=alba)] == ["u.xml"]
        assert len(kept.claims) == 1, "nothing is claimed by bringing a file"
        assert accumulate.progress(story.alba, HAIR, actor=alba).progress.counted_points == 0
        with pytest.raises(NothingNew):
            elsewhere.put(thread, data, name="u.xml", actor=alba, same=True)
        assert len(evidence.of_basis(thread, actor=alba)) == 1


def test_a_file_about_somebody_else_needs_a_person_who_has_compared(story: Story) -> None:
    thread = opened(story)
    with story.on(DECIDED):
        alba, strange = story.actor("Alba"), elmo(BAKING)
        assert [str(one) for one in elsewhere.look(thread, strange, name="u.xml", actor=alba).others] == ["Mira Solem"]
        with pytest.raises(AboutSomebodyElse):
            elsewhere.put(thread, strange, name="u.xml", actor=alba)
        assert evidence.of_basis(thread, actor=alba) == ()
        assert portfolio.value_of(portfolio.portfolio_for(thread, alba)).experience == ()


def test_a_file_that_would_bring_too_much_is_refused(story: Story) -> None:
    thread, many = opened(story), [course(str(n), f"Course {n}", credit("5")) for n in range(301)]
    with story.on(DECIDED), pytest.raises(FileDangerous, match="more than 300 parts"):
        elsewhere.look(thread, of_alba(*many), name="u.xml", actor=story.actor("Alba"))
    with story.on(DECIDED), pytest.raises(FileDangerous, match="larger than 1 MB"):
        elsewhere.look(thread, b" " * (elsewhere.MOST_BYTES + 1), name="u.xml", actor=story.actor("Alba"))


def test_strangers_bring_nothing(story: Story) -> None:
    thread = opened(story)
    with story.on(DECIDED), pytest.raises(BasisUnknown):
        elsewhere.put(thread, of_alba(), name="u.xml", actor=story.actor("Erik"))


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("u.xml", data, content_type="application/xml")


def test_the_page_shows_the_report_before_anything_is_kept(story: Story, signed_in: SignIn) -> None:
    thread = opened(story)
    page_of = f"/credit/{key_of(thread)}/elmo"
    with story.on(DECIDED):
        alba = signed_in(story.accounts["Alba"])
        assert page_of in alba.get(f"/credit/{key_of(thread)}").content.decode()
        looked = alba.post(page_of, {"file": upload(elmo(BAKING))}).content.decode()
        assert "Baking" in looked
        assert "The file is about Mira Solem" in looked
        assert evidence.of_basis(thread, actor=story.actor("Alba")) == ()
        packed = looked.split('name="packed" value="')[1].split('"')[0]
        refused = alba.post(page_of, {"packed": packed})
        assert refused.status_code == 422
        assert "not how the learner is known here" in refused.content.decode()
        done = alba.post(page_of, {"packed": packed, "same": "on"}, follow=True).content.decode()
        assert "kept as evidence" in done
        assert "University of Nowhere" in done
        assert alba.post(page_of, {"packed": packed + "x"}).status_code == 409


@pytest.mark.parametrize("name", ["bomb", "outside", "deep", "encoding", "truncated", "empty", "text"])
def test_hostile_files_are_refused_at_the_field(story: Story, signed_in: SignIn, name: str) -> None:
    thread = opened(story)
    with story.on(DECIDED):
        alba = signed_in(story.accounts["Alba"])
        answer = alba.post(f"/credit/{key_of(thread)}/elmo", {"file": upload(HOSTILE[name])})
        assert answer.status_code == 422
        assert 'id="id_file-error"' in answer.content.decode()
        assert evidence.of_basis(thread, actor=story.actor("Alba")) == ()


def test_programs_look_first_and_bring_then(story: Story, signed_in: SignIn) -> None:
    thread = opened(story)
    address = f"/api/v1/portfolios/{key_of(thread)}/elmo"
    with story.on(DECIDED):
        alba = signed_in(story.accounts["Alba"])
        looked = alba.post(address, {"file": upload(of_alba())}).json()
        assert (len(looked["new"]), looked["version"]) == (1, None)
        done = alba.post(f"{address}?dry_run=false", {"file": upload(of_alba())})
        assert done.status_code == 201
        assert done.json()["version"]
        again = alba.post(f"{address}?dry_run=false", {"file": upload(of_alba())})
        assert (again.status_code, again.json()["code"]) == (409, "credit.elsewhere.nothing-new")
