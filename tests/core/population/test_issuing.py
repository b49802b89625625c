"""Issuing for many: the credential of a line is the one that `issue` makes, bad lines stop nothing, no salt repeats."""

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from hypothesis import given
from hypothesis import strategies as st

from core.credential.cast import ISSUED, NOW, World, address_for, make_world
from core.population.drafts import expected, issuing, line
from core.population.samples import Lazy
from ecvet.credential.draft import Link
from ecvet.credential.errors import KeyUnusable
from ecvet.credential.formats import sdjwt
from ecvet.credential.formats.key_binding import holder_key
from ecvet.credential.issue import issue
from ecvet.credential.profiles.types import CertificateType
from ecvet.population import issue_all, issue_line
from ecvet.population.issuing import issue_lines, salts
from ecvet.population.streaming import _KEPT
from ecvet.record import Person, plain
from ecvet.terms import Identifier

WORLD = make_world()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    _KEPT.clear()


def answer(data: bytes, number: int = 1, **changed: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(issue_line(issuing(WORLD, **changed), number, data))
    assert found["line"] == number
    return found


def test_every_line_becomes_a_credential_that_is_verified(world: World) -> None:
    jwk = holder_key(world.holder.public_key())["jwk"]
    data = line(world, 7, holder=jwk, status={"uri": "https://koulu.example/status/1", "index": 5})
    report = world.examine(answer(data, 7, until=NOW + timedelta(days=9))["credential"].encode())
    assert report.error is not None
    assert report.error.code == "credential.status.unknown"
    found = world.examine(answer(line(world, 7, holder=jwk), 7, until=NOW + timedelta(days=9))["credential"].encode())
    assert found.verified is not None, found.error
    assert found.verified.claims["sub"] == "urn:example:7"
    assert found.verified.claims["cnf"] == {"jwk": jwk}
    assert found.verified.expires == NOW + timedelta(days=9)
    assert found.verified.issued_at == ISSUED


def test_a_line_gives_the_bytes_of_issuing_alone(world: World) -> None:
    data = json.loads(line(world, 1))
    data["draft"].update(learner=world.draft.learner, chain=[
        {"role": str(one.role), "address": str(one.address)} for one in world.draft.chain
    ])  # fmt: skip
    alone = world.issue(salts=salts(b"s" * 32, 3)).decode()
    assert answer(json.dumps(data).encode(), 3)["credential"] == alone


@pytest.mark.parametrize(
    "person", [None, WORLD.person, Person(names=(), family_name="Ek"), Person(names=("A", "B"), family_name="Ö")]
)
@pytest.mark.parametrize("award", [False, True])
def test_what_lines_have_in_common_changes_nothing(person: Person | None, award: bool) -> None:
    kind = CertificateType.AWARD if award else CertificateType.RECOGNISED_UNIT
    for number in range(3):
        chain = tuple(Link(one.role, address_for(f"{number}")) for one in WORLD.draft.chain[: number + 1])
        draft = replace(WORLD.draft, type=kind, person=person, learner=Identifier(f"urn:x:{number}"), chain=chain)
        alone = issue(draft, WORLD.key, at=ISSUED, until=NOW, salts=salts(b"s" * 32, 5)).decode()
        assert answer(json.dumps({"draft": plain(draft)}).encode(), 5, until=NOW)["credential"] == alone


@pytest.mark.parametrize("make", [Lazy, lambda: Lazy(_KEPT.clear), lambda: ThreadPoolExecutor(3)])
def test_every_executor_gives_the_same_bytes_in_the_order_of_the_input(make: Any, world: World) -> None:
    known = issuing(world)
    lines = [line(world, n) if n % 20 == 0 else b"{" for n in range(450)]
    with make() as executor:
        found = list(issue_all(executor, lines, known, ahead=2))
    assert b"".join(one + b"\n" for one in found) == expected(known, lines)
    assert list(issue_lines(known, 401, lines[400:])) == found[400:]


def test_no_salt_stands_twice_in_a_run_and_another_seed_gives_others(world: World) -> None:
    def drawn(number: int, **changed: Any) -> list[str]:
        credential = sdjwt.parse(answer(line(world, 1), number, **changed)["credential"].encode())
        return credential.texts

    seen = [text for number in range(1, 30) for text in drawn(number)]
    assert len({*seen}) == len(seen) == 29 * 4
    assert not {*drawn(1)} & {*drawn(1, seed=b"t" * 32)}
    assert drawn(1) == drawn(1)


@given(st.binary(min_size=32, max_size=80), st.integers(1, 10**9))
def test_salts_are_those_of_hkdf(seed: bytes, number: int) -> None:
    draw, info = salts(seed, number), b"ecvet salts of line %d" % number
    whole = HKDFExpand(SHA256(), 16 * 11, info).derive(seed)
    assert b"".join(draw() for _ in range(11)) == whole


def test_salts_end_before_they_repeat() -> None:
    draw = salts(b"s" * 32, 1)
    assert len({draw() for _ in range(510)}) == 510
    with pytest.raises(ValueError, match="no more salts"):
        draw()


def changed(**draft: Any) -> bytes:
    tree = json.loads(line(WORLD, 1))
    tree["draft"].update(draft)
    tree["draft"] = {name: one for name, one in tree["draft"].items() if one != "gone"}
    return json.dumps(tree).encode()


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "population.draft.unreadable", "not JSON"),
        (b"[1]", "population.draft.unreadable", "not a JSON object"),
        (b'{"draft": 1}', "population.draft.unreadable", "no object “draft”"),
        (b'{"draft": {}, "draft": {}}', "population.draft.unreadable", "twice"),
        (b'{"draft": {}, "until": 1}', "population.draft.unreadable", "unknown member “until”"),
        (b'{"draft": {}}', "population.draft.unreadable", "“type” is missing"),
        (b"{" + b" " * 1024 * 1024 + b"}", "population.draft.unreadable", "longer than"),
        (changed(decided_on="yesterday"), "population.draft.unreadable", "draft.decided_on"),
        (changed(nickname="A"), "population.draft.unreadable", "unknown member"),
        (changed(learner="gone"), "population.draft.unreadable", "“learner” is missing"),
        (changed(units=[{"id": 1}]), "population.draft.unreadable", "draft.units"),
        (changed(person={"names": "Alba"}), "population.draft.unreadable", "draft.person"),
        (changed(units=[]), "credential.issue.incomplete", "not 0"),
        (changed(issuer="https://other.example/1"), "credential.key.unusable", "not that of https://other.example/1"),
        (line(WORLD, 1, holder={"kty": "OKP"}), "population.draft.unreadable", "P-256"),
        (line(WORLD, 1, holder="me"), "population.draft.unreadable", "P-256"),
        (line(WORLD, 1, status={"uri": "https://a.example", "index": True}), "population.draft.unreadable", "status"),
        (line(WORLD, 1, status=["https://a.example"]), "population.draft.unreadable", "status"),
    ],
)
def test_a_bad_line_is_answered_with_its_reason(data: bytes, code: str, said: str) -> None:
    found = answer(data)
    assert found["error"]["code"] == code, found
    assert said in found["error"]["title"]
    assert found["error"]["remedy"]


@given(st.binary(max_size=60) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(
        ["draft", "holder", "status", *json.loads(line(WORLD, 1))["draft"]])), inner, max_size=5),
).map(lambda tree: json.dumps({"draft": tree} if not isinstance(tree, dict) else tree).encode()))  # fmt: skip
def test_nothing_that_a_line_holds_is_a_defect(data: bytes) -> None:
    assert answer(data)["error"]["code"] != "population.draft.not-issued"


@given(st.sampled_from(sorted(json.loads(line(WORLD, 1))["draft"])), st.none() | st.booleans() | st.integers()
       | st.text(max_size=3) | st.lists(st.text(max_size=2), max_size=2)
       | st.dictionaries(st.sampled_from(["en", "id", "value", "level"]), st.text(max_size=2) | st.none()))  # fmt: skip
def test_no_member_of_another_kind_is_a_defect(name: str, item: Any) -> None:
    found = answer(changed(**{name: item}))
    assert found.get("error", {}).get("code") != "population.draft.not-issued", (name, item)


def test_a_defect_of_ours_stops_one_line_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecvet.population.issuing.issue_encoded", lambda *_, **__: 1 / 0)
    assert answer(line(WORLD, 1))["error"]["code"] == "population.draft.not-issued"


def test_what_travels_to_workers_shows_no_secret_and_differs_with_everything(world: World) -> None:
    known = issuing(world)
    shown = repr(known)
    assert "PRIVATE" not in shown
    assert "ssss" not in shown
    assert pickle.loads(pickle.dumps(known)).fingerprint == known.fingerprint
    others = [issuing(world, **one) for one in (
        {"kid": "2"}, {"seed": b"t" * 32}, {"at": NOW}, {"until": NOW},
    )]  # fmt: skip
    assert len({known.fingerprint, *(one.fingerprint for one in others)}) == 5
    with pytest.raises(KeyUnusable, match="32 bytes"):
        issuing(world, seed=b"short")
