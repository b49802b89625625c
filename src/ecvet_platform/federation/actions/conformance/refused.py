"""What a node has to refuse of requests."""

import json
from datetime import timedelta
from typing import Final

from ecvet.federation import (
    write_batch,
)
from ecvet.record import SigningKey
from ecvet_platform.federation import fetcher
from ecvet_platform.federation.actions.conformance.probe import (
    Probe,
    Wrong,
    known_code,
    need,
    note,
    refused,
    retargeted,
    title,
)
from ecvet_platform.journal import chance, clock

HOUR: Final = timedelta(hours=1)


def unsigned(probe: Probe) -> str:
    """A request without a signature is refused."""
    reply = fetcher.ask("GET", probe.address("echo"), of=probe.entity, kind="statement")
    return refused(reply, 401, "an unsigned request", "federation.request.not-signed")


def echo(probe: Probe) -> str:
    """A signed request is answered; one by nobody known is refused."""
    reply = probe.send("echo")
    if not probe.known:
        return refused(reply, 401, "a key that nobody knows", "federation.request.caller-unknown")
    if reply.status != 200:
        raise Wrong(
            f"a signed request is answered with {reply.status}: {title(reply)}",
            "Check that it knows your keys (Ask again who it is), its clock, and what a proxy changes of the address.",
        )
    said = json.loads(reply.body)
    if said["caller"] != probe.sender or said["keyid"] != probe.key.kid:
        raise Wrong(f"it takes the caller for {said['caller']}", "The caller is what stands before # in keyid.")
    return f"it knows the caller as {said['caller']}"


def posted_echo(probe: Probe) -> str:
    """A signature over a body fits."""
    need(probe)
    reply = probe.send("echo", b'{"hello": "there"}')
    if reply.status != 200:
        raise Wrong(f"a signed body is answered with {reply.status}: {title(reply)}", "POST echo answers as GET does.")
    return "a signature over a body fits"


def forged(probe: Probe) -> str:
    """A signature by another key is refused."""
    other = SigningKey.from_seed(probe.key.kid, chance.salt())
    reply = probe.send("echo", key=other)
    return refused(reply, 401, "a signature by another key", known_code(probe, "federation.request.forged"))


def replayed(probe: Probe) -> str:
    """The same request twice is refused."""
    need(probe)
    nonce, at = chance.token(), clock.now()
    probe.send("echo", nonce=nonce, at=at)
    reply = probe.send("echo", nonce=nonce, at=at)
    return refused(reply, 401, "the same request twice", "federation.request.replayed")


def late(probe: Probe) -> str:
    """A request of an hour ago is refused."""
    reply = probe.send("echo", at=clock.now() - HOUR)
    return refused(reply, 401, "a request of an hour ago", "federation.request.out-of-time")


def early(probe: Probe) -> str:
    """A request from the future is refused."""
    reply = probe.send("echo", at=clock.now() + HOUR)
    return refused(reply, 401, "a request from the future", "federation.request.out-of-time")


def changed(probe: Probe) -> str:
    """A body that was changed on its way is refused."""
    body = write_batch([note(probe)])
    reply = probe.send("inbox", body, sent=body.replace(b'"text"', b'"texT"'))
    return refused(reply, 400, "a body changed on the way", "federation.request.content-changed")


def elsewhere(probe: Probe) -> str:
    """A signature over another address is refused."""
    moved = probe.send("echo", change=lambda fields: retargeted(probe, fields))
    return refused(moved, 401, "a signature over another address", known_code(probe, "federation.request.forged"))
