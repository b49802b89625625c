"""A partner of another make: a small node of the network, written from docs/integrate alone.

It shares no code with the project, and needs the standard library and `cryptography` only. It keeps everything in
memory, and receives and sends as sections 4 to 6 of network.md say.
"""

import json
import threading
import urllib.parse
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from . import forms, messages
from .contacts import Contacts
from .forms import ProblemError
from .me import Me
from .threads import Thread, may_carry

AHEAD = 1000
FIVE_A_DAY = 5


class Partner:
    """What one institution has received, keeps and sends."""

    def __init__(self, me: Me) -> None:
        self.me, self.contacts, self.lock = me, Contacts(me), threading.RLock()
        self.objects: dict[str, bytes] = {}
        self.persons: dict[str, Mapping[str, Any]] = {}
        self.threads: dict[str, Thread] = {}
        self.came: dict[tuple[str, str], tuple[str, str]] = {}
        self.next: dict[tuple[str, str], int] = {}
        self.held: dict[tuple[str, str], dict[int, tuple[str, dict[str, Any]]]] = {}
        self.sent: list[dict[str, Any]] = []
        self.journal = [forms.address_of(me.entity.encode())]
        self.told: list[dict[str, Any]] = []
        self.strangers: list[tuple[str, datetime]] = []

    # ------------------------------------------------------------------------------------ receiving (section 5)

    def receive_batch(self, body: bytes, caller: str) -> list[Any]:
        return [self.receive(one, caller) for one in messages.read_batch(body)]

    def receive(self, value: Any, caller: str) -> Any:
        """A receipt, or a problem where the message has no name that could be trusted."""
        try:
            message = messages.read_message(value)
        except ProblemError as problem:
            return problem.plain()
        digest = forms.address_of(forms.canonical(message))
        name = (caller, message["id"])
        if name in self.came and message["from"] == caller and self.came[name][0] == digest:
            return self.came[name][1]
        try:
            held = self._take_in(message, digest, caller)
        except ProblemError as problem:
            return self._receipt(message, digest, "refused", problem)
        given = self._receipt(message, digest, "stored")
        self.came[name] = (digest, given)
        if held is not None:
            self._next_ones(caller, message["thread"])
        return given

    def _receipt(self, message: Mapping[str, Any], digest: str, outcome: str, why: ProblemError | None = None) -> str:
        claims = {
            "iss": self.me.entity, "sub": message["id"], "digest": digest, "outcome": outcome, "iat": self.me.seconds,
            "head": {"n": len(self.journal) - 1, "hash": self.journal[-1]},
        }  # fmt: skip
        if why is not None:
            claims["problem"] = why.plain()
        return forms.token(claims, "ecvet-receipt+jwt", self.me.key, f"{self.me.entity}#1")

    def _take_in(self, message: dict[str, Any], digest: str, caller: str) -> bool | None:
        """Points 1 to 10; True when the turn of others may have come, None when it waits; raises ProblemError."""
        if message["to"] != self.me.entity:
            raise ProblemError("federation.message.not-for-us", message["to"], 421, to=message["to"])
        if message["from"] != caller:
            raise ProblemError("federation.message.sender-not-caller", caller, 403, caller=caller)
        place = (caller, message["thread"])
        turn = self.next.get(place, 1)
        if (caller, message["id"]) in self.came:
            raise ProblemError("federation.message.id-reused", message["id"], 409, id=message["id"])
        if message["seq"] < turn or message["seq"] in self.held.get(place, {}):
            raise ProblemError("federation.message.place-taken", str(message["seq"]), 409, seq=message["seq"])
        records = may_carry(message)
        messages.check_persons(message, records)
        if not self.contacts.known[caller]["confirmed"]:
            self._stranger(message, caller, records)
        if message["seq"] > turn:
            if message["seq"] > turn + AHEAD:
                raise ProblemError("federation.message.too-long", "too far ahead", 413)
            self.held.setdefault(place, {})[message["seq"]] = (digest, message)
            return None
        self.next[place] = turn + 1
        self._process(message, records, caller)
        return True

    def _stranger(self, message: Mapping[str, Any], caller: str, records: list[dict[str, Any]]) -> None:
        mou = next((one for one in records if one["type"] == "mou"), None)
        if message["kind"] != "propose" or mou is None or self.me.institution not in mou["terms"]["parties"]:
            raise ProblemError("federation.stranger.may-only-propose", caller, 403, caller=caller)
        self.strangers.append((caller, self.me.now))
        today = [one for one, when in self.strangers if one == caller and (self.me.now - when).days < 1]
        if len(today) > FIVE_A_DAY:
            raise ProblemError("federation.stranger.too-often", caller, 429, caller=caller)

    def _next_ones(self, caller: str, thread: str) -> None:
        """Messages whose turn has come; a no is told by an error."""
        waiting = self.held.get((caller, thread), {})
        while (turn := self.next[caller, thread]) in waiting:
            _, message = waiting.pop(turn)
            self.next[caller, thread] = turn + 1
            try:
                self._process(message, may_carry(message), caller)
            except ProblemError as problem:
                self.send(caller, thread, "error", note=problem.plain(), in_reply_to=message["id"])

    def _process(self, message: Mapping[str, Any], records: list[dict[str, Any]], caller: str) -> None:
        """Points 8 to 10, then everything enters, or nothing does."""
        thread = self.threads.get(message["thread"])
        if thread is None:
            if message["kind"] != "propose":
                raise ProblemError("federation.thread.not-a-party", caller, 403, caller=caller)
            document = next(one for one in records if one["type"] in ("mou", "learning_agreement"))
            thread = Thread(message["thread"], document)
        thread.take(message, records, caller, self.contacts)
        self.threads[message["thread"]] = thread
        for one in (*message.get("objects", ()), *message.get("signatures", ())):
            self.objects[forms.address_of(forms.unb64(one))] = forms.unb64(one)
        for one in message.get("statements", ()):
            self.objects[forms.address_of(one.encode())] = one.encode()
        for one in message.get("persons", ()):
            self.persons[one["ref"]] = one["person"]
        if message["kind"] == "error":
            self.told.append({"in_reply_to": message["in_reply_to"], **message["note"]})
        self.journal.append(forms.address_of((self.journal[-1] + message["id"]).encode()))

    # ------------------------------------------------------------------------------------ sending

    def send(self, to: str, thread: str, kind: str, **members: Any) -> None:
        seq = 1 + sum(1 for one in self.sent if one["message"]["to"] == to and one["message"]["thread"] == thread)
        message = {
            "id": self.me.identifier(), "from": self.me.entity, "to": to, "seq": seq, "thread": thread, "kind": kind,
            **{name: each for name, each in members.items() if each},
        }  # fmt: skip
        self.sent.append({"message": message, "outcome": "sent", "problem": None, "receipt": None})

    def exchange(self) -> str:
        """Send what has no receipt yet, in order, then ask the outboxes; what happened, for tests."""
        arrived = refused = fetched = 0
        for entity in list(self.contacts.known):
            waiting = [one for one in self.sent if one["message"]["to"] == entity and one["outcome"] == "sent"]
            node = self.contacts.known[entity]["claims"]["metadata"]["ecvet_node"]
            for start in range(0, len(waiting), 50):
                batch = waiting[start : start + 50]
                body = forms.canonical({"messages": [one["message"] for one in batch]})
                answers = json.loads(self.contacts.fetch("POST", node["inbox"], entity, body))["receipts"]
                assert len(answers) == len(batch)
                for one, answer in zip(batch, answers, strict=True):
                    self._confirmed(one, answer, entity)
                    arrived += 1
                    refused += one["outcome"] == "refused"
            if self.contacts.known[entity]["confirmed"]:
                fetched += self._ask_outbox(entity, node["outbox"])
        return f"{arrived} arrived, {refused} of them refused, {fetched} fetched"

    def _confirmed(self, one: dict[str, Any], answer: Any, entity: str) -> None:
        if isinstance(answer, dict):
            one.update(outcome="refused", problem=answer)
            return
        claims = forms.check_token(answer, "ecvet-receipt+jwt", self.contacts.known[entity]["keys"], issuer=entity)
        assert claims["sub"] == one["message"]["id"]
        assert claims["digest"] == forms.address_of(forms.canonical(one["message"]))
        outcome = "refused" if claims["outcome"] == "refused" else "confirmed"
        one.update(outcome=outcome, problem=claims.get("problem"), receipt=answer)

    def _ask_outbox(self, entity: str, outbox: str) -> int:
        count, cursor = 0, ""
        while True:
            address = f"{outbox}?after={urllib.parse.quote(cursor, safe='')}" if cursor else outbox
            page = json.loads(self.contacts.fetch("GET", address, entity))
            with self.lock:
                for one in page["messages"]:
                    known = (entity, one["id"]) in self.came
                    self.receive(one, entity)
                    count += not known
            cursor = page["cursor"]
            if not page["more"]:
                return count

    def say(self, thread: str, kind: str, objects: Iterable[bytes] = (), signatures: Iterable[bytes] = (),
            statements: Iterable[str] = ()) -> None:  # fmt: skip
        """Take a message of our own in, and send it: a party to the owner, the owner to the other parties."""
        with self.lock:
            kept = self.threads.get(thread)
            content = {
                "objects": [forms.b64(one) for one in objects], "signatures": [forms.b64(one) for one in signatures],
                "statements": list(statements),
            }  # fmt: skip
            message = {"id": self.me.identifier(), "thread": thread, "kind": kind,
                       **{name: each for name, each in content.items() if each}}  # fmt: skip
            self._process(message, may_carry(message), self.me.entity)
            kept = self.threads[thread]
            others = kept.institutions if kept.owner == self.me.institution else [kept.owner]
            for one in dict.fromkeys(map(self.contacts.entity_of, others)):
                if one not in (None, self.me.entity):
                    self.send(str(one), thread, kind, **content)
