"""What is made to take for ever or to fill the memory is refused at once, while the server answers others.

Through a running server with its threads. What is asserted is work, not the clock: the processor's time of the whole
process for one refusal, and that somebody else is answered while all refusals are under way.
"""

import json
import threading
import time  # noqa: TID251 - the time of the processor is what is tested
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from core.credential import test_any_input as forms
from core.credential.test_carriers import HEAD, chunk
from ecvet.credential.formats import data_integrity, multikey
from ecvet_platform.credentials.actions import verify

MEGABYTES = 10 * 1024 * 1024


def poison() -> bytes:
    """A badge for ten learners whose ten achievements are related to each other: all alike, and none has a name.

    It says that a trusted key signed it, which can only be checked when its statements are in order (security
    statement 13; the graph 074 of the published vectors is of this kind).
    """
    names = [f"_:e{number}" for number in range(10)]
    said = forms.statements()
    known = said["credentialSubject"]["achievement"]
    said["credentialSubject"] = [
        {"type": ["AchievementSubject"], "id": f"_:s{number}", "achievement": {
            **known, "id": one, "related": [{"id": other, "type": ["Related"]} for other in names if other != one],
        }}
        for number, one in enumerate(names)
    ]  # fmt: skip
    proof = {
        "type": "DataIntegrityProof", "cryptosuite": data_integrity.RDFC, "created": "2026-05-04T09:00:00Z",
        "verificationMethod": forms.NAME, "proofPurpose": "assertionMethod",
        "proofValue": "z" + multikey.base58(bytes(64)),
    }  # fmt: skip
    return json.dumps({**said, "proof": proof}).encode()


def bomb() -> bytes:
    """A PDF with an embedded file of a gigabyte of nothing in a megabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()
    return b"%%PDF-1.7\n<</Filter/FlateDecode/Type/EmbeddedFile>>\nstream\n%s\nendstream\n" % (packed * 16)


HOSTILE = {
    "graph": (poison, "credential.limits.exceeded"),
    "bomb": (bomb, "credential.limits.exceeded"),
    "ten megabytes of brackets": (lambda: b'{"proof": ' + b"[" * MEGABYTES, ""),
    "ten megabytes of disclosures": (lambda: b"a.b.c" + b"~" * MEGABYTES, ""),
    "ten megabytes in a picture": (lambda: HEAD + chunk(b"tEXt", bytes(MEGABYTES)), ""),
}


@pytest.fixture
def site(transactional_db: None, settings: Any, tmp_path: Any, monkeypatch: Any, live_server: Any) -> Iterator[str]:
    """A server that trusts the school's key, so that whoever names it makes the server read all statements."""
    settings.DATA = tmp_path
    known = verify.trust()
    methods = forms.trust().methods
    monkeypatch.setattr(verify, "trust", lambda: replace(known, methods=methods))
    return str(live_server.url)


def ask(site: str, data: bytes) -> tuple[int, dict[str, Any]]:
    """What the API says to a credential, and with which status."""
    request = Request(f"{site}/api/v1/verifications", data, {"Content-Type": "application/octet-stream"})
    try:
        with urlopen(request) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def test_13_14_and_27_what_is_made_to_take_for_ever_is_refused_while_others_are_served(site: str) -> None:
    hostile = {name: (make(), code) for name, (make, code) in HOSTILE.items()}
    ask(site, b"a.b.c~")  # what is loaded once is loaded
    for name, (data, code) in hostile.items():
        start = time.process_time()
        status, said = ask(site, data)
        assert time.process_time() - start < 1, name
        told = said.get("error", said)
        assert status == 413 or not said["verified"], name
        assert told["code"] == code or not code, name
        assert told["remedy"], name
    begun, served = threading.Barrier(len(hostile) + 1), list[int]()
    asking = [threading.Thread(target=lambda one=one: (begun.wait(), ask(site, one))) for one, _ in hostile.values()]
    for one in asking:
        one.start()
    begun.wait()
    while any(one.is_alive() for one in asking):
        with urlopen(f"{site}/health") as answer:
            served.append(answer.status)
    assert served
    assert set(served) == {200}
