"""Alba's own record in a real browser, without JavaScript: read, taken away, shown by link, the link ended, erasure."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from albas_story import DECIDED, Story
from ecvet.record import address_of
from ecvet_platform.credentials.actions import issue
from stories.visitor import Visitor


@pytest.fixture
def story(site: str) -> Story:
    return Story().begin()


def test_a_learner_reads_her_record_shows_a_document_by_link_and_ends_it(
    story: Story, visitor: Callable[..., Visitor], turn_to: Callable[[date], None]
) -> None:
    decision = story.through(story.agree())
    with story.on(DECIDED):
        issue.issue(decision.address, actor=story.actor("Dimitra"))
    turn_to(DECIDED)
    alba, bruno, erik = visitor("Alba", "alba@example.org"), visitor("Bruno", "bruno@example.org"), visitor("Erik")

    bruno.go("/search").fill("Learner, agreement", "ROSS").press("Search").follow("Alba Rossi", exact=True)
    alba.go("/").follow("Everything held about Alba Rossi")
    alba.sees("Everything that is held here about Alba Rossi", "What is missing:", "Bruno", "Scuola di Torino")
    taken(alba)
    link = given(alba)

    opened(erik, link, decision.address)
    alba.go("/record/").sees("by your link for Salon Neuville", "Recognition")
    alba.press("End the link for Salon Neuville").sees("It shows nothing any more")
    for path in (link, "/shared/never-was"):
        assert erik.status(path) == 410
        expect(erik.page.locator("body")).not_to_contain_text("Rossi")
    erasure(alba, bruno)


def taken(alba: Visitor) -> None:
    with zipfile.ZipFile(io.BytesIO(alba.download("Take everything away"))) as packed:
        assert {"index.html", "person.json", "looks.json"} <= set(packed.namelist())
        assert json.loads(packed.read("person.json"))["person"]["family_name"] == "Rossi"


def given(alba: Visitor) -> str:
    alba.follow("Show documents to somebody").press("Make the link").sees("There is a problem")
    alba.tick(re.compile("^Recognition: ")).fill("Who it is for", "Salon Neuville")
    alba.fill("What it is for", "My application as a hairdresser").press("Make the link").sees("Copy it now")
    return alba.page.get_by_label("Link for Salon Neuville").input_value().strip().removeprefix(alba.site)


def opened(erik: Visitor, link: str, decision: str) -> None:
    erik.go(link).sees("Somebody shows you documents")
    expect(erik.page.locator("body")).not_to_contain_text("Rossi")
    erik.press("Show the documents").sees("Documents of Alba Rossi", "My application as a hairdresser")
    expect(erik.page.locator("main")).not_to_contain_text("Personal transcript")
    with erik.page.expect_download() as waiting:
        erik.page.get_by_role("button", name=re.compile("^Signed record")).click()
    assert address_of(waiting.value.path().read_bytes()) == decision


def erasure(alba: Visitor, bruno: Visitor) -> None:
    alba.go("/record/").follow("Ask for erasure").sees("What must be kept, and why").press("Ask for erasure")
    alba.sees("Not answered yet", "must answer by 10 August 2026")
    bruno.go("/").follow("Answer the request for erasure of Alba Rossi").sees("A stay is not over")
    bruno.tick("still needed").fill("Reason", "Your stay in Lyon is not closed yet.")
    bruno.fill("What the learner can do", "Ask again when it is closed.").press("Refuse").sees("Refused")
    alba.go("/record/").sees("Your stay in Lyon is not closed yet.", "Ask again when it is closed.")
