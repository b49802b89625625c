"""Signing in by OpenID Connect with a provider of our own: the right way, and the attacks that checks stand against."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people.actions import providers
from ecvet_platform.people.errors import ProvidersUnreadable
from ecvet_platform.people.providers import Provider, read
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account, proofs
from simulators.internet import FakeInternet
from simulators.provider import OpenIDProvider

pytestmark = pytest.mark.django_db()
People = Callable[..., Account]
SCHOOL, OTHER = "https://login.school.example", "https://login.other.example"
VERIFIED = {"email": "Bruno@Example.org", "email_verified": True}


@pytest.fixture
def there(settings: Any) -> OpenIDProvider:
    """A school's provider, and another one, in an internet where nobody else is."""
    provider = OpenIDProvider(issuer=SCHOOL)
    settings.INTERNET = FakeInternet({SCHOOL: provider, OTHER: OpenIDProvider(issuer=OTHER)})
    settings.PROVIDERS = tuple(
        Provider(name=name, title=f"{name.title()} account", issuer=issuer, client_id="ecvet",
                 client_secret="a secret", domains=frozenset({"example.org"}), second_factor=frozenset({"mfa"}))
        for name, issuer in (("school", SCHOOL), ("other", OTHER))
    )  # fmt: skip
    providers.cache.clear()
    return provider


@pytest.fixture
def bruno(person: People) -> Account:
    return person("Bruno", Role.COORDINATOR)


def go(client: Client, name: str = "school", **query: str) -> str:
    answer = client.get(f"/sign-in/with/{name}", query)
    assert answer.status_code == 302
    return str(answer["Location"])


def come(client: Client, there: OpenIDProvider, **person: Any) -> Any:
    return client.get(there.visit(go(client), **person))


def is_in(client: Client) -> bool:
    return b"Sign out" in client.get("/").content


# ------------------------------------------------------------- the right way
def test_a_verified_address_signs_in_and_is_known_by_its_subject_afterwards(bruno: Account, there: OpenIDProvider):
    client = Client()
    assert "Sign in with School account" in client.get("/sign-in").content.decode()
    answer = client.get(there.visit(go(client, next="/you/"), **VERIFIED))
    assert (answer.status_code, answer["Location"]) == (302, "/you/")
    assert "School account" in client.get("/you/").content.decode()
    again = Client()
    assert come(again, there, email="new@elsewhere.example").status_code == 302
    assert is_in(again)
    told = [(one.verb, one.details) for one in journal.read() if one.verb in ("person.sign-in", "person.tie-provider")]
    assert told[0] == ("person.tie-provider", {"provider": "school"})
    assert told[1] == ("person.sign-in", {"by": "provider", "proved": False})
    assert len(told) == 3


def test_the_question_carries_what_must_come_back(there: OpenIDProvider):
    asked = parse_qs(urlsplit(go(Client())).query)
    assert asked["redirect_uri"] == ["http://testserver/sign-in/with/school/back"]
    assert asked["scope"] == ["openid email"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert asked["state"] != asked["nonce"]


@pytest.mark.parametrize(
    "said",
    [
        {"email": "bruno@example.org"},
        {"email": "bruno@example.org", "email_verified": False},
        {"email": "bruno@example.org", "email_verified": "true"},
        {"email": "bruno@example.org", "email_verified": 1},
        {"email": ["bruno@example.org"], "email_verified": True},
        {"email": "nobody@example.org", "email_verified": True},
        {},
    ],
)
def test_an_address_that_is_not_verified_finds_nobody(bruno: Account, there: OpenIDProvider, said: dict[str, Any]):
    client = Client()
    answer = come(client, there, **said)
    assert answer.status_code == 403
    assert "there is no account here" in answer.content.decode()
    assert not is_in(client)
    assert proofs.subjects(bruno.id) == ()


def test_a_provider_vouches_only_for_its_own_domains(person: People, there: OpenIDProvider):
    from ecvet_platform.people import actions

    actions.register(email="minister@ministry.example", name="Minister")
    answer = come(Client(), there, email="minister@ministry.example", email_verified=True)
    assert answer.status_code == 403


def test_details_come_from_userinfo_where_the_token_has_none(bruno: Account, there: OpenIDProvider):
    there.details = {"sub": "person-1", **VERIFIED}
    client = Client()
    assert come(client, there).status_code == 302
    there.details = {"sub": "person-2", **VERIFIED}
    assert come(Client(), there, sub="person-3").status_code == 403


def test_a_second_factor_there_counts_only_as_it_was_agreed(bruno: Account, there: OpenIDProvider):
    for acr, proved in (("mfa", True), ("password", False)):
        come(Client(), there, acr=acr, **VERIFIED)
        assert journal.read()[-1].details["proved"] is proved


def test_who_has_an_app_is_asked_for_its_code_after_the_provider_too(bruno: Account, there: OpenIDProvider):
    from ecvet_platform.people import totp
    from ecvet_platform.people.actions import codes

    step = int(clock.now().timestamp()) // 30
    secret = codes.begin(bruno)
    codes.confirm(bruno, totp.code_at(secret, step), address="")
    client = Client()
    assert come(client, there, **VERIFIED)["Location"].startswith("/sign-in/code")
    assert not is_in(client)
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        code = totp.code_at(secret, int(clock.now().timestamp()) // 30)
        assert client.post("/sign-in/code", {"code": code}).status_code == 302


def test_a_signed_in_person_connects_and_disconnects(
    bruno: Account, there: OpenIDProvider, signed_in: Callable[[Account], Client], person: People
):
    client = signed_in(bruno)
    assert come(client, there, email="private@elsewhere.example")["Location"] == "/you/"
    (known,) = proofs.subjects(bruno.id)
    stranger = signed_in(person("Erik"))
    assert come(stranger, there).status_code == 409
    assert stranger.post(f"/you/providers/{known.id}/remove").status_code == 404
    assert client.post(f"/you/providers/{known.id}/remove").status_code == 302
    assert proofs.subjects(bruno.id) == ()


def test_signing_out_offers_to_sign_out_there_too(bruno: Account, there: OpenIDProvider):
    client = Client()
    come(client, there, **VERIFIED)
    page = client.post("/sign-out").content.decode()
    assert f"{SCHOOL}/logout?client_id=ecvet" in page
    assert "id_token_hint=" in page
    assert not is_in(client)


# ------------------------------------------------------------- attacks
@pytest.mark.parametrize(
    ("lie", "why"),
    [
        ({"iss": OTHER}, "another issuer"),
        ({"iss": f"{SCHOOL}/"}, "another issuer"),
        ({"aud": "somebody-else"}, "meant for somebody else"),
        ({"aud": ["ecvet", "another"]}, "for whom it was made"),
        ({"aud": ["ecvet", "another"], "azp": "another"}, "meant for somebody else"),
        ({"azp": "another"}, "meant for somebody else"),
        ({"nonce": "of another session"}, "another question"),
        ({"nonce": ""}, "another question"),
        ({"exp": 1}, "expired"),
        ({"exp": "tomorrow"}, "expired"),
        ({"iat": 1}, "not made now"),
        ({"iat": 9_999_999_999}, "not made now"),
        ({"nbf": 9_999_999_999}, "not valid yet"),
        ({"sub": ""}, "who came"),
        ({"sub": 7}, "who came"),
    ],
)
def test_a_token_that_lies_is_refused(bruno: Account, there: OpenIDProvider, lie: dict[str, Any], why: str):
    there.lie = lambda claims: {**claims, **lie}
    client = Client()
    answer = come(client, there, **VERIFIED)
    assert answer.status_code == 403
    assert why in answer.content.decode()
    assert not is_in(client)


def test_a_token_signed_by_nobody_or_by_another_key_is_refused(bruno: Account, there: OpenIDProvider):
    there.header = {"alg": "none"}
    assert "signature" in come(Client(), there, **VERIFIED).content.decode()
    there.header, there.signs = {"alg": "HS256"}, b"a secret that the client shares with the provider"
    assert "signature" in come(Client(), there, **VERIFIED).content.decode()
    there.header, there.signs = {}, OpenIDProvider().key
    assert "signature" in come(Client(), there, **VERIFIED).content.decode()


def test_the_answer_of_another_provider_is_refused(bruno: Account, there: OpenIDProvider):
    """Mix-up (RFC 9700, 4.4): the issuer of the answer, and the address to which it came back, must fit."""
    client = Client()
    back = there.visit(go(client), **VERIFIED)
    assert client.get(back.replace("/school/", "/other/")).status_code == 403
    there.says_issuer = OTHER
    assert "another issuer" in come(Client(), there, **VERIFIED).content.decode()
    client = Client()
    back = there.visit(go(client), **VERIFIED)
    assert client.get(back.partition("&iss=")[0]).status_code == 403, "it says that it names itself, and does not"


def test_a_state_works_once_in_the_session_that_asked(bruno: Account, there: OpenIDProvider):
    mine, stranger = Client(), Client()
    back = there.visit(go(mine), **VERIFIED)
    assert stranger.get(back).status_code == 403, "signing a stranger in as somebody else (login CSRF)"
    assert mine.get(back).status_code == 302
    mine.post("/sign-out")
    assert mine.get(back).status_code == 403


def test_a_code_of_another_session_is_refused(bruno: Account, there: OpenIDProvider):
    """PKCE: a code that was taken from one person's browser is worth nothing in another's."""
    victim, thief = Client(), Client()
    stolen = parse_qs(urlsplit(there.visit(go(victim), **VERIFIED)).query)["code"][0]
    own = there.visit(go(thief), sub="thief")
    mine = parse_qs(urlsplit(own).query)["code"][0]
    answer = thief.get(own.replace(mine, stolen))
    assert "not accepted" in answer.content.decode()
    assert not is_in(thief)


def test_an_answer_after_ten_minutes_or_with_an_error_is_refused(bruno: Account, there: OpenIDProvider):
    client = Client()
    back = there.visit(go(client), **VERIFIED)
    with clock.fixed(clock.now() + timedelta(minutes=11)):
        assert client.get(back).status_code == 403
    state = parse_qs(urlsplit(go(client)).query)["state"][0]
    refused = client.get("/sign-in/with/school/back", {"error": "access_denied", "state": state, "iss": SCHOOL})
    assert "nobody was signed in" in refused.content.decode()


def test_a_description_of_another_issuer_is_not_believed(there: OpenIDProvider):
    there.described_as = OTHER
    assert Client().get("/sign-in/with/school").status_code == 502


# ------------------------------------------------------------- keys and addresses
def test_keys_are_kept_and_fetched_anew_when_the_provider_turns_them(
    bruno: Account, there: OpenIDProvider, settings: Any
):
    def fetched() -> int:
        return sum(url.endswith("/keys") for _, url in settings.INTERNET.asked)

    now = clock.now()
    for _ in range(3):
        assert come(Client(), there, **VERIFIED).status_code == 302
    assert fetched() == 1
    there.turn_key("second")
    assert come(Client(), there, **VERIFIED).status_code == 403, "not more often than once a minute"
    with clock.fixed(now + timedelta(minutes=2)):
        assert come(Client(), there, **VERIFIED).status_code == 302
    assert fetched() == 2


def test_a_provider_that_is_away_or_unknown_says_so(there: OpenIDProvider, settings: Any):
    assert Client().get("/sign-in/with/nobody").status_code == 404
    settings.INTERNET = FakeInternet()
    answer = Client().get("/sign-in/with/school")
    assert answer.status_code == 502
    assert "link by e-mail" in answer.content.decode()


# ------------------------------------------------------------- the operator's file
GOOD = '[[provider]]\nname = "school"\ntitle = "School"\nissuer = "https://a.example"\nclient_id = "x"\n'


def test_the_operators_file_is_read(tmp_path: Path):
    (tmp_path / "secret").write_text("hidden\n")
    text = f'{GOOD}client_secret_file = "{tmp_path}/secret"\ndomains = ["Example.org"]\n'
    (found,) = read(text, tmp_path)
    assert (found.client_secret, found.domains, found.scopes) == ("hidden", {"example.org"}, ("openid", "email"))
    assert not Provider(name="a", title="a", issuer="a", client_id="a").vouches_for("bruno@example.org")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("= nonsense", "not TOML"),
        ("[other]\na = 1", "something else"),
        (GOOD + GOOD, "the same name"),
        (GOOD.replace('client_id = "x"\n', ""), "client_id is missing"),
        (GOOD + "colour = 1\n", "colour is unknown"),
        (GOOD.replace("https://", "http://"), "https"),
        (GOOD.replace('"school"', '"The School"'), "small letters"),
        (GOOD + 'scopes = ["email"]\n', "openid"),
        (GOOD + 'domains = "example.org"\n', "lists"),
        (GOOD + "client_secret = 7\n", "not a text"),
        (GOOD + 'client_secret_file = "/nowhere/at/all"\n', "cannot be opened"),
    ],
)
def test_a_file_that_says_nothing_usable_is_refused_with_the_place(text: str, why: str):
    with pytest.raises(ProvidersUnreadable) as caught:
        read(text, Path("sign-in.toml"))
    assert why in str(caught.value)
    assert "sign-in.toml" in str(caught.value)
