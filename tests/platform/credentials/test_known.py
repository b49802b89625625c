"""Credentials from before status lists: revoked all the same, and said by this platform to everybody who asks."""

from collections.abc import Callable

import pytest
from django.test import Client

from albas_story import DECIDED, Story
from ecvet.credential.issue import issue as sign
from ecvet.credential.status.standing import Standing, Verb
from ecvet.terms import LangString
from ecvet_platform.credentials.actions import issue, keys, known, status, verify
from ecvet_platform.credentials.store import credentials as store
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.store import Account

WHY = LangString.of(en="Issued for another learner by mistake")


@pytest.fixture
def old(story: Story) -> tuple[issue.Issued, bytes]:
    """A credential as it was issued when there were no lists."""
    decision = story.through(story.agree())
    with story.on(DECIDED):
        draft = issue.draft_of(decision.address, actor=story.actor("Dimitra"))
        key = keys.key_of(register.institution(draft.issuer), by=keys.PLATFORM)
        data = sign(draft, key, at=clock.now(), salts=chance.salt)
        made = store.add(
            data, decision=decision.address, kind=draft.type, learner=draft.learner, issuer=draft.issuer,
            title=draft.title, at=clock.now(),
        )  # fmt: skip
    return made, data


@pytest.mark.rule("R-RECOG-14")
@pytest.mark.parametrize(("verb", "code"), [(Verb.REVOKE, "revoked"), (Verb.SUSPEND, "suspended")])
def test_it_is_revoked_with_a_warning_and_this_platform_says_so(
    story: Story, client: Client, old: tuple[issue.Issued, bytes], verb: Verb, code: str
) -> None:
    made, data = old
    with story.on(DECIDED):
        dimitra = story.actor("Dimitra")
        assert verify.verify(data).verified
        (planned,) = status.plan((str(made.id),), verb, WHY, actor=dimitra)
        assert (planned.fact, planned.offline) == (None, False)
        status.decide((str(made.id),), verb, WHY, actor=dimitra)
        report = verify.verify(data)
        assert report.error is not None
        assert report.error.code == f"credential.status.{code}"
        assert [str(one.step) for one in report.steps][-1] == "status"
        held = b"~".join(data.split(b"~")[:2]) + b"~"  # what a holder shows has another hash, and the same decision
        shown = verify.verify(held).error
        assert shown is not None
        assert shown.code == f"credential.status.{code}"
    page = client.get(f"/verify/credentials/{made.hash}").content.decode()
    assert f">{code.capitalize()}<" in page
    assert "was issued before there were status lists" in page
    assert "Alba" not in page
    said = client.get(f"/api/v1/verifications/credentials/{made.hash}").json()
    assert (said["standing"], said["offline"], said["changed"]) == (code, False, "2026-07-10")


def test_the_page_warns_before_it_is_done(
    story: Story, old: tuple[issue.Issued, bytes], signed_in: Callable[[Account], Client]
) -> None:
    made, _ = old
    with story.on(DECIDED):
        said = {"credentials": str(made.id), "verb_of": "revoke", "why": "A mistake"}
        dimitra = signed_in(story.accounts["Dimitra"])
        assert "does not learn of the change" in dimitra.post("/credentials/status", said).content.decode()
        assert dimitra.post("/credentials/status", {**said, "do": "yes"}).status_code == 302
    assert known.check(made.hash).standing is Standing.REVOKED


def test_a_valid_one_is_said_to_be_valid_and_a_stranger_is_not_here(story: Story, client: Client) -> None:
    decision = story.through(story.agree())
    with story.on(DECIDED):
        made = issue.issue(decision.address, actor=story.actor("Dimitra"))
    assert known.check(made.hash).offline
    assert ">Valid<" in client.get(f"/verify/credentials/{made.hash}").content.decode()
    missing = client.get(f"/verify/credentials/sha-256:{'0' * 64}")
    assert missing.status_code == 404
    assert client.get("/verify/credentials/abc").status_code in (404, 422)
