"""Threads (docs/integrate/network.md 4 and 6): what a message carries, who may say it, and what is in force."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from . import forms, messages
from .forms import Keys, ProblemError

CARRIES = {
    "propose": ("mou", "learning_agreement"), "event": ("mobility_event",), "result": ("transcript",),
    "decide": ("decision",), "appeal": ("appeal",), "retract": ("tombstone",),
}  # fmt: skip
BESIDE = ("unit", "assessment", "attestation")


class Node(Protocol):
    """What a thread needs of the node that keeps it."""

    def entity_of(self, institution: str) -> str | None: ...
    def keys_for(self, institutions: Iterable[str]) -> Keys: ...


def may_carry(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The records of a message, the first being the one it is about; raises `federation.message.unfit`."""
    kind = message["kind"]
    records = [messages.read_record(forms.unb64(one)) for one in message.get("objects", ())]
    about = [one for one in records if one["type"] not in BESIDE]

    def unless(fits: object, why: str) -> None:
        if not fits:
            raise ProblemError("federation.message.unfit", why, kind=kind)

    if kind in CARRIES:
        unless(len(about) == 1 and about[0]["type"] in CARRIES[kind], f"exactly one of {CARRIES[kind]}")
        unless(message.get("signatures"), "the signature of the author is missing")
    else:
        unless(not about, "no record belongs there")
    if kind == "sign":
        unless(message.get("signatures") or message.get("statements"), "nothing is signed")
    if kind == "seal":
        unless(message.get("statements"), "the seal is missing")
    if kind in ("note", "error"):
        unless("note" in message, "the note is missing")
    if kind == "error":
        unless("in_reply_to" in message, "in_reply_to is missing")
    return [*about, *(one for one in records if one["type"] in BESIDE)]


def names_of(records: Iterable[bytes]) -> list[str]:
    return sorted(json.loads(one).get("type", "signature") for one in records)


class Thread:
    """A memorandum, or an agreement with everything about its mobility."""

    def __init__(self, name: str, document: Mapping[str, Any]) -> None:
        self.name, self.kind = name, document["type"]
        parties = document["terms"]["parties"]
        if self.kind == "mou":
            self.roles = dict.fromkeys(parties, "party")
            self.owner = str(document["author"])
        else:
            self.roles = {one["id"]: one["role"] for one in parties}
            self.owner = next(one["id"] for one in parties if one["role"] == "home")
        self.records: dict[str, dict[str, Any]] = {}
        self.signatures: dict[str, dict[str, Any]] = {}
        self.statements: dict[str, str] = {}
        self.beside: set[str] = set()
        self.seals: list[str] = []
        self.sealed = self.proposed = ""
        self.state = "proposed"

    @property
    def institutions(self) -> list[str]:
        return [one for one, role in self.roles.items() if role not in ("learner", "guardian")]

    @property
    def contents(self) -> set[str]:
        """What both sides hold: records, answers to versions, statements; nothing of what came beside."""
        answers = {name for name, one in self.signatures.items() if one["act"] in ("accept", "reject", "withdraw")}
        return {*self.records, *answers, *self.statements}

    def role_of(self, institution: str) -> str:
        return self.roles[institution]

    def signatories(self, version: str) -> list[str]:
        parties = self.records[version]["terms"]["parties"]
        return list(parties) if self.kind == "mou" else [one["id"] for one in parties if one.get("signs", True)]

    def acceptances(self, version: str) -> dict[str, str]:
        """Addresses of acceptances with their signers, the newest of each."""
        return {
            name: one["signer"] for name, one in self.signatures.items()
            if one["object"] == version and one["act"] == "accept"
        }  # fmt: skip

    def take(self, message: Mapping[str, Any], records: list[dict[str, Any]], caller: str, node: Node) -> None:
        """Take a message in whole, or raise a ProblemError and change nothing."""
        kind, about = message["kind"], None
        if caller not in map(node.entity_of, self.institutions):
            raise ProblemError("federation.thread.not-a-party", caller, 403, caller=caller)
        owned = caller == node.entity_of(self.owner)
        if kind in ("seal", "retract") and not owned:
            raise ProblemError("federation.thread.not-yours-to-say", caller, 403, kind=kind, whose=self.owner)
        found = {forms.address_of(forms.canonical(one)): one for one in records}
        signed = self._signed(message, found, node)
        if kind in CARRIES:
            about = next(name for name, one in found.items() if one["type"] not in BESIDE)
            author = found[about]["author"]
            if not any(one["object"] == about and one["signer"] == author for one in signed.values()):
                raise ProblemError("federation.object.not-signed", "its author has not signed it", object=about)
            if not owned and node.entity_of(author) != caller:
                raise ProblemError("federation.thread.not-yours-to-say", caller, 403, kind=kind, whose=author)
            self._follows(about, found[about])
        statements = {forms.address_of(one.encode()): one for one in message.get("statements", ())}
        seal = self._sealed(message, found, signed, node) if kind == "seal" else None
        # everything fits: all of it enters
        self.signatures |= {name: one for name, one in signed.items()
                            if one["object"] in self.records or one["object"] == about}  # fmt: skip
        self.statements |= statements
        if about is not None:
            self.records[about] = found[about]
        self.beside |= {name for name in found if name != about}
        self.beside |= {name for name in signed if name not in self.signatures}
        if kind == "propose":
            self.proposed = str(about)
        if seal is not None:
            self.seals.append(message["statements"][0])
            self.sealed, self.state = seal["object"], "in force"
        if any(one["act"] in ("reject", "withdraw") for one in signed.values()):
            self.state = "rejected"

    def _follows(self, address: str, record: Mapping[str, Any]) -> None:
        """A version stands in its own line by `prev`."""
        if record["type"] in CARRIES["propose"]:
            fits = record.get("prev") in (None, self.sealed or None, self.proposed or None)
            if not fits:
                raise ProblemError("partnership.thread.stale", "another version is the head", 409, head=self.sealed)
            return
        line = [name for name, one in self.records.items() if one["thread"] == record["thread"]]
        if address not in line and record.get("prev") != (line[-1] if line else None):
            raise ProblemError("record.version.does-not-follow", "prev is not the last of the line", 409)

    def _signed(self, message: Mapping[str, Any], found: Mapping[str, Any], node: Node) -> dict[str, dict[str, Any]]:
        """Signatures by address, each by a key of its signer, or of an institution of the document for learners."""
        made = {}
        for one in message.get("signatures", ()):
            data = forms.unb64(one)
            statement = json.loads(data)
            for_people = statement.get("role") in ("learner", "guardian") or "level" in statement
            authors = [each["author"] for each in found.values()]
            keys = node.keys_for([*self.institutions, *authors] if for_people else [statement.get("signer", "")])
            over = found.get(statement.get("object", ""), {"type": ""})
            if over["type"] in BESIDE and not keys:
                continue  # a body that is not known here: the record beside is what the sender says
            messages.check_signature(data, keys)
            if statement["object"] not in found and statement["object"] not in self.records:
                raise ProblemError("federation.object.not-signed", "over a record that is not here",
                                   object=statement["object"])  # fmt: skip
            made[forms.address_of(data)] = statement
        return made

    def _sealed(
        self, message: Mapping[str, Any], found: Mapping[str, Any], signed: Mapping[str, dict[str, Any]], node: Node
    ) -> dict[str, Any]:
        """The claims of a seal that proves what it says; raises `federation.thread.seal-does-not-fit` or `forked`."""
        keys = node.keys_for([self.owner])
        claims = forms.check_token(message["statements"][0], "ecvet-seal+jwt", keys, issuer=self.owner)
        version = claims["object"]

        def unless(fits: object, why: str) -> None:
            if not fits:
                raise ProblemError("federation.thread.seal-does-not-fit", why, object=version)

        unless(claims["thread"] == self.name, "it is over another thread")
        unless(version in self.records, "the version is not here")
        if claims.get("replaces", "") != self.sealed:
            raise ProblemError("federation.thread.forked", "another version was sealed here", 409)
        known = {**self.signatures, **signed}
        unless(all(one in known for one in claims["acceptances"]), "an acceptance is missing")
        accepted = [known[one] for one in claims["acceptances"]]
        unless(all(one["act"] == "accept" and one["object"] == version for one in accepted), "not acceptances of it")
        unless({one["signer"] for one in accepted} >= set(self.signatories(version)), "somebody has not accepted")
        unless(all(one["at"] <= claims["at"] for one in accepted), "it is older than an acceptance")
        return claims
