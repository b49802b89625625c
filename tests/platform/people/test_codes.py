"""Codes of an authenticator app: set up, used once, counted when wrong; recovery codes; secrets that are sealed."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people import actions, sealing, totp
from ecvet_platform.people.actions import codes
from ecvet_platform.people.errors import SealBroken
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account, proofs

pytestmark = pytest.mark.django_db()
People = Callable[..., Account]
START = datetime(2026, 11, 30, 9, 0, 10, tzinfo=UTC)


class Hour:
    """The hour, which the test moves on."""

    def __init__(self) -> None:
        self.at = START

    def later(self, **time: int) -> None:
        self.at += timedelta(**time)
        clock._fixed = self.at


@pytest.fixture
def hour() -> Iterator[Hour]:
    with clock.fixed(START):
        yield Hour()


@pytest.fixture
def bruno(person: People, hour: Hour) -> Account:
    return person("Bruno", Role.COORDINATOR)


def step() -> int:
    return int(clock.now().timestamp()) // totp.STEP


def half(account: Account, **headers: str) -> Client:
    """A browser whose person has pressed the link and is asked for the code."""
    client = Client(headers=headers)
    answer = client.post(f"/sign-in/{actions.new_link(account)}")
    assert answer["Location"].startswith("/sign-in/code")
    return client


@pytest.fixture
def secret(bruno: Account, hour: Hour, signed_in: Callable[[Account], Client]) -> bytes:
    """The secret of Bruno's app, which is in use; half a minute has gone since."""
    client = signed_in(bruno)
    page = client.get("/you/codes").content.decode()
    assert "data:image/png;base64," in page
    found = codes.begin(bruno)
    assert totp.written(found) in page
    answer = client.post("/you/codes", {"code": totp.code_at(found, step())})
    assert "Your recovery codes" in answer.content.decode()
    hour.later(seconds=60)
    return found


def sign_in(client: Client, code: str) -> int:
    return client.post("/sign-in/code", {"code": code}).status_code


def is_in(client: Client) -> bool:
    return b"Sign out" in client.get("/").content


# ------------------------------------------------------------- RFC 6238
@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standard(second: int, code: str):
    """RFC 6238, appendix B, the last six of eight digits."""
    secret = b"12345678901234567890"
    assert totp.code_at(secret, second // 30) == code
    at = datetime.fromtimestamp(second, UTC)
    assert totp.step_of(secret, f"{code[:3]} {code[3:]}", at=at, after=0) == second // 30


def test_a_clock_may_differ_by_half_a_minute_and_not_more():
    secret = b"12345678901234567890"
    at = datetime(2026, 1, 1, tzinfo=UTC)
    here = int(at.timestamp()) // 30
    near = [drift for drift in range(-4, 5) if totp.step_of(secret, totp.code_at(secret, here + drift), at=at, after=0)]
    assert near == [-1, 0, 1]
    for text in ("", "12345", "1234567", "abcdef", "٣٤٥٦٧٨"):
        assert totp.step_of(secret, text, at=at, after=0) is None


# ------------------------------------------------------------- signing in
def test_the_link_alone_no_longer_signs_in_and_the_code_does(bruno: Account, secret: bytes):
    client = half(bruno)
    assert not is_in(client)
    assert sign_in(client, "000000") == 422
    assert not is_in(client)
    assert sign_in(client, totp.code_at(secret, step())) == 302
    assert is_in(client)
    last = journal.read()[-1]
    assert (last.verb, last.details) == ("person.sign-in", {"by": "link", "proved": True})


def test_a_code_is_good_once_and_so_are_those_before_it(bruno: Account, secret: bytes, hour: Hour):
    used = totp.code_at(secret, step())
    assert sign_in(half(bruno), used) == 302
    assert sign_in(half(bruno), used) == 422
    assert sign_in(half(bruno), totp.code_at(secret, step() - 1)) == 422
    hour.later(seconds=30)
    assert sign_in(half(bruno), totp.code_at(secret, step())) == 302


def test_the_second_step_waits_ten_minutes_and_does_not_exist_without_the_first(
    bruno: Account, secret: bytes, hour: Hour
):
    assert Client().get("/sign-in/code").status_code == 410
    client = half(bruno)
    hour.later(minutes=11)
    assert sign_in(client, totp.code_at(secret, step())) == 410


def test_wrong_codes_make_the_account_wait_longer_each_time(bruno: Account, secret: bytes, hour: Hour):
    client = half(bruno)
    for _ in range(5):
        assert sign_in(client, "000000") == 422
    right = totp.code_at(secret, step())
    answer = client.post("/sign-in/code", {"code": right})
    assert "Nothing can be tried for 1 minutes" in answer.content.decode()
    assert not is_in(client)
    hour.later(seconds=31)
    assert sign_in(client, "000000") == 422
    hour.later(seconds=31)
    assert "for 1 minutes" in client.post("/sign-in/code", {"code": "000000"}).content.decode(), "now it is a minute"
    hour.later(seconds=31)
    assert sign_in(client, totp.code_at(secret, step())) == 302
    fails = [one for one in journal.read() if one.verb == "person.fail"]
    assert len(fails) == 6
    assert {one.detail for one in fails} == {'{"by":"code"}'}


def test_one_address_cannot_try_many_accounts(person: People, hour: Hour):
    people = [person(f"P{n}") for n in range(8)]
    for one in people:
        codes.begin(one)
        codes.confirm(one, totp.code_at(codes.begin(one), step()), address="10.0.0.1")
    hour.later(seconds=60)
    for one in people:
        client = half(one, x_forwarded_for="203.0.113.5")
        for _ in range(4):
            client.post("/sign-in/code", {"code": "000000"})
    last = half(people[7], x_forwarded_for="198.51.100.1, 203.0.113.5").post("/sign-in/code", {"code": "000000"})
    assert "Too many codes were wrong" in last.content.decode()
    elsewhere = half(people[7], x_forwarded_for="203.0.113.6").post("/sign-in/code", {"code": "000000"})
    assert "This code is not right" in elsewhere.content.decode()


def test_known_and_unknown_accounts_and_those_with_a_code_look_alike(bruno: Account, secret: bytes):
    answers = [Client().post("/sign-in", {"email": one}).content.decode() for one in (bruno.email, "no@example.org")]
    clean = [re.sub(r'value="[A-Za-z0-9]{64}"|\S+@example.org', "", one) for one in answers]
    assert clean[0] == clean[1]


# ------------------------------------------------------------- recovery
def recovery_of(account: Account) -> tuple[str, ...]:
    return codes.new_recovery(account)


def test_recovery_codes_work_once_each_however_they_are_typed(bruno: Account, secret: bytes):
    ten = recovery_of(bruno)
    assert len(set(ten)) == 10
    assert sign_in(half(bruno), ten[0]) == 302
    assert sign_in(half(bruno), ten[0]) == 422
    assert sign_in(half(bruno), f" {ten[1].replace('-', '').lower()} ") == 302
    assert codes.recovery_left(bruno) == 8
    recovery_of(bruno)
    assert sign_in(half(bruno), ten[2]) == 422, "new ones take the place of the old ones"


def test_neither_secrets_nor_recovery_codes_stand_in_the_database(bruno: Account, secret: bytes):
    from ecvet_platform.people.models import CodeKey, RecoveryCode

    (code, *_) = recovery_of(bruno)
    kept = [*CodeKey.objects.values_list("sealed", flat=True), *RecoveryCode.objects.values_list("hash", flat=True)]
    told = " ".join([*kept, *(entry.detail for entry in journal.read())])
    for text in (totp.written(secret), totp.written(secret).replace(" ", ""), code, code.replace("-", "")):
        assert text not in told


def test_a_seal_opens_with_the_secret_before_and_for_its_person_only(settings):
    sealed = sealing.seal(b"secret", "codes of one")
    with pytest.raises(SealBroken):
        sealing.unseal(sealed, "codes of another")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 40, [settings.SECRET_KEY]
    assert sealing.unseal(sealed, "codes of one") == b"secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(SealBroken):
        sealing.unseal(sealed, "codes of one")


# ------------------------------------------------------------- setting up and away
def test_an_app_is_in_use_only_after_its_first_code(bruno: Account, signed_in: Callable[[Account], Client]):
    client = signed_in(bruno)
    client.get("/you/codes")
    refused = client.post("/you/codes", {"code": "000000"})
    assert refused.status_code == 422
    assert b'href="#id_code"' in refused.content
    assert not codes.ways(bruno).code
    first = codes.begin(bruno)
    assert codes.begin(bruno) == first, "the picture stays the same until it is confirmed"
    assert signed_in(bruno).get("/you/").status_code == 200


def test_removing_the_app_needs_a_fresh_proof_and_is_told(
    bruno: Account, secret: bytes, hour: Hour, django_capture_on_commit_callbacks, mailoutbox
):
    client = half(bruno)
    sign_in(client, totp.code_at(secret, step()))
    hour.later(minutes=16)
    held = client.post("/you/codes/remove")
    assert held.status_code == 403
    assert "Confirm that it is you" in held.content.decode()
    assert codes.ways(bruno).code
    proof = {"ecvet-to": "/you/codes/remove", "ecvet-again": "1", "ecvet-code": totp.code_at(secret, step())}
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/confirm", proof, follow=True)
    assert not codes.ways(bruno).code
    assert proofs.recovery_left(bruno.id) == 0
    assert "was removed" in mailoutbox[-1].body
    assert journal.read()[-1].verb == "person.remove-codes"
