"""The node that is looked at, how it is asked, and how an answer is judged."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ecvet.federation import (
    EntityConfiguration,
    Kind,
    Message,
    Receipt,
    Request,
    fits,
    message,
    open_receipt,
    sign,
    write_batch,
)
from ecvet.federation.errors import PROBLEM
from ecvet.federation.transport import JSON_TYPE
from ecvet.record import SigningKey
from ecvet.record.canonical import JsonObject
from ecvet.terms import Identifier, require
from ecvet_platform.federation import fetcher
from ecvet_platform.federation.fetcher import Fields, Reply
from ecvet_platform.journal import chance, clock

HOUR: Final = timedelta(hours=1)


class Verdict(StrEnum):
    """What came of one step."""

    OK = "ok"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One step: its name, the verdict, what is wrong or was seen, and how to mend it (empty where all is well)."""

    step: str
    verdict: Verdict
    said: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Wrong(Exception):
    """A step that has not passed."""

    said: str
    remedy: str


class Unknown(Exception):
    """A step that cannot be judged from here."""


@dataclass
class Probe:
    """The node that is looked at, and as whom: `key` signs; `known`: the node should know its owner."""

    entity: str
    sender: str
    key: SigningKey
    known: bool
    found: EntityConfiguration | None = None
    receipts: list[Receipt] = field(default_factory=list)

    @property
    def there(self) -> EntityConfiguration:
        """What the node publishes. Raises `Unknown` where it could not be read."""
        if self.found is None or self.found.endpoints is None:
            raise Unknown("the configuration could not be read")
        return self.found

    def address(self, name: str) -> str:
        """An endpoint by its name."""
        assert self.there.endpoints is not None
        return self.there.endpoints.named()[name]

    def send(
        self, name: str, body: bytes = b"", *, at: datetime | None = None, nonce: str = "",
        key: SigningKey | None = None,
        change: Callable[[Fields], Fields] | None = None, sent: bytes | None = None, more: str = "",
    ) -> Reply:  # fmt: skip
        """A signed request; `sent` is another body than the one that was signed, `change` spoils the fields."""
        address = self.address(name) + more
        method = "POST" if body else "GET"
        fields: Fields = (("content-type", JSON_TYPE),) if body else ()
        request = Request(method=method, target=address, fields=fields, body=body)
        added = sign(request, key or self.key, at=at or clock.now(), nonce=nonce or chance.token())
        all_ = (*fields, *added)
        return fetcher.ask(
            method, address, of=self.entity, kind="outbox", fields=change(all_) if change else all_,
            body=body if sent is None else sent,
        )  # fmt: skip


def need(probe: Probe) -> None:
    """Raise `Unknown` where a step needs an institution that the node knows."""
    _ = probe.there
    if not probe.known:
        raise Unknown("needs an institution that the node knows: give --as")


def known_code(probe: Probe, code: str) -> str:
    """Whoever is not known at all is refused for that first."""
    return code if probe.known else ""


def note(probe: Probe, *, to: str = "") -> Message:
    """A message that changes nothing."""
    return message(
        Kind.NOTE, id=chance.new_identifier(), sender=Identifier(probe.sender), to=Identifier(to or probe.entity),
        seq=1, thread=chance.new_identifier(), note=JsonObject({"text": "conformance test"}),
    )  # fmt: skip


def receipt(probe: Probe, item: Message) -> Receipt:
    """Send a message and read its receipt. Raises `Wrong`."""
    reply = probe.send("inbox", write_batch([item]))
    if reply.status != 200:
        raise Wrong(f"the inbox answers {reply.status}: {title(reply)}", "Give a receipt for each message.")
    (token,) = json.loads(reply.body)["receipts"]
    if not isinstance(token, str):
        raise Wrong("a problem stands in the place of the receipt", "A message that is readable gets a signed receipt.")
    found = open_receipt(token, probe.there.by_kid, by=Identifier(probe.entity))
    if found.digest != item.digest or found.message != item.id:
        require(fits(found, item))
    return found


def retargeted(probe: Probe, fields: Fields) -> Fields:
    """The signature of a request to another address, in the place of the right one."""
    request = Request(method="GET", target=probe.address("threads"))
    wrong = dict(sign(request, probe.key, at=clock.now(), nonce=chance.token()))
    return tuple((name, wrong.get(name, one)) for name, one in fields)


def refused(reply: Reply, status: int, what: str, code: str = "") -> str:
    """What is said of a refusal as it should be. Raises `Wrong` for another answer."""
    if reply.status == 200:
        raise Wrong(f"{what} is answered with 200", f"Refuse it with {status}.")
    if reply.status >= 500:
        raise Wrong(f"{what} breaks the server ({reply.status})", f"Refuse it with {status}, as a problem.")
    found = json.loads(reply.body).get("type", "") if reply.body[:1] == b"{" else ""
    if not str(found).startswith(PROBLEM):
        raise Wrong(
            f"{what} is refused with {reply.status} and no problem", "Answer application/problem+json (RFC 9457)."
        )
    if code and found != PROBLEM + code:
        raise Wrong(f"{what} is refused as {found}", f"The type is {PROBLEM}{code}; check the order of the steps (3).")
    if reply.status != status:
        raise Wrong(f"{what} is refused with {reply.status}", f"The status is {status} (7).")
    return f"refused: {found.removeprefix(PROBLEM)}"


def title(reply: Reply) -> str:
    """The sentence of a problem."""
    try:
        return str(json.loads(reply.body).get("title", ""))[:200]
    except (ValueError, AttributeError):
        return "no reason was given"


def code_of(said: object) -> str:
    """The code of a problem."""
    return str(said.get("type", "")).removeprefix(PROBLEM) if isinstance(said, dict) else "–"
