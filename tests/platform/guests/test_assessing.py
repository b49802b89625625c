"""The grid is filled in at the workplace by somebody without an account, with evidence, for exactly one agreement."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import stories_of as story
from callers import Caller, everybody_leaves_lyon, invite
from ecvet.credit.assessment import Assessment
from ecvet.mobility import Role as Part
from ecvet.mobility import Task
from ecvet.record import Attestation, Level
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import reading
from ecvet_platform.guests.models import GuestRow
from ecvet_platform.institutions.actions import keys
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from stories_of import Cast

TESTED = story.NOW.replace(month=5, day=25)
RESULTS = {f"result_{n}": "achieved" for n in range(3)}
CRITERIA = {f"criteria_{n}": f"CUT-{kind}.1" for n, kind in enumerate("KSC")}
GRID: dict[str, Any] = {
    "on": "2026-05-25", "place": "Lyon", "methods": "practical task", "position": "head of the salon",
    "deviations": "The head of the salon assessed, since the teacher was ill.", **RESULTS, **CRITERIA,
}  # fmt: skip
PICTURE = b"\x89PNG\r\n\x1a\n0000"


def assessor(everybody: Cast, thread: Identifier, task: Task = Task.ASSESS, by: str = "Chloé") -> Caller:
    return invite(everybody, thread, Part.HOSTING, task, by=by, name="Simone Petit", email="salon@example.org")


@pytest.mark.rule("R-EUR-2")
def test_a_workplace_assessor_fills_in_the_grid_with_evidence(everybody: Cast):
    thread, version = story.in_force(everybody)
    with clock.fixed(TESTED):
        guest = assessor(everybody, thread)
        assert "Cutting" in guest.come_in()
        file = SimpleUploadedFile("model.png", PICTURE)
        assert guest.post("evidence", file=file).status_code == 302
        assert "model.png" in guest.see()
        assert "can carry out Cutting on a model safely" in guest.see("/assess/1")
        assert "your part is done" in guest.post("assess/1", **GRID).content.decode()
        assert guest.client.get(guest.link).status_code == 410
    (made,) = reading.assessments(reading.ground(thread))
    assert [one.name for one in made.value.assessors] == ["Simone Petit"]
    assert [one.size for one in made.value.evidence] == [len(PICTURE)]
    (signature,) = records.signatures(made.address)
    assert (signature.signer, signature.level) == (story.LYON, Level.GUEST)
    assert keys.kid_of(signature).startswith(story.LYON)
    assert signature.evidence is not None
    found = records.recorded(signature.evidence, Attestation).value
    assert (found.verb, found.shown, found.by) == ("assess", version, everybody.accounts["Chloé"].identifier)
    assert records.recorded(made.address, Assessment).value.institution == story.LYON


def test_what_is_missing_is_shown_at_the_field_and_keeps_what_was_typed(everybody: Cast):
    thread, _version = story.in_force(everybody)
    with clock.fixed(TESTED):
        guest = assessor(everybody, thread)
        guest.come_in()
        answer = guest.post("assess/1", **{**GRID, "result_0": "", "remark_1": "Steady hands"})
        assert answer.status_code == 422
        assert "Choose one of the answers." in answer.content.decode()
        assert "Steady hands" in answer.content.decode()
        differs = guest.post("assess/1", **{**GRID, "deviations": ""})
        assert differs.status_code == 422
        assert reading.assessments(reading.ground(thread)) == ()
        assert guest.post("evidence", file=SimpleUploadedFile("a.exe", b"MZ\x00\x01")).status_code == 422
        for number in (0, 2, 99):
            assert guest.client.get(f"{guest.link}/assess/{number}").status_code == 302


def test_a_workplace_assessor_issues_no_transcript(everybody: Cast):
    thread, _version = story.in_force(everybody)
    with clock.fixed(TESTED):
        guest = assessor(everybody, thread)
        assert "Issue and sign" not in guest.come_in()
        assert guest.post("transcript").status_code == 403


@pytest.mark.rule("R-EUR-2")
def test_a_host_that_has_nobody_here_assesses_and_issues_the_transcript(everybody: Cast):
    thread, _version = story.in_force(everybody)
    everybody_leaves_lyon(everybody)
    with clock.fixed(TESTED):
        guest = assessor(everybody, thread, Task.HOST, by="Bruno")
        guest.come_in()
        early = guest.post("transcript")
        assert early.status_code in (409, 422), "nothing has been assessed"
        assert guest.post("assess/1", **GRID).status_code == 302
        assert "Issue and sign" in guest.see()
        assert "your part is done" in guest.post("transcript").content.decode()
    transcript = reading.transcript(reading.ground(thread))
    assert transcript is not None
    (signature,) = records.signatures(transcript.address)
    assert (signature.signer, signature.level) == (story.LYON, Level.GUEST)
    assert keys.kid_of(signature).startswith(story.TURIN)
    assert GuestRow.objects.get().done is not None
