"""A partner of another make: a small node of the network, written from docs/integrate alone.

It shares no code with the project, needs the standard library and `cryptography` only, and never imports ecvet. It keeps
everything in memory, receives and sends as sections 3 to 6 of network.md say, and takes part as a hosting institution.
As a program it serves at a port of 127.0.0.1 and does what it is told on its standard input, one line of JSON each.
"""

import json
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import partner_rules as rules
import partner_wire as wire
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from partner_threads import Thread, may_carry, names_of
from partner_wire import ProblemError

AHEAD = 1000
FIVE_A_DAY = 5


class NoRedirection(urllib.request.HTTPRedirectHandler):
    """No redirection is followed."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Partner:
    """One institution with its node; `now` is set from outside, chance comes from `chance`."""

    def __init__(self, entity: str, institution: str, name: str, country: str, *, seed: bytes, now: datetime) -> None:
        self.entity, self.institution, self.name, self.country = entity, institution, name, country
        self.key = Ed25519PrivateKey.from_private_bytes(seed)
        self.now, self.lock = now, threading.RLock()
        self.known: dict[str, dict[str, Any]] = {}  # entity: claims, keys, confirmed
        self.objects: dict[str, bytes] = {}
        self.persons: dict[str, Mapping[str, Any]] = {}
        self.threads: dict[str, Thread] = {}
        self.came: dict[tuple[str, str], tuple[str, str]] = {}
        self.next: dict[tuple[str, str], int] = {}
        self.held: dict[tuple[str, str], dict[int, tuple[str, dict[str, Any]]]] = {}
        self.sent: list[dict[str, Any]] = []
        self.nonces: set[tuple[str, str]] = set()
        self.journal = [wire.address_of(entity.encode())]
        self.told: list[dict[str, Any]] = []
        self.strangers: list[tuple[str, datetime]] = []
        self.count = 0
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirection())

    # ------------------------------------------------------------------------------------ small things

    def chance(self, what: str) -> bytes:
        """Unguessable by others: made with the private key from a counter."""
        self.count += 1
        return bytes.fromhex(wire.address_of(self.key.sign(f"{what} {self.count}".encode())).removeprefix("sha-256:"))

    def identifier(self) -> str:
        """A UUID of version 7."""
        chance = self.chance("uuid").hex()
        variant = "89ab"[int(chance[3], 16) % 4]
        digits = f"{int(self.now.timestamp() * 1000):012x}7{chance[:3]}{variant}{chance[4:19]}"
        return "urn:uuid:" + "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    @property
    def seconds(self) -> int:
        return int(self.now.timestamp())

    @property
    def time(self) -> str:
        return self.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def own_keys(self) -> dict[str, Ed25519PublicKey]:
        return {f"{one}#1": self.key.public_key() for one in (self.entity, self.institution)}

    def configuration(self) -> str:
        at = f"{self.entity}/x/v1"
        claims = {
            "iss": self.entity, "sub": self.entity, "iat": self.seconds, "exp": self.seconds + 86400,
            "jwks": {"keys": [wire.jwk(key, name) for name, key in self.own_keys.items()]},
            "metadata": {
                "federation_entity": {"organization_name": self.name},
                "ecvet_node": {
                    **{one: f"{at}/{one}" for one in ("inbox", "outbox", "objects", "threads", "echo")},
                    "schema_majors": ["1"], "protocols": ["ecvet-x-1"], "institutions": [self.institution],
                },
            },
        }  # fmt: skip
        return wire.token(claims, "entity-statement+jwt", self.key, f"{self.entity}#1")

    # ------------------------------------------------------------------------------------ partners

    def fetch(self, method: str, address: str, entity: str, body: bytes = b"", *, signed: bool = True) -> bytes:
        if not rules.may_ask(address, entity, loopback=True):
            raise ProblemError("federation.fetch.address-not-allowed", address)
        fields: dict[str, str] = {}
        if signed:
            nonce = self.chance("nonce").hex()[:32]
            fields = wire.sign_request(
                method, address, body, self.key, f"{self.entity}#1", at=self.seconds, nonce=nonce
            )  # fmt: skip
        asked = urllib.request.Request(address, data=body or None, method=method, headers=fields)
        with self.opener.open(asked, timeout=20) as answer:
            return bytes(answer.read(8 * 1024 * 1024))

    def look(self, entity: str) -> str:
        """Fetch the entity configuration of another; the short code that two people compare."""
        text = self.fetch("GET", f"{entity}/.well-known/openid-federation", entity, signed=False).decode()
        _, claims = wire.read_token(text, "entity-statement+jwt")
        keys = wire.keys_in(claims["jwks"])
        wire.check_token(text, "entity-statement+jwt", keys, at=self.seconds, issuer=entity)
        if claims["sub"] != entity:
            raise ProblemError("federation.statement.forged", f"not about {entity}", 403)
        before = self.known.get(entity)
        if before is not None and before["confirmed"] and not self._followed(before, text, claims):
            raise ProblemError("federation.trust.keys-not-followed", "no key vouches", 409, entity=entity)
        confirmed = bool(before and before["confirmed"])
        self.known[entity] = {"claims": claims, "keys": keys, "confirmed": confirmed}
        signer = wire.keys_in(claims["jwks"], self.seconds)
        own = next(key for name, key in signer.items() if name.rpartition("#")[0] == entity)
        return rules.short_code(wire.raw(self.key.public_key()), wire.raw(own))

    def _followed(self, before: Mapping[str, Any], text: str, claims: Mapping[str, Any]) -> bool:
        """Signed with a pinned key, or with one for which rotations vouch."""
        trusted = dict(before["keys"])
        for one in claims["metadata"]["ecvet_node"].get("rotations", ()):
            vouched = wire.check_token(one, "ecvet-rotation+jwt", trusted)
            trusted |= wire.keys_in(vouched["jwks"])
        try:
            wire.check_token(text, "entity-statement+jwt", trusted)
        except ProblemError:
            return False
        return True

    def confirm(self, entity: str, code: str) -> None:
        """Pin the keys of a partner whose code was read out by telephone."""
        expected = self.look(entity)
        if code.split() != expected.split():
            raise ProblemError("federation.trust.code-differs", expected, 409, expected=expected)
        self.known[entity]["confirmed"] = True

    def key_of(self, name: str) -> Ed25519PublicKey | None:
        """The key of a caller; a stranger's configuration is fetched, once."""
        entity = name.rpartition("#")[0]
        if name not in self.known.get(entity, {"keys": {}})["keys"]:
            try:
                self.look(entity)
            except (ProblemError, OSError, ValueError):
                return None
        found: Ed25519PublicKey | None = self.known[entity]["keys"].get(name)
        return found

    def entity_of(self, institution: str) -> str | None:
        """The entity that speaks for an institution."""
        if institution in (self.institution, self.entity):
            return self.entity
        for entity, one in self.known.items():
            if institution in (entity, *one["claims"]["metadata"]["ecvet_node"]["institutions"]):
                return entity
        return None

    def keys_for(self, institutions: Iterable[str]) -> dict[str, Ed25519PublicKey]:
        """The keys that sign for institutions, by name."""
        found: dict[str, Ed25519PublicKey] = {}
        for one in institutions:
            entity = self.entity_of(one)
            keys = self.own_keys if entity == self.entity else self.known.get(entity or "", {"keys": {}})["keys"]
            found |= {name: key for name, key in keys.items() if name.rpartition("#")[0] in (one, entity)}
        return found

    # ------------------------------------------------------------------------------------ receiving (section 5)

    def receive_batch(self, body: bytes, caller: str) -> list[Any]:
        return [self.receive(one, caller) for one in wire.read_batch(body)]

    def receive(self, value: Any, caller: str) -> Any:
        """A receipt, or a problem where the message has no name that could be trusted."""
        try:
            message = wire.read_message(value)
        except ProblemError as problem:
            return problem.plain()
        digest = wire.address_of(wire.canonical(message))
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
            "iss": self.entity, "sub": message["id"], "digest": digest, "outcome": outcome, "iat": self.seconds,
            "head": {"n": len(self.journal) - 1, "hash": self.journal[-1]},
        }  # fmt: skip
        if why is not None:
            claims["problem"] = why.plain()
        return wire.token(claims, "ecvet-receipt+jwt", self.key, f"{self.entity}#1")

    def _take_in(self, message: dict[str, Any], digest: str, caller: str) -> bool | None:
        """Points 1 to 10; True when the turn of others may have come, None when it waits; raises ProblemError."""
        if message["to"] != self.entity:
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
        wire.check_persons(message, records)
        if not self.known[caller]["confirmed"]:
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
        if message["kind"] != "propose" or mou is None or self.institution not in mou["terms"]["parties"]:
            raise ProblemError("federation.stranger.may-only-propose", caller, 403, caller=caller)
        self.strangers.append((caller, self.now))
        today = [one for one, when in self.strangers if one == caller and (self.now - when).days < 1]
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
        thread.take(message, records, caller, self)
        self.threads[message["thread"]] = thread
        for one in (*message.get("objects", ()), *message.get("signatures", ())):
            self.objects[wire.address_of(wire.unb64(one))] = wire.unb64(one)
        for one in message.get("statements", ()):
            self.objects[wire.address_of(one.encode())] = one.encode()
        for one in message.get("persons", ()):
            self.persons[one["ref"]] = one["person"]
        if message["kind"] == "error":
            self.told.append({"in_reply_to": message["in_reply_to"], **message["note"]})
        self.journal.append(wire.address_of((self.journal[-1] + message["id"]).encode()))

    # ------------------------------------------------------------------------------------ sending

    def send(self, to: str, thread: str, kind: str, **members: Any) -> None:
        seq = 1 + sum(1 for one in self.sent if one["message"]["to"] == to and one["message"]["thread"] == thread)
        message = {
            "id": self.identifier(), "from": self.entity, "to": to, "seq": seq, "thread": thread, "kind": kind,
            **{name: each for name, each in members.items() if each},
        }  # fmt: skip
        self.sent.append({"message": message, "outcome": "sent", "problem": None, "receipt": None})

    def exchange(self) -> str:
        """Send what has no receipt yet, in order, then ask the outboxes; what happened, for tests."""
        arrived = refused = fetched = 0
        for entity in list(self.known):
            waiting = [one for one in self.sent if one["message"]["to"] == entity and one["outcome"] == "sent"]
            node = self.known[entity]["claims"]["metadata"]["ecvet_node"]
            for start in range(0, len(waiting), 50):
                batch = waiting[start : start + 50]
                body = wire.canonical({"messages": [one["message"] for one in batch]})
                answers = json.loads(self.fetch("POST", node["inbox"], entity, body))["receipts"]
                assert len(answers) == len(batch)
                for one, answer in zip(batch, answers, strict=True):
                    self._confirmed(one, answer, entity)
                    arrived += 1
                    refused += one["outcome"] == "refused"
            if self.known[entity]["confirmed"]:
                fetched += self._ask_outbox(entity, node["outbox"])
        return f"{arrived} arrived, {refused} of them refused, {fetched} fetched"

    def _confirmed(self, one: dict[str, Any], answer: Any, entity: str) -> None:
        if isinstance(answer, dict):
            one.update(outcome="refused", problem=answer)
            return
        claims = wire.check_token(answer, "ecvet-receipt+jwt", self.known[entity]["keys"], issuer=entity)
        assert claims["sub"] == one["message"]["id"]
        assert claims["digest"] == wire.address_of(wire.canonical(one["message"]))
        outcome = "refused" if claims["outcome"] == "refused" else "confirmed"
        one.update(outcome=outcome, problem=claims.get("problem"), receipt=answer)

    def _ask_outbox(self, entity: str, outbox: str) -> int:
        count, cursor = 0, ""
        while True:
            address = f"{outbox}?after={urllib.parse.quote(cursor, safe='')}" if cursor else outbox
            page = json.loads(self.fetch("GET", address, entity))
            with self.lock:
                for one in page["messages"]:
                    known = (entity, one["id"]) in self.came
                    self.receive(one, entity)
                    count += not known
            cursor = page["cursor"]
            if not page["more"]:
                return count

    # ------------------------------------------------------------------------------------ comparing

    def states(self, entity: str) -> dict[str, str]:
        """The states of the threads shared with an entity."""
        return {
            name: rules.state_of(one.contents)
            for name, one in self.threads.items()
            if entity in {self.entity_of(party) for party in one.institutions}
        }

    def compare(self, entity: str) -> dict[str, Any]:
        """What the other keeps and what is kept here, where they differ."""
        theirs = json.loads(self.fetch("GET", self._endpoint(entity, "threads"), entity))
        ours = self.states(entity)
        assert rules.head_of(theirs["threads"]) == theirs["head"]
        differing = {one for one in {**ours, **theirs["threads"]} if ours.get(one) != theirs["threads"].get(one)}
        return {one: self.compare_thread(entity, one) for one in sorted(differing)}

    def compare_thread(self, entity: str, thread: str) -> dict[str, Any]:
        address = f"{self._endpoint(entity, 'threads')}/{urllib.parse.quote(thread, safe='')}"
        found = json.loads(self.fetch("GET", address, entity))
        assert rules.state_of(found["contents"]) == found["state"]
        ours = self.threads[thread].contents if thread in self.threads else set()
        return {"only there": sorted(set(found["contents"]) - ours), "only here": sorted(ours - set(found["contents"]))}

    def fetch_object(self, entity: str, address: str) -> str:
        data = self.fetch("GET", f"{self._endpoint(entity, 'objects')}/{address}", entity)
        assert wire.address_of(data) == address
        return data.decode()

    def echo(self, entity: str) -> Any:
        return json.loads(self.fetch("POST", self._endpoint(entity, "echo"), entity, b'{"heard":true}'))

    def _endpoint(self, entity: str, name: str) -> str:
        return str(self.known[entity]["claims"]["metadata"]["ecvet_node"][name])

    # ------------------------------------------------------------------------------------ answers to GET

    def outbox(self, caller: str, after: str) -> dict[str, Any]:
        start = int(after or 0)
        own = [one["message"] for one in self.sent if one["message"]["to"] == caller]
        page = own[start : start + 50]
        return {"messages": page, "cursor": str(start + len(page)), "more": start + len(page) < len(own)}

    def shared(self, caller: str, path: str) -> Any:
        if not path:
            states = self.states(caller)
            return {"head": rules.head_of(states), "threads": states}
        thread = self.threads.get(urllib.parse.unquote(path.removeprefix("/")))
        if thread is None or caller not in {self.entity_of(one) for one in thread.institutions}:
            raise ProblemError("federation.thread.not-a-party", caller, 403, caller=caller)
        return {
            "owner": thread.owner, "contents": sorted(thread.contents), "state": rules.state_of(thread.contents),
            "seals": thread.seals,
        }  # fmt: skip

    def object(self, caller: str, address: str) -> bytes:
        if address not in self.objects:
            raise ProblemError("record.address.unreadable", address, 404)
        for one in self.threads.values():
            if address in (one.contents | one.beside) and caller in map(self.entity_of, one.institutions):
                return self.objects[address]
        raise ProblemError("federation.thread.not-a-party", caller, 403, caller=caller)

    # ------------------------------------------------------------------------------------ what people do

    def sign(self, address: str, role: str, act: str, **more: str) -> bytes:
        statement = {"object": address, "signer": self.institution, "role": role, "act": act, "at": self.time, **more}
        return wire.sign_record(statement, self.key, f"{self.institution}#1")

    def record(self, kind: str, terms: Mapping[str, Any], **more: Any) -> bytes:
        made = {
            "type": kind, "schema": f"https://ecvet.example/schema/{kind}/1.0", "thread": self.identifier(),
            "version": 1, "author": self.institution, "created": self.time, "terms": dict(terms), **more,
        }  # fmt: skip
        return wire.canonical(made)

    def say(self, thread: str, kind: str, objects: Iterable[bytes] = (), signatures: Iterable[bytes] = (),
            statements: Iterable[str] = ()) -> None:  # fmt: skip
        """Take a message of our own in, and send it: a party to the owner, the owner to the other parties."""
        with self.lock:
            kept = self.threads.get(thread)
            content = {
                "objects": [wire.b64(one) for one in objects], "signatures": [wire.b64(one) for one in signatures],
                "statements": list(statements),
            }  # fmt: skip
            message = {"id": self.identifier(), "thread": thread, "kind": kind,
                       **{name: each for name, each in content.items() if each}}  # fmt: skip
            self._process(message, may_carry(message), self.entity)
            kept = self.threads[thread]
            others = kept.institutions if kept.owner == self.institution else [kept.owner]
            for one in dict.fromkeys(map(self.entity_of, others)):
                if one not in (None, self.entity):
                    self.send(str(one), thread, kind, **content)

    def answer(self, thread: str, act: str = "accept", reason: str = "") -> str:
        """Accept or reject the version proposed last."""
        kept = self.threads[thread]
        more = {"reason": reason} if reason else {}
        self.say(thread, "sign", signatures=[self.sign(kept.proposed, kept.role_of(self.institution), act, **more)])
        return kept.proposed

    def seal(self, thread: str) -> None:
        """As the owner: bring the proposed version into force with everybody's acceptance."""
        kept = self.threads[thread]
        acceptances = kept.acceptances(kept.proposed)
        claims = {
            "iss": self.institution, "thread": thread, "object": kept.proposed, "at": self.time,
            "in_force_from": self.time[:10], "acceptances": list(acceptances),
        }  # fmt: skip
        if kept.sealed:
            claims["replaces"] = kept.sealed
        made = wire.token(claims, "ecvet-seal+jwt", self.key, f"{self.institution}#1")
        self.say(thread, "seal", signatures=[self.objects[one] for one in acceptances], statements=[made])

    def propose_memorandum(self, partner: str, terms: Mapping[str, Any]) -> str:
        """Propose a memorandum to an institution, accepted by ourselves; the thread."""
        data = self.record("mou", {"parties": [self.institution, partner], **terms})
        address, thread = wire.address_of(data), json.loads(data)["thread"]
        self.say(thread, "propose", [data], [self.sign(address, "author", "accept")])
        return str(thread)

    def tell(self, thread: str, verb: str, on: str, **more: Any) -> str:
        """What happened during the stay, as the hosting institution: all events of one stay form one line."""
        kept = self.threads[thread]
        line = [(name, one) for name, one in kept.records.items()
                if one["type"] == "mobility_event" and one["author"] == self.institution]  # fmt: skip
        follows = {} if not line else {
            "thread": line[-1][1]["thread"], "version": line[-1][1]["version"] + 1, "prev": line[-1][0],
        }  # fmt: skip
        terms = {"stay": thread, "verb": verb, "on": on, "by": "hosting", "agreement": kept.sealed, **more}
        data = self.record("mobility_event", terms, **follows)
        self.say(thread, "event", [data], [self.sign(wire.address_of(data), "hosting", "issue")])
        return wire.address_of(data)

    def transfer(self, thread: str, on: str, assessor: Mapping[str, str]) -> str:
        """Assess every agreed outcome as achieved, and send the transcript with its assessments beside it."""
        kept = self.threads[thread]
        terms = kept.records[kept.sealed]["terms"]
        learner = next(one["id"] for one in terms["parties"] if one["role"] == "learner")
        beside, entries, signatures = [], [], []
        for unit in terms["units"]:
            outcomes = [{"outcome": one, "result": "achieved"} for one in unit["outcomes"]]
            assessed = self.record("assessment", {
                "learner": learner, "unit": unit["unit"], "outcomes": outcomes, "on": on,
                "institution": self.institution, "assessor": dict(assessor),
            })  # fmt: skip
            beside.append(assessed)
            signatures.append(self.sign(wire.address_of(assessed), "hosting", "issue"))
            entries.append({
                "unit": unit["unit"], "title": unit["title"], "outcomes": outcomes,
                "assessments": [wire.address_of(assessed)], "complete": not unit.get("part", False),
            })  # fmt: skip
        home = next(one["id"] for one in terms["parties"] if one["role"] == "home")
        data = self.record("transcript", {
            "learner": learner, "issuer": self.institution, "home": home, "basis": kept.sealed,
            "qualification": terms["qualification"], "entries": entries,
        })  # fmt: skip
        signatures.insert(0, self.sign(wire.address_of(data), "hosting", "issue"))
        self.say(thread, "result", [data, *beside], signatures)
        return wire.address_of(data)

    # ------------------------------------------------------------------------------------ what tests ask

    def set_clock(self, at: str) -> None:
        self.now = datetime.fromisoformat(at)

    def seen(self, thread: str) -> dict[str, Any]:
        kept = self.threads[thread]
        return {
            "state": kept.state, "owner": kept.owner, "sealed": kept.sealed, "proposed": kept.proposed,
            "records": [[one["type"], one["terms"].get("kind") or one["terms"].get("verb")]
                        for one in kept.records.values()],
            "acts": [[one["act"], one["role"]] for one in kept.signatures.values()],
            "beside": names_of(self.objects[one] for one in sorted(kept.beside)),
        }  # fmt: skip

    def unhappy(self) -> list[Any]:
        """What was not confirmed, and what came back as an error."""
        mine = [[one["message"]["kind"], one["outcome"], one["problem"]] for one in self.sent if one["outcome"] != "confirmed"]
        return [*mine, *self.told]


# ---------------------------------------------------------------------------------------- serving


class Handler(BaseHTTPRequestHandler):
    """Signed requests below /x/v1, and the entity configuration."""

    partner: Partner

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:  # noqa: N802
        self._answer()

    do_POST = do_GET  # noqa: N815

    def _answer(self) -> None:
        partner = self.partner
        if self.path == "/.well-known/openid-federation":
            return self._give(200, partner.configuration().encode(), "application/entity-statement+jwt")
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        try:
            keyid = wire.check_request(
                self.command, partner.entity + self.path, [(n, v) for n, v in self.headers.items()], body,
                at=partner.seconds, key_of=partner.key_of, seen=self._seen,
            )  # fmt: skip
            with partner.lock:
                found = self._found(keyid, body)
            return self._give(200, found if isinstance(found, bytes) else wire.canonical(found), "application/json")
        except ProblemError as problem:
            return self._give(problem.status, wire.canonical(problem.plain()), "application/problem+json")

    def _found(self, keyid: str, body: bytes) -> Any:
        partner, caller = self.partner, keyid.rpartition("#")[0]
        address = urllib.parse.urlsplit(self.path)
        name, _, rest = address.path.removeprefix("/x/v1/").partition("/")
        if name == "inbox" and self.command == "POST":
            return {"receipts": partner.receive_batch(body, caller)}
        if name == "outbox":
            return partner.outbox(caller, dict(urllib.parse.parse_qsl(address.query)).get("after", ""))
        if name == "objects":
            return partner.object(caller, rest)
        if name == "threads":
            return partner.shared(caller, rest)
        if name == "echo":
            return {"caller": caller, "keyid": keyid, "at": partner.time}
        raise ProblemError("federation.message.unreadable", "nothing is there", 404)

    def _seen(self, keyid: str, nonce: str) -> bool:
        with self.partner.lock:
            known = (keyid, nonce) in self.partner.nonces
            self.partner.nonces.add((keyid, nonce))
            return known

    def _give(self, status: int, data: bytes, media: str) -> None:
        self.send_response(status)
        self.send_header("content-type", media)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def main() -> None:
    """Serve at a port; what is called on standard input is done."""
    given = json.loads(sys.argv[1])
    partner = Partner(
        given["entity"], given["institution"], given["name"], given["country"], seed=bytes.fromhex(given["seed"]),
        now=datetime.fromisoformat(given["now"]),
    )  # fmt: skip
    handler = type("PartnerHandler", (Handler,), {"partner": partner})
    server = ThreadingHTTPServer(("127.0.0.1", given["port"]), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"result": getattr(partner, asked["call"])(**asked["with"])}
        except urllib.error.HTTPError as failed:
            answer = {"error": f"{failed.url}: {failed.code} {failed.read().decode(errors='replace')}"}
        except Exception as failed:
            answer = {"error": repr(failed)}
        print(json.dumps(answer, default=str), flush=True)


if __name__ == "__main__":
    main()
