"""OpenID4VP 1.0: an institution asks, a wallet shows, everything is verified, and each answer counts once."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from albas_story import DECIDED, Story
from ecvet.credential.policy import Outcome
from ecvet.credential.profiles.types import CertificateType
from ecvet.credential.status.standing import Verb
from ecvet.terms import Identifier, LangString
from ecvet_platform.credentials.actions import issue, status
from ecvet_platform.journal import clock
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account
from ecvet_platform.wallets.actions import asking, offers
from ecvet_platform.wallets.errors import QuestionUnknown
from ecvet_platform.wallets.store import memory
from simulators.wallet import Wallet, new_key

UNIT = (CertificateType.RECOGNISED_UNIT,)


@pytest.fixture
def noon(story: Story) -> Iterator[Story]:
    with story.on(DECIDED):
        yield story


@pytest.fixture
def issued(noon: Story) -> issue.Issued:
    decision = noon.through(noon.agree())
    return issue.issue(decision.address, actor=noon.actor("Dimitra"))


@pytest.fixture
def wallet(noon: Story, issued: issue.Issued) -> Wallet:
    """A wallet that has the credential."""
    made = Wallet(settings.SITE)
    given = offers.offer(issued.decision, actor=noon.actor("Alba"))
    made.redeem(made.read(given.link).code, given.transaction_code)
    assert made.ask("recognised-unit").status == 200
    return made


def asked(story: Story, *, named: bool = False, kinds: Any = UNIT) -> asking.Question:
    return asking.ask(kinds, named=named, actor=story.actor("Bruno"))


def result(story: Story, made: asking.Question, by: str = "Bruno") -> asking.Result:
    return asking.result(made.id, actor=story.actor(by))


def code(found: asking.Result) -> str:
    (one,) = found.shown
    return one.report.error.code if one.report.error else ""


def test_the_question_is_as_haip_demands(noon: Story, wallet: Wallet) -> None:
    said = wallet.seen(asked(noon, named=True).link)
    assert said.client.startswith("x509_hash:")
    claims = said.claims
    assert (claims["response_type"], claims["response_mode"]) == ("vp_token", "direct_post.jwt")
    assert claims["aud"] == "https://self-issued.me/v2"
    metadata = claims["client_metadata"]
    assert metadata["encrypted_response_enc_values_supported"] == ["A128GCM", "A256GCM"]
    assert metadata["jwks"]["keys"][0]["alg"] == "ECDH-ES"
    (one,) = claims["dcql_query"]["credentials"]
    assert one["format"] == "dc+sd-jwt"
    assert ["family_name"] in [claim["path"] for claim in one["claims"]]


def test_a_wallet_with_a_nonce_of_its_own_gets_it_back(noon: Story, wallet: Wallet) -> None:
    made = asked(noon)
    path = wallet.path(wallet.seen(made.link).claims["response_uri"]).replace("answers", "requests")
    answer = wallet.http.post(path, {"wallet_nonce": "mine"})
    assert asking.presentation.opened(answer.content.decode())[0].claims["wallet_nonce"] == "mine"


def test_what_is_shown_is_verified_with_the_name_only_if_it_was_asked_for(noon: Story, wallet: Wallet) -> None:
    for named in (False, True):
        made = asked(noon, named=named)
        assert result(noon, made).answered is None
        answer = wallet.present(made.link)
        assert answer.status == 200
        assert answer.body["redirect_uri"].endswith("/wallet/shown")
        (one,) = result(noon, made).shown
        assert one.report.verified
        assert ("family_name" in one.report.verified.claims) is named
        assert one.missing == ()
        holder = next(step for step in one.report.steps if step.step == "holder")
        assert holder.outcome is Outcome.PASS


def test_what_was_asked_for_and_withheld_is_named(noon: Story, wallet: Wallet) -> None:
    made = asked(noon, named=True)
    wallet.present(made.link, show=frozenset({"family_name"}))
    assert result(noon, made).shown[0].missing == ("given_name", "birthdate")


def test_the_result_shows_the_status_of_now(noon: Story, wallet: Wallet, issued: issue.Issued) -> None:
    made = asked(noon)
    wallet.present(made.link)
    with clock.fixed(clock.now() + timedelta(minutes=40)):
        assert code(result(noon, made)) == ""
        status.decide((str(issued.id),), Verb.REVOKE, LangString.of(en="x"), actor=noon.actor("Dimitra"))
        assert code(result(noon, made)) == "credential.status.revoked"


def _altered(data: bytes) -> bytes:
    parts = data.split(b"~")
    parts[1] = parts[1][:-3] + (b"AAA" if parts[1][-3:] != b"AAA" else b"BBB")
    return b"~".join(parts)


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ({"change": _altered}, {"credential.proof.does-not-fit", "credential.parse.malformed"}),
        ({"change": lambda data: data.replace(b"~", b"~~", 1)}, {"credential.parse.malformed"}),
        ({"change": lambda data: data.rpartition(b"~")[0] + b"~"}, {"credential.holder.not-bound"}),
        ({"nonce": "another"}, {"credential.holder.not-bound"}),
        ({"audience": "x509_hash:another"}, {"credential.holder.not-bound"}),
        ({"holder": new_key()}, {"credential.holder.not-bound"}),
    ],
)
def test_a_cheating_wallet_is_found_out(noon: Story, wallet: Wallet, how: dict[str, Any], found: set[str]) -> None:
    made = asked(noon, named=True)
    assert wallet.present(made.link, **how).status == 200
    assert code(result(noon, made)) in found


def test_a_presentation_of_yesterday_is_found_out(noon: Story, wallet: Wallet) -> None:
    made = asked(noon)
    wallet.present(made.link, at=clock.now() - timedelta(minutes=7))
    assert code(result(noon, made)) == "credential.holder.not-bound"


def test_24_a_question_is_answered_once_and_a_replayed_answer_answers_no_other(noon: Story, wallet: Wallet) -> None:
    first = asked(noon)
    seen = wallet.seen(first.link)
    assert wallet.present(first.link).status == 200
    replayed = wallet.shown
    assert wallet.present(first.link, seen=seen).status == 404, "it is answered"
    second = asked(noon)
    assert wallet.present(second.link, again=replayed).status == 200
    assert code(result(noon, second)) == "credential.holder.not-bound", "its nonce is that of the first"
    third = asked(noon)
    crossed = wallet.seen(third.link)
    assert wallet.present(third.link, seen=crossed, state=seen.claims["state"]).error == "invalid_request"
    assert result(noon, third).answered is None, "noise does not close a question"
    with clock.fixed(clock.now() + timedelta(hours=1, minutes=1)):
        assert wallet.present(third.link, seen=crossed).status == 404
        with pytest.raises(QuestionUnknown):
            result(noon, first)


@pytest.mark.parametrize(
    "how",
    [
        {"encrypt_for": new_key().public_key()},
        {"said": {"state": "x"}},
        {"said": {"vp_token": {"recognised_unit": "no list"}}},
        {"said": {"vp_token": {"recognised_unit": [1]}}},
        {"said": {"vp_token": []}},
        {"said": {"vp_token": {"other": ["x"]}}},
    ],
)
def test_what_is_no_answer_is_refused(noon: Story, wallet: Wallet, how: dict[str, Any]) -> None:
    made = asked(noon)
    said = how.get("said")
    if said and "state" not in said:
        how = {"said": {**said, "state": wallet.seen(made.link).claims["state"]}}
    answer = wallet.present(made.link, **how)
    assert (answer.status, answer.error) == (400, "invalid_request")
    assert result(noon, made).answered is None


def test_what_is_not_encrypted_is_refused(noon: Story, wallet: Wallet) -> None:
    seen = wallet.seen(asked(noon).link)
    path = wallet.path(seen.claims["response_uri"])
    for body in ({"vp_token": "{}"}, {"response": ""}, {"response": "a.b.c.d.e"}, {"response": "x" * 700_000}):
        answer = wallet.http.post(path, body)
        assert answer.status_code == 400
        assert json.loads(answer.content)["error"] == "invalid_request"


def test_a_wallet_may_say_no(noon: Story, wallet: Wallet) -> None:
    made = asked(noon)
    seen = wallet.seen(made.link)
    assert wallet.answer(seen, {"error": "access_denied", "state": seen.claims["state"]}).status == 200
    assert result(noon, made).error == "access_denied"


def test_an_employer_in_no_register_asks_with_the_key_of_the_platform(noon: Story, wallet: Wallet) -> None:
    noon.add("Ewa", Identifier("https://employer.example/"), Role.VERIFIER)
    made = asking.ask(UNIT, named=False, actor=noon.actor("Ewa"))
    path = wallet.path(wallet.seen(made.link).claims["response_uri"]).replace("answers", "requests")
    _, certificate = asking.presentation.opened(wallet.http.get(path).content.decode())
    assert "ecvet platform" in certificate.subject.rfc4514_string()
    wallet.present(made.link)
    assert code(result(noon, made, by="Ewa")) == ""


def test_only_who_asked_sees_the_answer(noon: Story, wallet: Wallet) -> None:
    made = asked(noon)
    wallet.present(made.link)
    for name in ("Dimitra", "Chloé", "Alba", "Erik"):
        with pytest.raises(QuestionUnknown):
            result(noon, made, by=name)
    with pytest.raises(NotYourRole):
        asking.ask(UNIT, named=False, actor=noon.actor("Alba"))


def test_nothing_of_it_is_legible_in_the_database_and_soon_nothing_is_left(noon: Story, wallet: Wallet) -> None:
    made = asked(noon, named=True)
    wallet.present(made.link)
    kept = json.dumps(list(memory.RememberedRow.objects.values_list("data", flat=True)))
    assert "PRIVATE KEY" not in kept
    assert wallet.shown.decode()[:40] not in kept
    with clock.fixed(clock.now() + timedelta(days=100)):
        asked(noon)
        assert memory.RememberedRow.objects.count() == 2


def test_the_pages_ask_and_show(noon: Story, wallet: Wallet, signed_in: Callable[[Account], Client]) -> None:
    bruno = signed_in(noon.accounts["Bruno"])
    assert bruno.get("/ask-a-wallet/").status_code == 200
    assert bruno.post("/ask-a-wallet/", {"named": "on"}).status_code == 422
    answer = bruno.post("/ask-a-wallet/", {"kind": ["recognised-unit", "award"], "named": "on"})
    assert answer.status_code == 302
    page = bruno.get(answer["Location"]).content.decode()
    assert "haip-vp://?" in page
    key = answer["Location"].rpartition("/")[2]
    link = bruno.get(f"/api/v1/wallet/questions/{key}").json()
    assert link["answered"] is None
    found = asking.result(asking.UUID(key), actor=noon.actor("Bruno"))
    assert wallet.present(found.link).status == 200
    page = bruno.get(answer["Location"]).content.decode()
    assert "Genuine: issued by Regional authority." in page
    assert "Alba Rossi" in page
    made = bruno.post("/api/v1/wallet/questions", {"types": ["award"]}, content_type="application/json")
    assert made.status_code == 201
    shown = bruno.get(f"/api/v1/wallet/questions/{key}").json()
    assert shown["items"][0]["verified"] is True
    assert wallet.http.get("/wallet/shown").status_code == 200
