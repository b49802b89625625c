"""The way without mobility: what was learned at work is identified, documented, assessed and recognised."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from albas_story import AUTHORITY, CUTTING, DECIDED, HAIR, TESTED, Story, because, results, text, until
from ecvet.credit.decision import Extent
from ecvet.credit.decision_errors import ExplanationMissing
from ecvet.credit.portfolio import Claim, Experience, Note, Topic
from ecvet.errors import EcvetError
from ecvet.terms import Identifier, LangString, Period, Points
from ecvet_platform.credit.actions import accumulate, assess, evidence, portfolio, transcript
from ecvet_platform.credit.errors import (
    BasisUnknown,
    CreditUnknown,
    EvidenceLost,
    EvidenceNotAccepted,
    EvidenceTooLarge,
)
from ecvet_platform.credit.store import evidence as files
from ecvet_platform.people.store import Account

PDF = b"%PDF-1.7 a letter of my employer"


def identified(story: Story) -> Identifier:
    claims = tuple(Claim(unit=CUTTING.id, outcome=one.id, statement=text("Ten years")) for one in CUTTING.outcomes)
    with story.on(TESTED):
        ground = portfolio.identify(
            story.alba,
            qualification=HAIR,
            claims=claims,
            procedure=text("Procedure of 2024"),
            actor=story.actor("Dimitra"),
        )
    return ground.thread


@pytest.mark.rule("R-NFIL-6")
def test_learning_at_work_is_recognised_without_host_agreement_or_memorandum(story: Story) -> None:
    thread = identified(story)
    with story.on(TESTED):
        alba = story.actor("Alba")
        brought = evidence.bring(thread, PDF, name="../letter.pdf", actor=alba)
        claims = tuple(
            Claim(unit=CUTTING.id, outcome=one.id, statement=text("In the salon"), evidence=(brought.annex,))
            for one in CUTTING.outcomes
        )
        ground = portfolio.document(thread, claims=claims, actor=alba)
        assert evidence.read(brought.id, actor=story.actor("Didier"))[1] == PDF
        assess.assess(
            thread, unit=CUTTING.id, outcomes=results(CUTTING), methods=("work sample",), place="Torino", on=TESTED,
            actor=story.actor("Didier"),
        )  # fmt: skip
        sent = transcript.transfer(thread, actor=story.actor("Dimitra"))
    assert ground.hosting == ground.home == ground.body == AUTHORITY
    validation = story.validate(sent.address, by="Dimitra")
    with pytest.raises(ExplanationMissing):
        story.recognise(validation.address)
    decision = story.recognise(validation.address, explanation=text("Ten years in a salon"))
    assert decision.value.points == Points.of(10)  # R-NFIL-2: the same as after a stay abroad
    with story.on(DECIDED):
        assert accumulate.progress(story.alba, HAIR, actor=alba).progress.counted_points == 10


def test_what_the_interview_found_stays_through_documentation(story: Story) -> None:
    claim = Claim(unit=CUTTING.id, outcome="cuts", statement=text("Ten years"))
    notes = (Note(topic=Topic.WORK, said=text("Salon Bianchi")), Note(topic=Topic.AIM, said=text("The certificate")))
    with story.on(TESTED):
        ground = portfolio.identify(
            story.alba, qualification=HAIR, claims=(claim,), procedure=text("Procedure of 2024"), interview=notes,
            actor=story.actor("Dimitra"),
        )  # fmt: skip
        documented = portfolio.document(ground.thread, claims=(claim,), actor=story.actor("Alba"))
    kept = portfolio.value_of(documented)
    assert (kept.interview, kept.identified_by, kept.stage) == (notes, "Dimitra", "documentation")
    assert portfolio.claimed(documented) == {(CUTTING.id, "cuts"): claim}


@pytest.mark.rule("R-NFIL-5")
def test_a_partial_certification_says_what_remains(story: Story) -> None:
    thread = identified(story)
    with story.on(TESTED):
        assess.assess(
            thread, unit=CUTTING.id, outcomes=results(CUTTING, "cuts"), methods=("interview",), place="Torino",
            on=TESTED, actor=story.actor("Didier"),
        )  # fmt: skip
        sent = transcript.transfer(thread, actor=story.actor("Dimitra"))
    validation = story.validate(sent.address, by="Dimitra")
    decision = story.recognise(validation.address, explanation=text("Partly shown"))
    assert decision.value.extent is Extent.PARTIAL
    with story.on(DECIDED):
        found = accumulate.remaining(story.alba, CUTTING.id, HAIR, actor=story.actor("Alba"))
    assert found == {"cuts"}


def test_none_is_a_decision_with_its_reason(story: Story) -> None:
    thread = identified(story)
    with story.on(TESTED):
        assess.assess(
            thread, unit=CUTTING.id, outcomes=results(CUTTING, "cuts"), methods=("interview",), place="Torino",
            on=TESTED, actor=story.actor("Didier"),
        )  # fmt: skip
        sent = transcript.transfer(thread, actor=story.actor("Dimitra"))
    validation = story.validate(sent.address, by="Dimitra", without=("measures",), reasons=because())
    decision = story.recognise(validation.address, outcomes=frozenset(), reasons=because(), remedy=until(DECIDED))
    assert decision.value.extent is Extent.NONE


def test_strangers_find_no_portfolio_and_no_evidence(story: Story) -> None:
    thread = identified(story)
    with story.on(TESTED):
        brought = evidence.bring(thread, PDF, name="letter.pdf", actor=story.actor("Alba"))
        for name in ("Erik", "Chloé", "Bruno"):
            with pytest.raises(BasisUnknown):
                portfolio.portfolio_for(thread, story.actor(name))
            with pytest.raises(BasisUnknown):
                evidence.read(brought.id, actor=story.actor(name))


def test_somebody_who_has_nothing_to_do_with_a_learner_cannot_open_a_portfolio(story: Story) -> None:
    claim = Claim(unit=CUTTING.id, outcome="cuts", statement=text("x"))
    with story.on(TESTED), pytest.raises(CreditUnknown):
        portfolio.identify(
            story.alba, qualification=Identifier("https://other.example/q"), claims=(claim,), procedure=text("x"),
            actor=story.actor("Erik"),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"MZ\x90\x00 a program", EvidenceNotAccepted),
        (b"", EvidenceNotAccepted),
        (b"\x00\x01\x02", EvidenceNotAccepted),
        (b"%PDF-" + b"x" * (evidence.MOST_BYTES + 1), EvidenceTooLarge),
    ],
)
def test_only_files_that_can_be_shown_safely_are_kept(story: Story, data: bytes, error: type[EcvetError]) -> None:
    thread = identified(story)
    with story.on(TESTED), pytest.raises(error):
        evidence.bring(thread, data, name="x", actor=story.actor("Alba"))
    assert not files.of_basis(thread)


def test_a_file_that_was_changed_on_disk_is_not_shown(story: Story) -> None:
    thread = identified(story)
    with story.on(TESTED):
        brought = evidence.bring(thread, PDF, name="letter.pdf", actor=story.actor("Alba"))
        path = files._path(brought.hash)
        assert path.stat().st_mode & 0o077 == 0
        path.write_bytes(b"%PDF-other")
        with pytest.raises(EvidenceLost):
            evidence.read(brought.id, actor=story.actor("Alba"))


def test_saving_the_page_keeps_each_place_with_its_organisation_and_its_time(
    story: Story, signed_in: Callable[[Account], Client]
) -> None:
    salon = Experience(
        description=LangString.of(en="Cut hair", it="Taglio"), organisation="Salon Bianchi",
        period=Period(date(2015, 3, 1), date(2020, 2, 29)),
    )  # fmt: skip
    claim = Claim(unit=CUTTING.id, outcome="cuts", statement=text("Ten years"))
    with story.on(TESTED):
        ground = portfolio.identify(
            story.alba, qualification=HAIR, claims=(claim,), procedure=text("Procedure"), actor=story.actor("Dimitra"),
            experience=(salon, Experience(description=text("At home"))),
        )  # fmt: skip
        alba, path = signed_in(story.accounts["Alba"]), reverse("credit:document", kwargs={"key": ground.key})
        page = alba.get(path)
        assert "Salon Bianchi" in page.content.decode()
        typed = {
            "statement_0": "", "statement_1": "Ten years",
            "experience_0": "Cut hair", "organisation_0": "Salon Bianchi", "from_0": "2015-03-01",
            "until_0": "2020-02-29",
            "experience_1": "", "experience_2": "Fairs", "organisation_2": "Messe", "from_2": "2024-01-02",
        }  # fmt: skip
        wrong = alba.post(path, typed | {"until_2": "2023-01-01", "experience_3": "", "organisation_3": "Club"})
        assert wrong.status_code == 422
        assert "The last day lies before the first." in wrong.content.decode()
        assert "Say what was done there" in wrong.content.decode()
        assert alba.post(path, typed).status_code == 302
    kept = portfolio.value_of(portfolio.portfolio_for(ground.thread, story.actor("Alba"))).experience
    assert kept[0] == salon
    assert [(one.organisation, str(one.description)) for one in kept[1:]] == [("Messe", "Fairs")]
