"""The pages of credit: each step for the right person, and what others see instead."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from albas_story import COLOURING, CUT, CUTTING, DECIDED, HAIR, SENT, TESTED, Story
from ecvet_platform.credit.actions import reading
from ecvet_platform.credit.store import cases
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications.naming import key_of

SignIn = Callable[[Account], Client]


@pytest.fixture
def browse(story: Story, signed_in: SignIn) -> Callable[[str], Client]:
    """A browser of somebody of the cast; to be used while the story's clock stands."""
    return lambda name: signed_in(story.accounts[name])


def post(client: Client, path: str, **data: object) -> str:
    """Send a form and follow; the page that comes after it."""
    answer = client.post(path, data, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200, page
    return page


def grid(count: int) -> dict[str, object]:
    return {f"result_{n}": "achieved" for n in range(count)} | {
        f"criteria_{n}": [f"{CUTTING.outcomes[n].id}-1"] for n in range(count)
    }


def one_case(story: Story) -> UUID:
    return cases.of_learner(story.alba)[0].id


def test_the_main_job_is_done_in_the_browser(story: Story, browse: Callable[[str], Client]) -> None:
    thread = story.agree()
    key = key_of(thread)
    with story.on(TESTED):
        chloe = browse("Chloé")
        assert "Assess" in chloe.get("/").content.decode()
        form = f"/credit/{key}/assess/{key_of(CUT)}"
        assert "safely and well" in chloe.get(form).content.decode()
        page = post(chloe, form, on="2026-06-20", place="Salon", methods="demonstration", **grid(2))
        assert "The assessment is recorded." in page
    with story.on(SENT):
        chloe = browse("Chloé")
        assert "Issue and sign" in chloe.get(f"/credit/{key}/transcript").content.decode()
        assert "issued and signed" in post(chloe, f"/credit/{key}/transcript")
    with story.on(DECIDED):
        bruno = browse("Bruno")
        case = f"/credit/cases/{one_case(story)}"
        assert f"{case}/validate" in bruno.get("/").content.decode()
        assert "side by side" in bruno.get(f"{case}/validate").content.decode()
        found = {"found_0": "corresponds", "found_1": "corresponds", "ground": "Training act"}
        assert "Validated: In full." in post(bruno, f"{case}/validate", **found)
        dimitra = browse("Dimitra")
        assert f"{case}/recognise" in dimitra.get("/").content.decode()
        decision = {"outcomes": ["measures", "cuts"], "use": "part of the qualification", "ground": "Training act"}
        assert "recognised in full" in post(dimitra, f"{case}/recognise", **decision)
        bruno = browse("Bruno")
        progress = f"/learners/{key_of(story.alba)}/progress/{key_of(HAIR)}"
        assert "Not complete" in bruno.get(progress).content.decode()
        assert "is entered" in post(bruno, f"{progress}/achievement", unit=COLOURING.id)
        dimitra = browse("Dimitra")
        assert "The qualification is awarded." in post(dimitra, progress, text="All units are there")
        page = dimitra.get("/credentials/").content.decode()
        assert page.count("/credentials/issue/") == 2
        address = page.split("/credentials/issue/")[1].split('"')[0]
        assert "Genuine" in post(dimitra, f"/credentials/issue/{address}")
        alba = browse("Alba")
        page = alba.get("/credentials/").content.decode()
        file = page.split('" download')[0].rsplit('href="', 1)[1]
        answer = alba.get(file)
        assert answer["Content-Disposition"].endswith('.sd-jwt"')
        stranger = Client()
        assert "Genuine: issued by Regional authority." in post(stranger, "/verify", text=answer.content.decode())


def test_a_learner_reads_the_reasons_of_a_refusal_and_appeals(story: Story, browse: Callable[[str], Client]) -> None:
    thread = story.agree()
    story.assess(thread)
    story.validate(story.transfer(thread).address)
    case = f"/credit/cases/{one_case(story)}"
    with story.on(DECIDED):
        refusal = {
            "use": "part of the qualification", "ground": "Act", "reason_code": "not-corresponding",
            "reason_text": "Other machines", "appeal_until": "2026-08-10",
        }  # fmt: skip
        assert "Decided: not recognised" in post(browse("Dimitra"), f"{case}/recognise", **refusal)
        alba = browse("Alba")
        page = alba.get(case).content.decode()
        assert "Other machines" in page
        assert f"{case}/appeal" in page
        assert "Your appeal is lodged" in post(alba, f"{case}/appeal", text="I know both")
        dimitra = browse("Dimitra")
        assert f"{case}/answer" in dimitra.get("/").content.decode()
        assert "I know both" in dimitra.get(f"{case}/answer").content.decode()
        answer = {"outcomes": ["measures", "cuts"], "use": "part of the qualification", "ground": "Looked again"}
        assert "The appeal is decided" in post(dimitra, f"{case}/answer", **answer)


def test_what_stands_in_the_way_is_shown_at_the_form_and_keeps_what_was_typed(
    story: Story, browse: Callable[[str], Client]
) -> None:
    key = key_of(story.agree())
    with story.on(TESTED):
        answer = browse("Chloé").post(
            f"/credit/{key}/assess/{key_of(CUT)}",
            {"on": "2026-06-20", "place": "Salon Lumière", "methods": "talk", "result_0": "not achieved",
             "result_1": "achieved", "criteria_1": ["cuts-1"]},
        )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert "no reason is given" in page
    assert "Salon Lumière" in page
    assert not cases.of_learner(story.alba)


@pytest.mark.parametrize("name", ["Erik", "Didier"])
def test_others_find_nothing(story: Story, browse: Callable[[str], Client], name: str) -> None:
    thread = story.agree()
    story.assess(thread)
    sent = story.transfer(thread)
    case, key = one_case(story), key_of(thread)
    with story.on(DECIDED):
        client = browse(name)
        paths = [
            f"/credit/records/{sent.address}", f"/learners/{key_of(story.alba)}/credit",
            f"/learners/{key_of(story.alba)}/progress/{key_of(HAIR)}",
        ]  # fmt: skip
        if name == "Erik":
            paths += [f"/credit/{key}", f"/credit/{key}/transcript", f"/credit/cases/{case}"]
            paths += [f"/credit/cases/{case}/{step}" for step in ("validate", "ask", "recognise", "answer", "appeal")]
            assert "Alba" not in client.get("/credit/").content.decode()
        for path in paths:
            answer = client.get(path)
            known = path.startswith("/credit/records") and name == "Didier"
            assert answer.status_code == (200 if known else 404), path
            assert "Rossi" not in answer.content.decode()


def test_a_portfolio_is_opened_documented_and_assessed_in_the_browser(
    story: Story, browse: Callable[[str], Client]
) -> None:
    # Alba follows the authority's qualification, so its people may open a portfolio with her
    with story.on(TESTED):
        dimitra = browse("Dimitra")
        opening = f"/portfolios/new/{key_of(HAIR)}"
        assert "Hairdresser" in dimitra.get("/portfolios/new").content.decode()
        assert "Continue" in dimitra.get(opening).content.decode()
        chosen = f"{opening}?learner={story.alba}&units={CUT}"
        assert "What the interview found" in dimitra.get(chosen).content.decode()
        page = post(dimitra, chosen, statement_0="Ten years", statement_1="Ten years", procedure="Decree 13")
        assert "The portfolio is open" in page
        key = page.split("/document")[0].rsplit("/credit/", 1)[1]
        alba = browse("Alba")
        file = SimpleUploadedFile("letter.pdf", b"%PDF-1.7 letter", content_type="text/html")
        page = post(alba, f"/credit/{key}/evidence", file=file)
        assert "The file is kept." in page
        page = alba.get(f"/credit/{key}/document").content.decode()
        name = page.split('name="evidence_0" value="')[1].split('"')[0]
        page = post(alba, f"/credit/{key}/document", statement_0="In a salon", evidence_0=[name], statement_1="There")
        assert "The portfolio is kept." in page
        didier = browse("Didier")
        assert f"/credit/{key}" in didier.get("/").content.decode()
        page = didier.get(f"/credit/{key}/assess/{key_of(CUT)}").content.decode()
        evidence = page.split("/credit/evidence/")[1].split('"')[0]
        answer = didier.get(f"/credit/evidence/{evidence}")
        assert answer.content == b"%PDF-1.7 letter"
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment")
        page = post(
            didier, f"/credit/{key}/assess/{key_of(CUT)}", on="2026-06-20", place="Torino", methods="x", **grid(2)
        )
        assert "The assessment is recorded." in page
        assert "Identification" not in alba.get("/portfolios/").content.decode()


def test_a_file_that_is_not_accepted_is_refused_in_words(story: Story, browse: Callable[[str], Client]) -> None:
    key = key_of(story.agree())
    with story.on(TESTED):
        file = SimpleUploadedFile("letter.pdf", b"MZ\x90\x00 a program")
        answer = browse("Alba").post(f"/credit/{key}/evidence", {"file": file})
    assert answer.status_code == 422
    assert "not a file of an accepted kind" in answer.content.decode()


def test_a_transcript_is_corrected_contested_and_acknowledged(story: Story, browse: Callable[[str], Client]) -> None:
    thread = story.agree()
    story.assess(thread)
    story.transfer(thread)
    key = key_of(thread)
    with story.on(DECIDED):
        assert "has arrived" in post(browse("Bruno"), f"/credit/{key}/transcript/acknowledge")
        assert "look at it again" in post(browse("Alba"), f"/credit/{key}/transcript/contest", text="I did more")
        chloe = browse("Chloé")
        assert f"/credit/{key}" in chloe.get("/").content.decode()
        answer = chloe.post(f"/credit/{key}/transcript/correct", {"text": "Looked again"})
        assert "says the same as the one before" in answer.content.decode()
    story.assess(thread, failed=("cuts",))
    with story.on(DECIDED):
        page = browse("Chloé").get(f"/credit/{key}/transcript/correct").content.decode()
        assert "Assessments made in error" in page
        assert "corrected transcript is issued" in post(
            browse("Chloé"), f"/credit/{key}/transcript/correct", text="Looked again",
            without=[reading.assessments(reading.ground(thread))[0].address],
        )  # fmt: skip
        case = f"/credit/cases/{one_case(story)}"
        ask = {"what": "Photographs", "due": "2026-08-01"}
        assert "what you ask for" in post(browse("Bruno"), f"{case}/ask", **ask)
        assert "Photographs" in browse("Chloé").get(case).content.decode()
        assert "Alba Rossi" in browse("Bruno").get("/learners/credit/").content.decode()
        assert browse("Alba").get(f"/learners/{key_of(story.alba)}/credit").status_code == 200
