"""Transcript, decision, certificate, award and statement as documents of Alba's story."""

import json

import pytest

from albas_story import COLOURING, DECIDED, HAIR, Story, because, begun_story, story, text, until
from documents_read import files, seal_of, words
from ecvet.record import Address, Recorded
from ecvet_platform.credentials.actions import issue, keys
from ecvet_platform.credit.actions import accumulate, transcript
from ecvet_platform.credit.actions.documents import printing
from ecvet_platform.credit.errors import BasisUnknown, CreditUnknown, NothingToCertify
from ecvet_platform.credit.store import facts
from ecvet_platform.journal import store as records
from ecvet_platform.people import actions as people
from ecvet_platform.qualifications.naming import key_of

__all__ = ["begun_story", "story"]
CHECK = "https://ecvet.example/verify/records/"


def printed(story: Story, address: Address, *, by: str = "Alba", language: str = "en") -> bytes:
    with story.on(DECIDED):
        return printing.of_record(address, actor=story.actor(by), check_at=CHECK, language=language)


def certificate(story: Story, address: Address, *, by: str = "Alba") -> bytes:
    with story.on(DECIDED):
        return printing.of_unit(address, actor=story.actor(by), check_at=CHECK, language="en")


def statement(story: Story, *, by: str = "Alba", language: str = "en") -> bytes:
    with story.on(DECIDED):
        return printing.of_progress(
            story.alba, HAIR, actor=story.actor(by), page="https://ecvet.example/progress", language=language
        )


def awarded(story: Story) -> Recorded[object]:
    story.through(story.agree())
    story.own()
    with story.on(DECIDED):
        return accumulate.award(story.alba, HAIR, ground=text("All units"), actor=story.actor("Dimitra"))


def has(pdf: bytes, *said: str) -> None:
    found = words(pdf)
    assert [one for one in said if one not in found] == []


def test_a_transcript_shows_results_how_they_were_found_and_what_home_decided(story: Story) -> None:
    thread = story.agree()
    story.assess(thread, failed=("cuts",), deviations=text("Shears instead of a razor"))
    handed_over = story.transfer(thread)
    has(
        printed(story, handed_over.address),
        "Alba Rossi", "1 April 2005", "Scuola di Torino", "Lycée de Lyon", "Learning agreement", "4 May 2026",
        "Hairdresser", "Cutting", "The learner measures hair", "Skills", "Achieved", "Not achieved", "Not shown",
        "safely and well: met", "safely and well: not met", "Salon Lumière", "skills demonstration", "Chloé",
        "Shears instead of a razor", "only a part of the unit", "issued", "20 June 2026",
    )  # fmt: skip
    story.validate(handed_over.address)
    pdf = printed(story, handed_over.address)
    has(pdf, "Validation: In part", "10 July 2026")
    assert files(pdf)["record.json"] == records.record_bytes(handed_over.address)


@pytest.mark.rule("R-TRANS-4")
def test_a_transcript_that_was_corrected_says_so(story: Story) -> None:
    thread = story.agree()
    story.assess(thread)
    first = story.transfer(thread)
    story.assess(thread, failed=("cuts",))
    with story.on(DECIDED):
        second = transcript.correct(thread, reason=text("A mix-up"), actor=story.actor("Chloé"))
    has(printed(story, first.address), "replaced by a later version")
    has(printed(story, second.address), "A mix-up", first.address[8:20])


@pytest.mark.rule("R-RECOG-14")
def test_a_refusal_is_printed_with_its_reasons_and_the_day_of_appeal(story: Story) -> None:
    thread = story.agree()
    story.assess(thread)
    validation = story.validate(story.transfer(thread).address)
    refusal = story.recognise(
        validation.address, outcomes=frozenset(), reasons=because("Another tool"), remedy=until(DECIDED)
    )
    has(
        printed(story, refusal.address),
        "Not at all", "Regional authority", "Dimitra", "Training act, section 12", "10 July 2026", "Another tool",
        "Does not correspond to what is required", "a refusal", "Last day of appeal",
    )  # fmt: skip
    with pytest.raises(NothingToCertify):
        certificate(story, refusal.address)


def test_the_certificate_of_a_unit_names_outcomes_points_and_body_and_is_sealed(story: Story) -> None:
    decision = story.through(story.agree())
    with story.on(DECIDED):
        issue.issue(decision.address, actor=story.actor("Dimitra"))
    pdf = certificate(story, decision.address)
    has(
        pdf, "Certificate of a unit of learning outcomes", "Alba Rossi", "Born on 1 April 2005", "Cutting",
        "10 ECVET points", "In full", "The learner measures hair", "The learner cuts hair", "Regional authority",
        "Sealed electronically by Regional authority.",
    )  # fmt: skip
    assert seal_of(pdf, keys.authority().certificate).bottom_line
    has(printed(story, decision.address), "Decision on recognition", "in effect", "Lycée de Lyon")


def test_an_award_is_printed_with_the_units_it_rests_on(story: Story) -> None:
    award = awarded(story)
    pdf = printed(story, award.address)
    has(pdf, "Statement of award: Hairdresser", "Alba Rossi", "15 ECVET points", "10 ECVET points recognised",
        "5 ECVET points passed at home",
        "All units", "Regional authority")  # fmt: skip
    assert files(pdf)["record.json"] == records.record_bytes(award.address)


def test_the_statement_says_what_counts_and_what_is_missing_and_attaches_what_was_computed(story: Story) -> None:
    story.through(story.agree())
    pdf = statement(story)
    has(pdf, "Statement of accumulated credit: Alba Rossi", "Not complete", "10 ECVET points / 15", "Cutting",
        "Colouring (5 ECVET points)", "Made on 10 July 2026", "https://ecvet.example/progress")  # fmt: skip
    told = json.loads(files(pdf)["record.json"])
    assert (told["learner"], told["progress"]["complete"]) == (story.alba, False)
    story.own(COLOURING)
    has(statement(story), "Complete", "nothing")


@pytest.mark.parametrize("name", ["Erik", "Didier"])
def test_others_find_no_document_of_credit(story: Story, name: str) -> None:
    decision = story.through(story.agree())
    if name == "Erik":
        with pytest.raises(CreditUnknown):
            printed(story, decision.address, by=name)
        with pytest.raises(CreditUnknown):
            certificate(story, decision.address, by=name)
    with pytest.raises(CreditUnknown):
        statement(story, by=name)


def test_records_that_are_no_documents_are_not_printed(story: Story) -> None:
    thread = story.agree()
    made = story.assess(thread)
    assert facts.one(made.address) is not None
    with pytest.raises(CreditUnknown):
        printed(story, made.address)


def test_pages_link_to_the_documents_and_the_api_has_them(story: Story) -> None:
    from django.test import Client

    decision = story.through(story.agree())
    browser = Client()
    with story.on(DECIDED):
        assert browser.post(f"/sign-in/{people.new_link(story.accounts['Alba'])}").status_code == 302
        learner, wanted, name = key_of(story.alba), key_of(HAIR), decision.address
        fact = facts.one(name)
        assert fact is not None
        assert fact.basis is not None
        case = next(one for one in facts.of_basis(fact.basis) if one.kind == "transcript")
        ground = browser.get(f"/credit/{key_of(fact.basis)}").content.decode()
        assert f'href="/credit/records/{case.address}/pdf"' in ground
        progress = browser.get(f"/learners/{learner}/progress/{wanted}").content.decode()
        assert f'href="/learners/{learner}/progress/{wanted}/pdf"' in progress
        for page in (
            f"/credit/{key_of(fact.basis)}/europass", f"/api/v1/agreements/{key_of(fact.basis)}/europass",
            f"/credit/records/{name}/pdf", f"/credit/records/{name}/certificate",
            f"/learners/{learner}/progress/{wanted}/pdf", f"/api/v1/records/{name}/document?language=el",
            f"/api/v1/records/{name}/certificate", f"/api/v1/learners/{learner}/progress/document?qualification={HAIR}",
        ):  # fmt: skip
            answer = browser.get(page)
            assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf"), page


def test_a_later_decision_leaves_no_certificate_of_the_earlier(story: Story) -> None:
    from ecvet_platform.credit.actions import appeal, recognise

    thread = story.agree()
    story.assess(thread)
    validation = story.validate(story.transfer(thread).address)
    first = story.recognise(validation.address, outcomes=frozenset({"cuts"}), reasons=because(), remedy=until(DECIDED))
    assert "In part" in words(certificate(story, first.address))
    with story.on(DECIDED):
        lodged = appeal.appeal(first.address, text=text("No"), actor=story.actor("Alba"))
        second = recognise.answer_appeal(lodged.address, ground=text("Looked again"), actor=story.actor("Dimitra"))
    assert "In full" in words(certificate(story, second.address))
    with pytest.raises(NothingToCertify):
        certificate(story, first.address)
    has(printed(story, first.address), "another decision has taken its place")


def test_the_fields_of_europass_mobility_say_what_was_acquired_abroad(story: Story) -> None:
    thread = story.agree()
    story.assess(thread, failed=("cuts",))
    with pytest.raises(CreditUnknown):
        printing.of_stay(thread, actor=story.actor("Alba"), check_at=CHECK, language="en")
    handed_over = story.transfer(thread)
    with story.on(DECIDED):
        pdf = printing.of_stay(thread, actor=story.actor("Alba"), check_at=CHECK, language="en")
        with pytest.raises(BasisUnknown):
            printing.of_stay(thread, actor=story.actor("Erik"), check_at=CHECK, language="en")
    has(pdf, "Surname Rossi", "First names Alba", "Scuola di Torino", "Lycée de Lyon", "Hairdresser", "4 May 2026",
        "26 June 2026", "Skills The learner measures hair", "only a part of the unit", "10 July 2026")  # fmt: skip
    assert "The learner cuts hair" not in words(pdf)
    assert files(pdf)["record.json"] == records.record_bytes(handed_over.address)
