"""Whom a partner knows: configurations, pinned keys, signed requests to them (docs/integrate/network.md 2 and 3)."""

import urllib.request
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import forms, requests, rules
from .forms import ProblemError
from .me import Me


class NoRedirection(urllib.request.HTTPRedirectHandler):
    """No redirection is followed."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Contacts:
    """Other entities; `known` holds for each its claims, its keys by name, and whether people have confirmed it."""

    def __init__(self, me: Me) -> None:
        self.me = me
        self.known: dict[str, dict[str, Any]] = {}
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirection())

    def fetch(self, method: str, address: str, entity: str, body: bytes = b"", *, signed: bool = True) -> bytes:
        if not rules.may_ask(address, entity, loopback=True):
            raise ProblemError("federation.fetch.address-not-allowed", address)
        fields: dict[str, str] = {}
        if signed:
            nonce = self.me.chance("nonce").hex()[:32]
            fields = requests.sign_request(
                method, address, body, self.me.key, f"{self.me.entity}#1", at=self.me.seconds, nonce=nonce
            )  # fmt: skip
        asked = urllib.request.Request(address, data=body or None, method=method, headers=fields)
        with self.opener.open(asked, timeout=20) as answer:
            return bytes(answer.read(8 * 1024 * 1024))

    def look(self, entity: str) -> str:
        """Fetch the entity configuration of another; the short code that two people compare."""
        text = self.fetch("GET", f"{entity}/.well-known/openid-federation", entity, signed=False).decode()
        _, claims = forms.read_token(text, "entity-statement+jwt")
        keys = forms.keys_in(claims["jwks"])
        forms.check_token(text, "entity-statement+jwt", keys, at=self.me.seconds, issuer=entity)
        if claims["sub"] != entity:
            raise ProblemError("federation.statement.forged", f"not about {entity}", 403)
        before = self.known.get(entity)
        if before is not None and before["confirmed"] and not self._followed(before, text, claims):
            raise ProblemError("federation.trust.keys-not-followed", "no key vouches", 409, entity=entity)
        confirmed = bool(before and before["confirmed"])
        self.known[entity] = {"claims": claims, "keys": keys, "confirmed": confirmed}
        signer = forms.keys_in(claims["jwks"], self.me.seconds)
        own = next(key for name, key in signer.items() if name.rpartition("#")[0] == entity)
        return rules.short_code(forms.raw(self.me.key.public_key()), forms.raw(own))

    def _followed(self, before: Mapping[str, Any], text: str, claims: Mapping[str, Any]) -> bool:
        """Signed with a pinned key, or with one for which rotations vouch."""
        trusted = dict(before["keys"])
        for one in claims["metadata"]["ecvet_node"].get("rotations", ()):
            vouched = forms.check_token(one, "ecvet-rotation+jwt", trusted)
            trusted |= forms.keys_in(vouched["jwks"])
        try:
            forms.check_token(text, "entity-statement+jwt", trusted)
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
        if institution in (self.me.institution, self.me.entity):
            return self.me.entity
        for entity, one in self.known.items():
            if institution in (entity, *one["claims"]["metadata"]["ecvet_node"]["institutions"]):
                return entity
        return None

    def keys_for(self, institutions: Iterable[str]) -> dict[str, Ed25519PublicKey]:
        """The keys that sign for institutions, by name."""
        found: dict[str, Ed25519PublicKey] = {}
        for one in institutions:
            entity = self.entity_of(one)
            keys = self.me.own_keys if entity == self.me.entity else self.known.get(entity or "", {"keys": {}})["keys"]
            found |= {name: key for name, key in keys.items() if name.rpartition("#")[0] in (one, entity)}
        return found

    def endpoint(self, entity: str, name: str) -> str:
        return str(self.known[entity]["claims"]["metadata"]["ecvet_node"][name])
