"""An institution elsewhere that speaks the protocol: its messages are made by the core, its lies by the test.

It lives in the test's own process. What the server here sends to it arrives in `came`, and it answers with receipts;
what it says to the server here goes through the real doors (`post`).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.test import Client

from ecvet.errors import EcvetError
from ecvet.federation import (
    JournalHead,
    Kind,
    Message,
    Outcome,
    Receipt,
    Request,
    from_json,
    message,
    open_receipt,
    read_batch,
    receipt_for,
    sign_receipt,
    to_json,
    write_batch,
)
from ecvet.federation import sign as sign_request
from ecvet.record import Act, Address, Record, Signature, SigningKey, address_of, sign
from ecvet.record import record as record_of
from ecvet.record.record import Recordable
from ecvet.terms import Identifier
from ecvet_platform.federation.actions import ourselves
from ecvet_platform.federation.fetcher import Reply
from ecvet_platform.journal import chance, clock
from federation_internet import HERE, Elsewhere, Internet

TURIN = Identifier("https://turin.example/school")


@dataclass
class Partner(Elsewhere):
    """`silent` does not answer, `heads` are what its next receipts show, `refuses` is the problem it tells."""

    here: Identifier = TURIN
    came: list[Message] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)
    seqs: dict[Identifier, int] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    posts: int = 0
    status: int = 200
    refuses: dict[str, Any] | None = None
    heads: list[JournalHead] = field(default_factory=list)

    # ------------------------------------------------------------- what it says
    def key_of_records(self) -> SigningKey:
        return SigningKey(f"{self.id}#{self.key}", self.signer.key)

    def record(self, terms: Recordable, thread: Identifier, *, prev: Record | None = None, **more: Any) -> Record:
        return record_of(terms, thread=thread, author=self.id, at=more.pop("at", clock.now()), prev=prev, **more)

    def signature(self, item: Record | Address, act: Act, *, role: str = "hosting", **more: Any) -> Signature:
        address = item.address if isinstance(item, Record) else item
        key = more.pop("key", None) or self.key_of_records()
        made = Signature(object=address, signer=self.id, role=role, act=act, at=clock.now())
        return sign(replace(made, **more), key)

    def make(self, kind: Kind, thread: Identifier, *, seq: int | None = None, **carried: Any) -> Message:
        """A message, next in its thread; what is not posted leaves a gap."""
        if seq is None:
            seq = self.seqs[thread] = self.seqs.get(thread, 0) + 1
        made = message(
            kind, id=chance.new_identifier(), sender=Identifier(self.entity), to=ourselves.entity_of(self.here),
            seq=seq, thread=thread, **carried,
        )  # fmt: skip
        self.said.append(made)
        return made

    def post(self, *items: Message, **more: Any) -> Any:
        """What the inbox answers."""
        return self.signed_post(*items, **more)()

    def signed_post(
        self, *items: Message, body: bytes | None = None, key: SigningKey | None = None, nonce: str = "",
        at: datetime | None = None,
    ) -> Callable[[], Any]:  # fmt: skip
        """A request that is signed already and can be sent, once or more often."""
        data = write_batch(items) if body is None else body
        target = f"{ourselves.entity_of(self.here)}/x/v1/inbox"
        fields = (("content-type", "application/json"),)
        added = sign_request(
            Request(method="POST", target=target, fields=fields, body=data), key or self.signer,
            at=at or clock.now(), nonce=nonce or chance.token(),
        )  # fmt: skip
        self.posts += 1
        return lambda: Client().post(
            target.removeprefix(HERE), data, content_type="application/json", headers=dict(added)
        )

    def tell(self, *items: Message) -> list[Receipt]:
        """Post, and read the receipts."""
        answer = self.post(*items)
        assert answer.status_code == 200, answer.content
        mine = ourselves.key_of_requests(self.here)
        return [
            open_receipt(one, {mine.kid: mine.public}, by=ourselves.entity_of(self.here))
            for one in answer.json()["receipts"]
        ]

    def get(self, path: str) -> Any:
        """A signed question to the server here."""
        target = f"{ourselves.entity_of(self.here)}/x/v1/{path}"
        request = Request(method="GET", target=target, fields=(), body=b"")
        added = sign_request(request, self.signer, at=clock.now(), nonce=chance.token())
        return Client().get(target.removeprefix(HERE), headers=dict(added))

    # ------------------------------------------------------------- what it answers
    def answered(self, address: str, body: bytes) -> Reply:
        if self.silent or self.status != 200:
            return Reply(self.status if not self.silent else 503, {}, b"{}")
        path = address.removeprefix(f"{self.entity}/x/v1/")
        if path == "inbox":
            receipts = [self._receipt(from_json(one)) for one in read_batch(body)]
            return Reply(200, {}, json.dumps({"receipts": receipts}).encode())
        if path.startswith("outbox"):
            after = int(path.partition("after=")[2] or 0)
            shown = self.said[after : after + 50]
            more = after + 50 < len(self.said)
            return _json({"messages": [to_json(one) for one in shown], "cursor": str(after + len(shown)), "more": more})
        if path == "threads":
            return _json({"head": "", "threads": self.states})
        return Reply(404, {}, b"{}")

    def _receipt(self, item: Message) -> str:
        self.came.append(item)
        n = len(self.came)
        head = self.heads.pop(0) if self.heads else JournalHead(n=n, hash=address_of(str(n).encode()))
        outcome = Outcome.REFUSED if self.refuses else Outcome.STORED
        made = receipt_for(item, outcome, at=clock.now(), head=head, problem=self.refuses)
        return sign_receipt(made, self.signer)


class Network(Internet):
    """An internet in which partners answer too."""

    def __init__(self) -> None:
        super().__init__()
        self.partners: list[Partner] = []

    def join(self, one: Partner) -> None:
        self.publish(one)
        self.partners.append(one)

    def ask(self, method: str, address: str, *, of: str, kind: str, **more: Any) -> Reply:
        for one in self.partners:
            if address.startswith(f"{one.entity}/x/v1/"):
                self.asked.append(address)
                return one.answered(address, more.get("body", b""))
        return super().ask(method, address, of=of, kind=kind, **more)


def _json(value: Any) -> Reply:
    return Reply(200, {}, json.dumps(value).encode())


__all__ = ["EcvetError", "Network", "Partner"]
