"""OpenID4VCI 1.0 as a wallet meets it: by offer and by sign-in, now and later, and everything that is refused."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from albas_story import DECIDED, Story
from ecvet.credential.formats import sdjwt
from ecvet.credential.status.standing import Verb
from ecvet.terms import LangString
from ecvet_platform.credentials.actions import issue, status, verify
from ecvet_platform.journal import clock
from ecvet_platform.people.store import Account
from ecvet_platform.wallets.actions import offers, own
from ecvet_platform.wallets.errors import NotForYourWallet
from simulators.wallet import BACK, Answer, Wallet, new_key

KIND = "recognised-unit"
VERIFIER = "v" * 64


@pytest.fixture
def noon(story: Story) -> Iterator[Story]:
    """The day of the decision; the clock stands still unless a test moves it."""
    with story.on(DECIDED):
        yield story


@pytest.fixture
def decision(noon: Story) -> Any:
    found = noon.through(noon.agree())
    return found.address


@pytest.fixture
def issued(noon: Story, decision: Any) -> issue.Issued:
    return issue.issue(decision, actor=noon.actor("Dimitra"))


@pytest.fixture
def wallet() -> Wallet:
    return Wallet(settings.SITE)


def offered(story: Story, decision: Any) -> offers.Offered:
    return offers.offer(decision, actor=story.actor("Alba"))


def redeemed(wallet: Wallet, story: Story, decision: Any) -> Answer:
    made = offered(story, decision)
    return wallet.redeem(wallet.read(made.link).code, made.transaction_code)


def test_metadata_say_what_haip_demands(noon: Story, wallet: Wallet) -> None:
    issuer, server = wallet.metadata()
    assert issuer.issuer == server["issuer"] == settings.SITE
    assert set(issuer.configurations) == {"recognised-unit", "award"}
    for one in issuer.configurations.values():
        assert (one.format, one.proof_algorithms) == ("dc+sd-jwt", ("ES256",))
        assert one.scope
    assert server["require_pushed_authorization_requests"] is True
    assert server["code_challenge_methods_supported"] == ["S256"]
    assert server["dpop_signing_alg_values_supported"] == ["ES256"]
    assert issuer.nonce_endpoint


def test_by_offer_a_credential_comes_into_the_wallet_bound_to_its_keys(
    issued: Any, noon: Story, wallet: Wallet
) -> None:
    wallet.holders.append(new_key())
    assert redeemed(wallet, noon, issued.decision).body["token_type"] == "DPoP"
    answer = wallet.ask(KIND)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    one, other = wallet.kept
    report = verify.verify(one)
    assert report.verified
    said = [sdjwt.reveal(sdjwt.parse(data)).claims for data in (one, other)]
    assert said[0]["cnf"] != said[1]["cnf"]
    assert said[0]["status"] != said[1]["status"], "each copy has a place of its own"
    first = sdjwt.reveal(sdjwt.parse(issue.credential(issued.id, actor=noon.actor("Alba"))[1])).claims
    differs = {name for name in said[0] if said[0][name] != first.get(name)}
    assert differs <= {"cnf", "status", "iat"}, "it is the same certificate"
    assert wallet.notify(answer.body["notification_id"]).status == 204
    assert own.in_wallets(actor=noon.actor("Alba"))[0].event == "credential_accepted"


def test_a_revoked_certificate_is_revoked_in_the_wallet_too(issued: Any, noon: Story, wallet: Wallet) -> None:
    redeemed(wallet, noon, issued.decision)
    wallet.ask(KIND)
    status.decide((str(issued.id),), Verb.REVOKE, LangString.of(en="x"), actor=noon.actor("Dimitra"))
    report = verify.verify(wallet.kept[0])
    assert report.error is not None
    assert report.error.code == "credential.status.revoked"
    assert own.obtainable(noon.actor("Alba")) == ()
    with pytest.raises(NotForYourWallet):
        offered(noon, issued.decision)


def test_what_was_granted_and_then_suspended_is_denied(issued: Any, noon: Story, wallet: Wallet) -> None:
    redeemed(wallet, noon, issued.decision)
    status.decide((str(issued.id),), Verb.SUSPEND, LangString.of(en="x"), actor=noon.actor("Dimitra"))
    assert wallet.ask(KIND).error == "credential_request_denied"


def test_what_is_not_issued_yet_comes_later(noon: Story, decision: Any, wallet: Wallet) -> None:
    redeemed(wallet, noon, decision)
    answer = wallet.ask(KIND)
    assert answer.status == 202
    transaction = answer.body["transaction_id"]
    assert wallet.fetch(transaction).status == 202
    with clock.fixed(clock.now() + timedelta(days=20)):
        issue.issue(decision, actor=noon.actor("Dimitra"))
        assert wallet.fetch(transaction).status == 200
        assert verify.verify(wallet.kept[0]).verified
        assert wallet.fetch(transaction).error == "invalid_transaction_id", "it is fetched once"


@pytest.mark.parametrize("name", ["Bruno", "Dimitra", "Erik"])
def test_only_the_learner_offers(issued: Any, noon: Story, name: str) -> None:
    with pytest.raises(NotForYourWallet):
        offers.offer(issued.decision, actor=noon.actor(name))


# ----------------------------------------------------------------- by sign-in


def allowed(
    story: Story, wallet: Wallet, signed_in: Callable[[Account], Client], decision: Any, **instead: Any
) -> dict[str, list[str]]:
    """The learner says yes in her browser; what the wallet is told."""
    uri = wallet.push(KIND, VERIFIER, **instead).body["request_uri"]
    page = f"/wallet/authorise?client_id={quote(wallet.client)}&request_uri={quote(uri)}"
    browser = signed_in(story.accounts["Alba"])
    shown = browser.get(page)
    assert shown.status_code == 200
    assert "eu.example.wallet:" in shown["Content-Security-Policy"]
    answer = browser.post(page, {"decision": decision})
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"].startswith(BACK)
    assert browser.get(page).status_code == 410, "it is answered once"
    return parse_qs(urlsplit(answer["Location"]).query)


def test_by_sign_in_the_learner_says_yes_and_the_wallet_has_it(
    issued: Any, noon: Story, wallet: Wallet, signed_in: Callable[[Account], Client]
) -> None:
    told = allowed(noon, wallet, signed_in, issued.decision)
    assert (told["state"], told["iss"]) == (["s-1"], [settings.SITE])
    assert wallet.exchange(told["code"][0], VERIFIER).status == 200
    assert wallet.ask(KIND).status == 200
    assert verify.verify(wallet.kept[0]).verified


def test_by_details_the_credential_has_a_name(
    issued: Any, noon: Story, wallet: Wallet, signed_in: Callable[[Account], Client]
) -> None:
    details = f'[{{"type": "openid_credential", "credential_configuration_id": "{KIND}"}}]'
    told = allowed(noon, wallet, signed_in, issued.decision, scope=None, authorization_details=details)
    (one,) = wallet.exchange(told["code"][0], VERIFIER).body["authorization_details"]
    (name,) = one["credential_identifiers"]
    assert wallet.ask(KIND, credential_configuration_id=None, credential_identifier="x").error == (
        "unknown_credential_identifier"
    )
    assert wallet.ask(KIND, credential_configuration_id=None, credential_identifier=name).status == 200


def test_the_learner_says_no(issued: Any, noon: Story, wallet: Wallet, signed_in: Callable[[Account], Client]) -> None:
    uri = wallet.push(KIND, VERIFIER).body["request_uri"]
    page = f"/wallet/authorise?client_id={quote(wallet.client)}&request_uri={quote(uri)}"
    answer = signed_in(noon.accounts["Alba"]).post(page, {"no": "no"})
    assert parse_qs(urlsplit(answer["Location"]).query)["error"] == ["access_denied"]


@pytest.mark.parametrize(
    ("instead", "error"),
    [
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"response_type": "token"}, "invalid_request"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"scope": "recognised-unit award"}, "invalid_scope"),
        ({"request_uri": "https://elsewhere.example/x"}, "invalid_request"),
        ({"redirect_uri": "javascript:alert(1)"}, "invalid_request"),
        ({"redirect_uri": "http://elsewhere.example/"}, "invalid_request"),
        ({"redirect_uri": "https://a:b@elsewhere.example/"}, "invalid_request"),
        ({"redirect_uri": "https://elsewhere.example/#x"}, "invalid_request"),
        ({"authorization_details": "[1]"}, "invalid_request"),
        ({"proof": "nonsense"}, "invalid_dpop_proof"),
    ],
)
def test_what_a_wallet_may_not_ask(noon: Story, wallet: Wallet, instead: dict[str, Any], error: str) -> None:
    answer = wallet.push(KIND, VERIFIER, **instead)
    assert (answer.status, answer.error) == (400, error)


def test_a_stolen_code_is_worth_nothing(
    issued: Any, noon: Story, wallet: Wallet, signed_in: Callable[[Account], Client]
) -> None:
    thief = Wallet(settings.SITE)
    told = allowed(noon, wallet, signed_in, issued.decision)
    assert thief.exchange(told["code"][0], VERIFIER).error == "invalid_grant", "bound to the key that pushed"
    for instead in ({"code_verifier": "w" * 64}, {"client_id": "https://other.example"}, {"redirect_uri": "x:y"}):
        told = allowed(noon, wallet, signed_in, issued.decision)
        assert wallet.exchange(told["code"][0], VERIFIER, **instead).error == "invalid_grant"
        assert wallet.exchange(told["code"][0], VERIFIER).error == "invalid_grant", "a code is tried once"
    told = allowed(noon, wallet, signed_in, issued.decision)
    with clock.fixed(clock.now() + timedelta(minutes=2)):
        assert wallet.exchange(told["code"][0], VERIFIER).error == "invalid_grant"


# ----------------------------------------------------------------- statement 24: everything is used once


def test_24_a_code_is_used_once_and_a_second_time_takes_the_token_with_it(
    issued: Any, noon: Story, wallet: Wallet
) -> None:
    made = offered(noon, issued.decision)
    code = wallet.read(made.link).code
    assert wallet.redeem(code, made.transaction_code).status == 200
    stolen = Wallet(settings.SITE)
    assert stolen.redeem(code, made.transaction_code).error == "invalid_grant"
    assert wallet.ask(KIND).error == "invalid_token"
    assert wallet.kept == []


def test_24_a_transaction_code_is_not_guessed(issued: Any, noon: Story, wallet: Wallet) -> None:
    made = offered(noon, issued.decision)
    code = wallet.read(made.link).code
    wrong = "000000" if made.transaction_code != "000000" else "111111"
    assert [wallet.redeem(code, wrong).error for _ in range(offers.TRIES)] == ["invalid_grant"] * offers.TRIES
    assert wallet.redeem(code, made.transaction_code).error == "invalid_grant", "now it is too late for the right one"


def test_24_a_transaction_code_may_be_mistyped(issued: Any, noon: Story, wallet: Wallet) -> None:
    made = offered(noon, issued.decision)
    code = wallet.read(made.link).code
    assert wallet.redeem(code, "").error == "invalid_grant"
    assert wallet.redeem(code, made.transaction_code).status == 200


def test_24_a_replayed_proof_of_a_key_is_refused(issued: Any, noon: Story, wallet: Wallet) -> None:
    redeemed(wallet, noon, issued.decision)
    proof = wallet.key_proof(wallet.holders[0], wallet.nonce())
    assert wallet.ask(KIND, proof).status == 200
    assert wallet.ask(KIND, proof).error == "invalid_nonce"
    again = wallet.key_proof(new_key(), wallet.nonce())
    assert wallet.ask(KIND, again, again).error == "invalid_proof", "two proofs of one key"


def test_24_a_nonce_expires_and_is_nobodys_invention(issued: Any, noon: Story, wallet: Wallet) -> None:
    redeemed(wallet, noon, issued.decision)
    assert wallet.ask(KIND, wallet.key_proof(wallet.holders[0], "made up")).error == "invalid_nonce"
    nonce = wallet.nonce()
    with clock.fixed(clock.now() + timedelta(minutes=6)):
        assert wallet.ask(KIND, wallet.key_proof(wallet.holders[0], nonce)).error == "invalid_nonce"


def test_24_a_replayed_dpop_proof_is_refused(issued: Any, noon: Story, wallet: Wallet) -> None:
    redeemed(wallet, noon, issued.decision)
    proof = wallet.proof(wallet.metadata()[0].credential_endpoint, token=wallet.token)
    assert wallet.ask(KIND, proof=proof).status == 200
    answer = wallet.ask(KIND, proof=proof)
    assert answer.error == "invalid_dpop_proof"
    assert answer.headers["WWW-Authenticate"].startswith("DPoP ")


def test_a_token_is_worth_nothing_with_another_key(issued: Any, noon: Story, wallet: Wallet) -> None:
    redeemed(wallet, noon, issued.decision)
    thief = Wallet(settings.SITE)
    assert thief.ask(KIND, token=wallet.token).error == "invalid_token"
    url = wallet.metadata()[0].credential_endpoint
    for proof in (
        "", wallet.proof(url), wallet.proof(url, token="another"), wallet.proof(f"{url}x", token=wallet.token),
        wallet.proof(url, token=wallet.token, htm="GET"), wallet.proof(url, token=wallet.token, iat=1),
        wallet.proof(url, token=wallet.token)[:-4] + "AAAA",
    ):  # fmt: skip
        assert wallet.ask(KIND, proof=proof).error == "invalid_dpop_proof"
    with clock.fixed(clock.now() + timedelta(minutes=11)):
        assert wallet.ask(KIND).error == "invalid_token"


@pytest.mark.parametrize(
    ("instead", "error"),
    [
        ({"aud": "https://other.example"}, "invalid_proof"),
        ({"aud": None}, "invalid_proof"),
        ({"nonce": None}, "invalid_proof"),
        ({"iat": 1}, "invalid_proof"),
        ({"iat": 4_000_000_000}, "invalid_proof"),
        ({"iss": "https://other.example"}, "invalid_proof"),
    ],
)
def test_a_proof_for_somebody_else_or_another_time_is_refused(
    issued: Any, noon: Story, wallet: Wallet, instead: dict[str, Any], error: str
) -> None:
    redeemed(wallet, noon, issued.decision)
    assert wallet.ask(KIND, wallet.key_proof(wallet.holders[0], wallet.nonce(), **instead)).error == error
    assert wallet.kept == []


@pytest.mark.parametrize(
    ("instead", "error"),
    [
        ({"credential_configuration_id": "award"}, "unknown_credential_configuration"),
        ({"credential_configuration_id": None}, "invalid_credential_request"),
        ({"credential_identifier": "x"}, "invalid_credential_request"),
        ({"proofs": None}, "invalid_credential_request"),
        ({"proofs": {"jwt": []}}, "invalid_credential_request"),
        ({"proofs": {"jwt": ["x"] * 11}}, "invalid_credential_request"),
        ({"proofs": {"ldp_vp": ["x"]}}, "invalid_credential_request"),
        ({"proofs": {"jwt": ["a.b.c"]}}, "invalid_proof"),
        ({"credential_response_encryption": {}}, "invalid_encryption_parameters"),
    ],
)
def test_requests_that_are_not_right_are_refused_by_their_names(
    issued: Any, noon: Story, wallet: Wallet, instead: dict[str, Any], error: str
) -> None:
    redeemed(wallet, noon, issued.decision)
    assert wallet.ask(KIND, **instead).error == error


def test_11_nothing_that_a_wallet_names_is_fetched(
    issued: Any, noon: Story, wallet: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys, requests and metadata come with the message or not at all; addresses in it are never asked."""
    import socket

    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("somebody called"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("somebody looked up a name"))
    inward = "http://169.254.169.254/"
    assert wallet.push(KIND, VERIFIER, request_uri=inward).error == "invalid_request"
    assert wallet.push(KIND, VERIFIER, client_id=inward, jwks_uri=inward, client_metadata_uri=inward).status == 201
    redeemed(wallet, noon, issued.decision)
    assert wallet.ask(KIND).status == 200


def test_unknown_grants_offers_and_notifications(issued: Any, noon: Story, wallet: Wallet) -> None:
    assert wallet.redeem("x", "000000").error == "invalid_grant"
    assert wallet.exchange("x", VERIFIER).error == "invalid_grant"
    assert wallet.exchange("x", VERIFIER, grant_type="password").error == "unsupported_grant_type"
    assert wallet.get(f"{settings.SITE}/wallet/offers/unknown").error == "invalid_grant"
    redeemed(wallet, noon, issued.decision)
    assert wallet.notify("unknown").error == "invalid_notification_id"
    assert wallet.notify("unknown", "credential_burned").error == "invalid_notification_request"
    assert wallet.http.get("/wallet/token").status_code == 405
    assert wallet.http.options("/wallet/token")["Access-Control-Allow-Methods"] == "POST"


def test_the_learner_sees_what_she_can_take_and_what_was_taken(
    issued: Any, noon: Story, wallet: Wallet, signed_in: Callable[[Account], Client]
) -> None:
    browser = signed_in(noon.accounts["Alba"])
    assert "Put into your wallet" in browser.get("/wallet/").content.decode()
    page = browser.post(f"/wallet/offer/{issued.decision}").content.decode()
    assert "openid-credential-offer://?credential_offer_uri=" in page
    redeemed(wallet, noon, issued.decision)
    wallet.ask(KIND)
    assert "Handed over" in browser.get("/wallet/").content.decode()
    made = browser.post(f"/api/v1/wallet/offers/{issued.decision}").json()
    assert wallet.redeem(wallet.read(made["link"]).code, made["transaction_code"]).status == 200
