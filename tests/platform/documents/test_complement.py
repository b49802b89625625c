"""The complement of a learning agreement: how Alba's stay went, what was achieved, and who may read it."""

import io
from datetime import date

import docx
import pytest
from django.test import Client

from albas_story import COLOURING, CUTTING, DECIDED, Story, agreed, begun_story, story, text
from documents_read import files, marks, seal_of, words
from ecvet.credit.assessment import Grade
from ecvet.mobility import Reason, Remainder, Verb
from ecvet.record import Person
from ecvet.terms import Identifier
from ecvet_platform.credentials.actions import keys
from ecvet_platform.credit.actions.documents import printing
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.credit.errors import BasisUnknown, StayNotEnded
from ecvet_platform.documents.actions import Format
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import learners, stays
from ecvet_platform.mobility.store import agreements
from ecvet_platform.people import actions as people
from ecvet_platform.qualifications.naming import key_of
from ecvet_platform.shell.looks import looked_at

__all__ = ["begun_story", "story"]
CHECK = "https://ecvet.example/verify/records/"
ROUTES = (
    ("credit/<uuid:key>", "/pdf"), ("credit/<uuid:key>", "/docx"), ("api/v1/agreements/<uuid:key>", ""),
)  # fmt: skip
START, LAST = date(2026, 5, 4), date(2026, 6, 26)


def tell(story: Story, thread: Identifier, verb: Verb, on: date, *, by: str = "Chloé", **more: object) -> None:
    with story.on(on):
        stays.tell(thread, verb, on=on, actor=story.actor(by), **more)  # type: ignore[arg-type]


def went(story: Story, thread: Identifier) -> None:
    """The stay from its first to its last day, as agreed."""
    tell(story, thread, Verb.START, START)
    tell(story, thread, Verb.END, LAST)


def printed(
    story: Story, thread: Identifier, *, by: str = "Alba", language: str = "en", form: Format = Format.PDF
) -> bytes:
    with story.on(DECIDED):
        return printing.of_complement(thread, actor=story.actor(by), check_at=CHECK, language=language, form=form)


def has(pdf: bytes, *said: str) -> None:
    found = words(pdf)
    assert [one for one in said if one not in found] == []


def test_it_says_how_the_stay_went_what_was_achieved_and_what_home_decided(story: Story) -> None:
    thread = story.agree(
        agreed(CUTTING), agreed(COLOURING), hosting_place="Salon Lumière, Lyon", programme="Erasmus+",
    )  # fmt: skip
    scale = SCALES[0]
    story.assess(
        thread, failed=("cuts",), grade=Grade(scale=scale.id, value=scale.values[-1]),
        deviations=text("Shears instead of a razor"), remarks=text("Careful with customers"),
    )  # fmt: skip
    handed_over = story.transfer(thread)
    story.validate(handed_over.address)
    went(story, thread)
    pdf = printed(story, thread)
    has(
        pdf, "Learning agreement complement: Alba Rossi", "1 April 2005", "Scuola di Torino", "Lycée de Lyon",
        "Salon Lumière, Lyon", "Erasmus+", "First day 4 May 2026", "Last day 26 June 2026", "the learner arrived",
        "Hairdresser", "Cutting", "Achieved only a part of the unit", "The learner measures hair",
        "Not achieved", "Not shown", "safely and well: met", f"Grade {scale.values[-1]}", "20 June 2026",
        "skills demonstration", "Chloé", "Careful with customers", "Shears instead of a razor", "ended, as planned",
        "Validation: In part", "10 July 2026", thread_version(thread), handed_over.address,
    )  # fmt: skip
    colouring = words(pdf).split("Colouring", 1)[1].split("Differences", 1)[0]
    assert ("Achieved nothing" in colouring, colouring.count("Not assessed")) == (True, 2)
    assert colouring.index("mixes") < colouring.index("applies")
    assert files(pdf)["record.json"] == records.record_bytes(handed_over.address)
    assert ("pdfuaid:part" in marks(pdf), "pdfaid:part" in marks(pdf)) == (True, True)
    assert "the transcript is not issued yet" not in words(pdf)


def thread_version(thread: Identifier) -> str:
    line = agreements.line(thread)
    assert line is not None
    return str(line.in_force)


def test_a_stay_that_was_interrupted_and_ended_early_says_why(story: Story) -> None:
    thread = story.agree()
    tell(story, thread, Verb.START, START)
    tell(story, thread, Verb.INTERRUPT, date(2026, 5, 11), reason=Reason.ILLNESS, note=text("A broken wrist"))
    tell(story, thread, Verb.RESUME, date(2026, 5, 25))
    tell(
        story, thread, Verb.END_EARLY, date(2026, 6, 12), reason=Reason.FORCE_MAJEURE, remainder=Remainder.LATER,
    )  # fmt: skip
    pdf = printed(story, thread)
    has(
        pdf, "11 May 2026", "interrupted", "illness", "A broken wrist", "25 May 2026", "resumed",
        "Last day 12 June 2026", "What was agreed 4 May 2026 – 26 June 2026", "force majeure", "is made up for later",
        "ended, early, the transcript is not issued yet", "Achieved nothing", "Not assessed",
    )  # fmt: skip
    assert files(pdf)["record.json"] == records.record_bytes(records.record(thread_version(thread)).address)  # type: ignore[arg-type]


def test_before_the_transcript_the_results_are_those_assessed_until_then(story: Story) -> None:
    thread = story.agree()
    story.assess(thread)
    went(story, thread)
    has(printed(story, thread), "the transcript is not issued yet", "Achieved the whole unit", "Salon Lumière")


def test_there_is_none_before_the_stay_has_ended(story: Story) -> None:
    thread = story.agree()
    with story.on(DECIDED):
        assert not printing.has_complement(thread, actor=story.actor("Alba"))
    with pytest.raises(StayNotEnded, match="the stay has not ended") as refused:
        printed(story, thread)
    assert refused.value.status == 409
    tell(story, thread, Verb.START, START)
    with pytest.raises(StayNotEnded):
        printed(story, thread)
    tell(story, thread, Verb.END, LAST)
    with story.on(DECIDED):
        assert printing.has_complement(thread, actor=story.actor("Alba"))


def test_a_cancelled_stay_has_none(story: Story) -> None:
    thread = story.agree()
    tell(story, thread, Verb.CANCEL, date(2026, 5, 1), by="Bruno", reason=Reason.LEARNERS_WISH)
    with pytest.raises(StayNotEnded):
        printed(story, thread)


def test_those_with_a_part_in_the_credit_read_it_and_nobody_else(story: Story) -> None:
    thread = story.agree()
    went(story, thread)
    for name in ("Alba", "Bruno", "Chloé", "Dimitra"):
        assert printed(story, thread, by=name).startswith(b"%PDF"), name
    with pytest.raises(BasisUnknown):
        printed(story, thread, by="Erik")
    with story.on(DECIDED):
        assert not printing.has_complement(thread, actor=story.actor("Erik"))


def test_the_hosting_institution_seals_it(story: Story) -> None:
    thread = story.agree()
    went(story, thread)
    pdf = printed(story, thread)
    has(pdf, "Sealed electronically by Lycée de Lyon.")
    assert seal_of(pdf, keys.authority().certificate).bottom_line


def test_a_greek_name_stands_in_both_formats(story: Story) -> None:
    thread = story.agree()
    went(story, thread)
    with story.on(DECIDED):
        learners.rename(
            story.alba, Person(names=("Ευφροσύνη",), family_name="Παπαδοπούλου", birth_date=date(2005, 4, 1)),
            actor=story.actor("Bruno"),
        )  # fmt: skip
    has(printed(story, thread, language="el"), "Ευφροσύνη Παπαδοπούλου", "1 Απριλίου 2005")
    found = docx.Document(io.BytesIO(printed(story, thread, language="el", form=Format.WORD)))
    said = " ".join(one.text for one in found.paragraphs)
    assert all(one in said for one in ("Ευφροσύνη Παπαδοπούλου", "Lycée de Lyon", "26 Ιουνίου 2026"))
    assert found.core_properties.language == "el"


def test_pages_link_to_it_and_the_api_has_it(story: Story) -> None:
    thread = story.agree()
    key, browser = key_of(thread), Client()
    with story.on(DECIDED):
        assert browser.post(f"/sign-in/{people.new_link(story.accounts['Alba'])}").status_code == 302
        pages = (f"/agreements/{key}", f"/credit/{key}", f"/record/{key_of(story.alba)}")
        assert [f"/credit/{key}/complement/" in browser.get(page).content.decode() for page in pages] == [False] * 3
        early = browser.get(f"/api/v1/agreements/{key}/complement")
        assert (early.status_code, early.json()["type"]) == (409, "urn:ecvet:credit.print.stay-not-ended")
    went(story, thread)
    with story.on(DECIDED):
        for page in pages:
            assert f'href="/credit/{key}/complement/pdf"' in browser.get(page).content.decode(), page
        for page in (f"/credit/{key}/complement/pdf", f"/api/v1/agreements/{key}/complement?language=el"):
            answer = browser.get(page)
            assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf"), page
        assert {looked_at(f"{one}/complement{two}") for one, two in ROUTES} == {"thread"}
        for page in (f"/credit/{key}/complement/docx", f"/api/v1/agreements/{key}/complement?format=docx"):
            answer = browser.get(page)
            assert (answer.status_code, answer["Content-Type"].endswith("wordprocessingml.document")) == (200, True)
