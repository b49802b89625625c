"""Who calls: signed requests, and everything that is not one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.federation.samples import AT, KEYS, LYON, NONCE, TURIN, key_of
from ecvet.errors import EcvetError
from ecvet.federation.errors import (
    CallerUnknown,
    ContentChanged,
    RequestForged,
    RequestNotSigned,
    RequestOutOfTime,
    RequestReplayed,
)
from ecvet.federation.transport import Request, caller_named, check, digest, sign
from ecvet.record import VerificationKey

INBOX = f"{LYON}/x/v1/inbox"
KEY = KEYS[TURIN]
SECOND = timedelta(seconds=1)


def request(**more) -> Request:
    made = Request(method="POST", target=INBOX, fields=(("Content-Type", "application/json"),), body=b'{"messages":[]}')
    return replace(made, **more)


def signed(what: Request | None = None, *, key=KEY, at=AT, **more) -> Request:
    plain = what or request()
    return replace(plain, fields=plain.fields + sign(plain, key, at=at, nonce=NONCE, **more))


def key_named(keyid: str) -> VerificationKey | None:
    return KEY.public if keyid == KEY.kid else None


def judged(item: Request, *, now=AT, seen=False):
    return check(item, key_of=key_named, now=now, seen=lambda *_: seen)


def test_a_signed_request_tells_who_calls():
    caller = judged(signed())
    assert (caller.entity, caller.keyid, caller.nonce) == (TURIN, f"{TURIN}#1", NONCE)
    assert caller_named(signed()) == caller.keyid
    assert caller.forget - AT <= timedelta(minutes=10)


def test_a_request_without_a_body_covers_method_and_address():
    item = signed(Request(method="GET", target=f"{LYON}/x/v1/outbox?after=17"))
    assert [name for name, _ in item.fields] == ["signature-input", "signature"]
    assert judged(item).entity == TURIN


def test_another_signature_on_the_same_request_does_not_disturb():
    proxy = (("Signature-Input", 'proxy=("@authority");tag="somebody"'), ("Signature", "proxy=:AAAA:"))
    item = signed()
    assert judged(replace(item, fields=item.fields + proxy)).entity == TURIN


def changed(item: Request, name: str, old: str, new: str) -> Request:
    assert any(one == name and old in value for one, value in item.fields)
    return replace(item, fields=tuple((a, b.replace(old, new) if a == name else b) for a, b in item.fields))


FORGED: dict[str, tuple[Request, type[EcvetError]]] = {
    "another method": (replace(signed(), method="PUT"), RequestForged),
    "another address": (replace(signed(), target=INBOX + "/"), RequestForged),
    "another query": (replace(signed(), target=INBOX + "?a=1"), RequestForged),
    "another host": (replace(signed(), target="https://mallory.example/x/v1/inbox"), RequestForged),
    "another body": (replace(signed(), body=b'{"messages":[1]}'), ContentChanged),
    "a truncated body": (replace(signed(), body=request().body[:-1]), ContentChanged),
    "no body": (replace(signed(), body=b""), RequestNotSigned),
    "a body that came later": (replace(signed(Request(method="GET", target=INBOX)), body=b"{}"), RequestNotSigned),
    "another type": (changed(signed(), "Content-Type", "json", "xml"), ContentChanged),
    "two digests": (replace(signed(), fields=(*signed().fields, ("Content-Digest", digest(b"")))), ContentChanged),
    "two types": (replace(signed(), fields=(*signed().fields, ("content-type", "application/json"))), ContentChanged),
    "another key": (signed(key=key_of("https://mallory.example")), CallerUnknown),
    "the name of another's key": (
        changed(signed(key=key_of("https://mallory.example")), "signature-input", "mallory", "turin"),
        RequestForged,
    ),
    "another nonce": (changed(signed(), "signature-input", "n" * 22, "m" * 22), RequestForged),
    "a longer life": (
        changed(signed(), "signature-input", "expires=1704888300", "expires=1704888400"),
        RequestOutOfTime,
    ),
    "another tag": (changed(signed(), "signature-input", "ecvet-x-1", "ecvet-x-2"), RequestNotSigned),
    "another algorithm": (changed(signed(), "signature-input", ";tag=", ';alg="hmac-sha256";tag='), RequestNotSigned),
    "less covered": (changed(signed(), "signature-input", ' "content-digest"', ""), RequestNotSigned),
    "covered twice": (changed(signed(), "signature-input", '"content-type"', '"content-digest"'), RequestNotSigned),
    "no signature": (request(), RequestNotSigned),
    "no bytes": (changed(signed(), "signature", "ecvet=:", "other=:"), RequestNotSigned),
    "half a field": (changed(signed(), "signature-input", "(", ""), RequestNotSigned),
    "two of ours": (
        replace(
            signed(),
            fields=(*signed().fields, ("Signature-Input", 'b=("@method");tag="ecvet-x-1"'), ("Signature", "b=:AAAA:")),
        ),
        RequestNotSigned,
    ),
    "a component of ours with a parameter": (
        changed(signed(), "signature-input", '"@method"', '"@method";req'),
        RequestNotSigned,
    ),
}


@pytest.mark.parametrize("case", FORGED)
def test_what_is_forged_is_refused(case: str):
    item, error = FORGED[case]
    with pytest.raises(error):
        judged(item)


@pytest.mark.parametrize(("late", "good"), [(-61, False), (-60, True), (0, True), (360, True), (361, False)])
def test_clocks_may_differ_by_a_minute(late: int, good: bool):
    if good:
        assert judged(signed(), now=AT + late * SECOND).entity == TURIN
    else:
        with pytest.raises(RequestOutOfTime):
            judged(signed(), now=AT + late * SECOND)


def test_a_replayed_request_is_refused_but_only_once_its_signature_fits():
    with pytest.raises(RequestReplayed):
        judged(signed(), seen=True)
    with pytest.raises(RequestForged):  # a stranger cannot use up a nonce
        judged(replace(signed(), method="PUT"), seen=True)


def test_what_nobody_would_take_is_not_signed():
    with pytest.raises(ValueError, match="nonce"):
        sign(request(), KEY, at=AT, nonce="short")
    with pytest.raises(ValueError, match="300 s"):
        sign(request(), KEY, at=AT, nonce=NONCE, lasts=301 * SECOND)
    with pytest.raises(ValueError, match="content-type"):
        sign(request(fields=()), KEY, at=AT, nonce=NONCE)
