"""The API of credit: the whole way from assessment to verified credential, and refusals as problems."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from albas_story import COLOURING, CUT, CUTTING, DECIDED, HAIR, SENT, TESTED, Story
from ecvet_platform.people import actions as people
from ecvet_platform.qualifications.naming import key_of

Ask = Callable[..., Any]
GROUND = {"en": "Training act"}


@pytest.fixture
def ask(story: Story, client: Client) -> Ask:
    """`ask("Chloé", "POST", "/agreements/…", {…})`: status and body of the answer to a program of hers."""

    def send(name: str | None, method: str, path: str, body: Any = None, status: int = 201) -> Any:
        headers = {}
        if name:
            secret = people.make_token(story.accounts[name], institution=story.at_home[name], name="test")
            headers["Authorization"] = f"Bearer {secret}"
        data = body if isinstance(body, bytes) else json.dumps(body or {})
        kind = "application/dc+sd-jwt" if isinstance(body, bytes) else "application/json"
        answer = client.generic(method, f"/api/v1{path}", data, content_type=kind, headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json() if "json" in answer["Content-Type"] else answer.content

    return send


def outcomes() -> list[dict[str, Any]]:
    return [
        {"outcome": one.id, "result": "achieved", "criteria": [{"criterion": f"{one.id}-1", "met": True}]}
        for one in CUTTING.outcomes
    ]


def assessment() -> dict[str, Any]:
    return {"unit": CUT, "outcomes": outcomes(), "methods": ["demonstration"], "place": "Salon", "on": "2026-06-20"}


def test_the_main_job_is_done_by_programs(story: Story, ask: Ask) -> None:
    agreement, learner = f"/agreements/{key_of(story.agree())}", f"/learners/{key_of(story.alba)}"
    with story.on(TESTED):
        assert ask("Chloé", "POST", f"{agreement}/assessments", assessment())["address"].startswith("sha-256:")
    with story.on(SENT):
        transcript = ask("Chloé", "POST", f"{agreement}/transcripts")["address"]
    with story.on(DECIDED):
        shown = ask("Bruno", "GET", f"/transcripts/{transcript}/comparison?unit={CUT}", status=200)
        validation = ask("Bruno", "POST", f"/transcripts/{transcript}/validations",
                         {"unit": CUT, "comparison": shown["proposal"], "ground": GROUND})  # fmt: skip
        assert validation["terms"]["extent"] == "full"
        recognition = ask("Dimitra", "POST", f"/validations/{validation['address']}/recognitions", {"ground": GROUND})
        assert recognition["terms"]["points"] == {"value": "10", "system": "ecvet"}
        state = ask("Bruno", "GET", f"{agreement}/credit", status=200)
        assert state["units"][0]["case"]["recognition"] == "unit complete"
        progress = ask("Alba", "GET", f"{learner}/progress?qualification={HAIR}", status=200)
        assert progress["progress"]["complete"] is False
        early = ask("Dimitra", "POST", f"{learner}/awards", {"qualification": HAIR, "ground": GROUND}, status=409)
        assert early["code"] == "credit.award.not-complete"
        ask("Bruno", "POST", f"{learner}/achievements", {"unit": COLOURING.id, "qualification": HAIR})
        award = ask("Dimitra", "POST", f"{learner}/awards", {"qualification": HAIR, "ground": GROUND})
        unit = ask("Dimitra", "POST", f"/recognitions/{recognition['address']}/credentials")
        ask("Dimitra", "POST", f"/awards/{award['address']}/credentials")
        ask("Dimitra", "POST", f"/awards/{award['address']}/credentials", status=409)
        data = ask("Alba", "GET", f"/credentials/{unit['id']}", status=200)
        assert ask(None, "POST", "/verifications", data, status=200)["verified"] is True
        place = data.index(b"~") - 40  # in the signature
        other = b"A" if data[place : place + 1] != b"A" else b"B"
        changed = ask(None, "POST", "/verifications", data[:place] + other + data[place + 1 :], status=200)
        assert changed["verified"] is False
        assert changed["error"]["step"] == "proof"
        record = ask("Alba", "GET", f"/records/{recognition['address']}", status=200)
        assert record["type"] == "decision"


def test_what_is_malformed_is_a_problem_and_nothing_is_written(story: Story, ask: Ask) -> None:
    agreement = f"/agreements/{key_of(story.agree())}"
    with story.on(TESTED):
        wrong = {**assessment(), "outcomes": [{"outcome": "cuts", "result": "brilliant"}]}
        found = ask("Chloé", "POST", f"{agreement}/assessments", wrong, status=422)
        assert found["code"] == "record.terms.unreadable"
        assert "[0].result" in found["title"]
        found = ask("Chloé", "POST", f"{agreement}/assessments", {"unit": CUT}, status=422)
        assert found["code"] == "shell.request.unreadable"
        assert ask("Bruno", "GET", f"{agreement}/credit", status=200)["units"][0]["assessments"] == []


@pytest.mark.parametrize(("name", "status"), [("Bruno", 403), ("Erik", 404), ("Alba", 403), (None, 401)])
def test_a_step_of_somebody_else_is_a_problem(story: Story, ask: Ask, name: str | None, status: int) -> None:
    agreement = f"/agreements/{key_of(story.agree())}"
    with story.on(TESTED):
        found = ask(name, "POST", f"{agreement}/assessments", assessment(), status=status)
    assert found["status"] == status
    assert found["remedy"]


@pytest.mark.filterwarnings("error:operation_id")
def test_the_description_of_the_api_names_every_step(story: Story, client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for path in (
        "/api/v1/agreements/{key}/assessments", "/api/v1/agreements/{key}/transcripts",
        "/api/v1/transcripts/{name}/validations", "/api/v1/validations/{name}/recognitions",
        "/api/v1/recognitions/{name}/appeals", "/api/v1/learners/{key}/progress", "/api/v1/learners/{key}/awards",
        "/api/v1/portfolios", "/api/v1/awards/{name}/credentials", "/api/v1/recognitions/{name}/credentials",
        "/api/v1/verifications",
    ):  # fmt: skip
        assert path in paths, path
