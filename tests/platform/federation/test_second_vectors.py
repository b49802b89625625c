"""Every vector of docs/integrate/vectors/network, reproduced by the second implementation; and that it stands alone."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from simulators.another import BLOCKED, alone
from simulators.second import forms, messages, requests, rules
from simulators.second.forms import ProblemError
from simulators.second.threads import may_carry

VECTORS = Path(__file__).parents[3] / "docs" / "integrate" / "vectors" / "network"


def vectors(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


SEEDS = {name: bytes.fromhex(one["seed"]) for name, one in vectors("keys").items()}
KEYS = {one["jwk"]["kid"]: forms.public_key(one["jwk"]["x"]) for one in vectors("keys").values()}
AT = int(datetime(2026, 3, 2, 9, 30, tzinfo=UTC).timestamp())
MESSAGES, STATEMENTS, REQUESTS, SMALL = (vectors(one) for one in ("messages", "statements", "requests", "small"))


def private(name: str) -> Any:
    return forms.Ed25519PrivateKey.from_private_bytes(SEEDS[name.partition("#")[0]])


def test_it_stands_alone() -> None:
    """In a process in which nothing of the project can be imported, everything of it is imported and runs."""
    code = (
        "import second.__main__, sys, json; from importlib import import_module\n"
        f"refused = []\nfor name in {BLOCKED!r}:\n"
        "    try: import_module(name)\n"
        "    except ImportError: refused.append(name)\n"
        "print(json.dumps([refused, sorted({one.partition('.')[0] for one in sys.modules})]))"
    )
    out, _ = alone(code).communicate(timeout=60)
    refused, loaded = json.loads(out)
    assert refused == list(BLOCKED)
    assert not set(BLOCKED) & set(loaded)
    assert {"second", "cryptography"} <= set(loaded)


# ------------------------------------------------------------- keys and small things
@pytest.mark.parametrize("name", SEEDS)
def test_keys(name: str) -> None:
    said = vectors("keys")[name]["jwk"]
    assert forms.jwk(private(name).public_key(), f"{name}#1") == said


def test_the_short_code() -> None:
    one, other = (forms.unb64(each) for each in SMALL["short_code"]["keys"])
    assert rules.short_code(one, other) == rules.short_code(other, one) == SMALL["short_code"]["code"]


def test_states() -> None:
    found = {thread: rules.state_of(contents) for thread, contents in SMALL["states"]["contents"].items()}
    assert found == SMALL["states"]["states"]
    assert rules.head_of(found) == SMALL["states"]["head"]


@pytest.mark.parametrize("one", SMALL["waits"], ids=lambda one: one["attempts"])
def test_waits(one: dict[str, int]) -> None:
    assert int(rules.wait(one["attempts"], 0)) == one["least_seconds"]
    assert int(rules.wait(one["attempts"], 0.999)) == one["most_seconds"]


@pytest.mark.parametrize(("address", "asked"), SMALL["addresses"]["asked"].items())
def test_addresses(address: str, asked: bool) -> None:
    assert rules.may_ask(address, SMALL["addresses"]["of"]) is asked


@pytest.mark.parametrize(("address", "public"), SMALL["ip_addresses"].items())
def test_ip_addresses(address: str, public: bool) -> None:
    assert rules.is_public(address) is public


@pytest.mark.parametrize("one", SMALL["policies"], ids=str)
def test_policies(one: dict[str, Any]) -> None:
    if "code" in one:
        with pytest.raises(ProblemError) as raised:
            rules.merged(one["above"], one["below"])
        assert raised.value.code == one["code"]
        assert raised.value.facts["parameter"] == one["problem"]["facts"]["parameter"]
        assert raised.value.status == one["problem"]["status"]
        return
    made = rules.merged(one["above"], one["below"])
    assert made == one["merged"]
    assert rules.applied(made, one["metadata"]) == one["resolved"]


# ------------------------------------------------------------- messages, records, signatures
@pytest.mark.parametrize("name", MESSAGES["valid"])
def test_messages(name: str) -> None:
    one = MESSAGES["valid"][name]
    message = messages.read_message(one["message"])
    data = forms.canonical(message)
    assert (len(data), forms.address_of(data)) == (one["canonical_bytes"], one["digest"])
    records = [forms.unb64(each) for each in message.get("objects", ())]
    assert [[forms.address_of(each), each.decode()] for each in records] == [
        [each["address"], each["canonical"]] for each in one["records"]
    ]
    signed = [forms.unb64(each) for each in message.get("signatures", ())]
    assert [messages.check_signature(each, KEYS)[0] for each in signed] == one["signatures"]
    for data, said in zip(signed, one["signatures"], strict=True):  # made anew, byte for byte
        statement, kid = messages.check_signature(data, KEYS)
        bare = {member: each for member, each in statement.items() if member != "jws"}
        assert messages.sign_record(bare, private(kid), kid) == forms.canonical(said)
    messages.check_persons(message, may_carry(message))


@pytest.mark.parametrize("name", MESSAGES["refused"])
def test_messages_refused(name: str) -> None:
    with pytest.raises(ProblemError) as raised:
        messages.read_message(MESSAGES["refused"][name]["message"])
    assert raised.value.code == MESSAGES["refused"][name]["code"]


@pytest.mark.parametrize("name", MESSAGES["records_refused"])
def test_records_refused(name: str) -> None:
    with pytest.raises(ProblemError) as raised:
        messages.read_record(MESSAGES["records_refused"][name]["bytes"].encode())
    assert raised.value.code == MESSAGES["records_refused"][name]["code"]


@pytest.mark.parametrize(("body", "code"), MESSAGES["batches_refused"].items())
def test_batches_refused(body: str, code: str) -> None:
    with pytest.raises(ProblemError) as raised:
        messages.read_batch(body.encode())
    assert raised.value.code == code


def test_a_message_that_ends_in_the_middle() -> None:
    with pytest.raises(ProblemError) as raised:
        messages.message_of(MESSAGES["truncated"]["bytes"].encode())
    assert raised.value.code == MESSAGES["truncated"]["code"]


def test_the_person() -> None:
    one = MESSAGES["person"]
    assert forms.person_ref(bytes.fromhex(one["salt"]), one["person"]) == one["ref"]


# ------------------------------------------------------------- tokens
@pytest.mark.parametrize("name", STATEMENTS["valid"])
def test_tokens(name: str) -> None:
    one = STATEMENTS["valid"][name]
    header, claims = forms.read_token(one["token"], one["header"]["typ"])
    assert (header, claims) == (one["header"], one["claims"])
    assert forms.check_token(one["token"], header["typ"], KEYS, issuer=claims["iss"]) == claims


@pytest.mark.parametrize("name", STATEMENTS["refused"])
def test_tokens_refused(name: str) -> None:
    one = STATEMENTS["refused"][name]
    with pytest.raises(ProblemError) as raised:
        forms.check_token(one["token"], one["typ"], KEYS, at=moment(one["at"]), issuer=one["of"])
    assert raised.value.code == one["code"]


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


# ------------------------------------------------------------- requests
def asked(one: dict[str, Any], *, known: Any = KEYS) -> str:
    return requests.check_request(
        one["method"], one["target"], [(name, value) for name, value in one["fields"]], one["body"].encode(),
        at=AT + one.get("received_after_seconds", 0), key_of=known.get,
        seen=lambda keyid, nonce: one.get("nonce_seen", False),
    )  # fmt: skip


@pytest.mark.parametrize("one", REQUESTS["valid"], ids=lambda one: one["method"])
def test_requests(one: dict[str, Any]) -> None:
    assert moment(REQUESTS["at"]) == AT
    params, covered, read, _ = requests.signed_as([(name, value) for name, value in one["fields"]])
    base = requests.signature_base(one["method"], one["target"], dict(one["fields"]), covered, params)
    assert base.split("\n") == one["signature_base"]
    kid = asked(one)
    made = requests.sign_request(
        one["method"], one["target"], one["body"].encode(), private(kid), kid, at=AT, nonce=read["nonce"]
    )  # fmt: skip
    assert made == dict(one["fields"])


@pytest.mark.parametrize("name", REQUESTS["refused"])
def test_requests_refused(name: str) -> None:
    one = REQUESTS["refused"][name]
    known = {kid: key for kid, key in KEYS.items() if kid in one.get("known", KEYS)}
    with pytest.raises(ProblemError) as raised:
        asked(one, known=known)
    assert raised.value.code == one["code"]
