"""The conformance test, tried on this server itself, and on nodes that do one thing wrong."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.test import Client

from ecvet.federation import may_ask
from ecvet.terms import require
from ecvet_platform.federation import fetcher
from ecvet_platform.federation.actions import conformance, connecting, ourselves
from ecvet_platform.federation.actions.conformance import Finding, Verdict
from ecvet_platform.federation.fetcher import Reply
from ecvet_platform.shell.network import command
from federation_internet import HERE, Elsewhere, Internet, code_between
from stories_of import TURIN, Cast

Spoil = Callable[[str, str, Reply], Reply]


@pytest.fixture
def node(everybody: Cast, internet: Internet, oulu: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> dict[str, Spoil]:
    """Turin on this server, asked as from outside; Oulu is known there. `spoil` changes its answers."""
    connecting.confirm(oulu.entity, code_between(TURIN, oulu), actor=everybody.actor("Bruno"))
    spoiled: dict[str, Spoil] = {}

    def ask(method: str, address: str, *, of: str, kind: str, fields: Any = (), body: bytes = b"", **_: Any) -> Reply:
        require(may_ask(address, of=of, guard=settings.NETWORK_GUARD))
        if not address.startswith(HERE):
            return internet.ask(method, address, of=of, kind=kind)
        headers = {name: one for name, one in fields if name != "content-type"}
        parts = urlsplit(address)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        found = Client().generic(method, path, body, content_type="application/json", headers=headers)
        reply = Reply(found.status_code, {"content-type": found["Content-Type"]}, found.content)
        for one in spoiled.values():
            reply = one(method, address, reply)
        return reply

    monkeypatch.setattr(fetcher, "ask", ask)
    return spoiled


def findings(oulu: Elsewhere, *, known: bool = True) -> dict[str, Finding]:
    sender = oulu if known else Elsewhere("https://nobody.example")
    found = conformance.check(ourselves.entity_of(TURIN), sender=sender.entity, key=sender.signer, known=known)
    return {one.step: one for one in found}


def wrong(found: dict[str, Finding]) -> dict[str, str]:
    return {name: one.said for name, one in found.items() if one.verdict is Verdict.NO}


def test_this_server_conforms(node: dict[str, Spoil], oulu: Elsewhere) -> None:
    found = findings(oulu)
    assert wrong(found) == {}
    assert not [one for one in found.values() if one.verdict is Verdict.UNKNOWN]
    assert list(found) == list(conformance.STEPS)
    assert found["forged signature"].said == "refused: federation.request.forged"
    assert found["replay"].said == "refused: federation.request.replayed"


def test_a_stranger_sees_what_strangers_may_see(node: dict[str, Spoil], oulu: Elsewhere) -> None:
    found = findings(oulu, known=False)
    assert wrong(found) == {}
    assert found["echo"].said == "refused: federation.request.caller-unknown"
    assert found["receipt"].verdict is Verdict.UNKNOWN


def test_what_is_wrong_is_named_with_what_to_do(node: dict[str, Spoil], oulu: Elsewhere) -> None:
    def careless(method: str, address: str, reply: Reply) -> Reply:
        """It answers everything at echo, and has no problems but pages."""
        if address.endswith("/echo"):
            return Reply(200, {}, json.dumps({"caller": oulu.entity, "keyid": oulu.signer.kid, "at": ""}).encode())
        return Reply(reply.status, reply.fields, b"<h1>No</h1>") if reply.status >= 400 else reply

    node["careless"] = careless
    found = findings(oulu)
    assert set(wrong(found)) >= {"unsigned request", "forged signature", "replay", "old request", "changed body"}
    assert found["forged signature"].remedy == "Refuse it with 401."
    assert "no problem" in found["changed body"].said


def test_a_node_that_breaks_or_is_silent_ends_in_findings(
    node: dict[str, Spoil], oulu: Elsewhere, internet: Internet
) -> None:
    node["broken"] = lambda method, address, reply: Reply(500, {}, b"oops") if "/x/v1/" in address else reply
    found = findings(oulu)
    assert "breaks the server (500)" in found["unsigned request"].said
    assert found["threads"].said == "the answer is not the JSON that was expected"
    silent = list(conformance.check("https://silent.example", sender=oulu.entity, key=oulu.signer, known=True))
    assert [one.verdict for one in silent[:3]] == [Verdict.OK, Verdict.NO, Verdict.UNKNOWN]
    private = next(iter(conformance.check("https://10.0.0.1", sender=oulu.entity, key=oulu.signer, known=False)))
    assert private.verdict is Verdict.NO


def test_the_command_prints_steps_or_one_object(node: dict[str, Spoil], oulu: Elsewhere) -> None:
    entity = ourselves.entity_of(TURIN)
    said = CliRunner().invoke(command, ["check", entity])
    assert said.exit_code == 0
    assert "ok  configuration: signed by itself, for Istituto Torino" in said.output
    told = CliRunner().invoke(command, ["check", "https://silent.example", "--json"])
    assert told.exit_code == 1
    object_ = json.loads(told.output)
    assert object_["conforms"] is False
    assert {"step", "verdict", "said", "remedy"} == set(object_["steps"][0])
    unknown = CliRunner().invoke(command, ["check", entity, "--as", "https://nobody.example/"])
    assert unknown.exit_code == 2
