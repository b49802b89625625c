"""The data model of W3C credentials (VCDM 2.0): the form that every credential has, however it is secured.

JSON-LD is not processed: securing by `vc+jwt` or by JCS covers every byte, so nothing can vanish before it is signed.
What terms mean is fixed by the names of the contexts (`vocabularies`); proofs over statements are `rdf`'s matter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ecvet.credential.errors import ClaimsDoNotFit
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.times import stamp
from ecvet.credential.formats.vocabularies import CREDENTIALS
from ecvet.saying import say

MAX_ITEMS: Final = 64
"""Subjects, evidence, statuses and so on of one credential."""

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_TYPED: Final = {
    "credentialStatus": False,
    "credentialSchema": True,
    "evidence": False,
    "termsOfUse": False,
    "refreshService": False,
}
"""Members whose objects have a type; whether they need an id as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A credential whose form was checked; the claims are the whole of it, as they were signed."""

    id: str | None
    types: tuple[str, ...]
    issuer: str
    valid_from: datetime | None
    valid_until: datetime | None
    claims: Claims


def check_form(claims: Claims) -> Credential:
    """The credential of some claims. Raises `ClaimsDoNotFit`; whether its contexts are known is asked separately."""
    _contexts(claims)
    types = _types(claims, "the credential")
    if "VerifiableCredential" not in types:
        raise ClaimsDoNotFit(why=say("it does not say that it is a VerifiableCredential"))
    if "id" in claims:
        _url(claims["id"], "its id")
    issuer = claims.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    _url(named, "its issuer")
    _texts(claims, "the credential")
    if isinstance(issuer, dict):
        _texts(issuer, "the issuer")
    for subject in _objects(claims, "credentialSubject", needed=True):
        if not subject:
            raise ClaimsDoNotFit(why=say("one of its subjects says nothing"))
        if "id" in subject:
            _url(subject["id"], "the id of a subject")
    for name, needs_id in _TYPED.items():
        for one in _objects(claims, name):
            _types(one, name)
            if needs_id or "id" in one:
                _url(one.get("id"), f"the id of {name}")
    start, end = (stamp(claims[name], name) if name in claims else None for name in ("validFrom", "validUntil"))
    if start is not None and end is not None and end < start:
        raise ClaimsDoNotFit(why=say("its validity ends before it begins"))
    return Credential(
        id=claims.get("id"), types=types, issuer=str(named), valid_from=start, valid_until=end, claims=claims
    )


def check_presentation(claims: Claims) -> tuple[Claims, ...]:
    """The credentials in a presentation, each in the right form or in an envelope. Raises `ClaimsDoNotFit`."""
    _contexts(claims)
    if "VerifiablePresentation" not in _types(claims, "the presentation"):
        raise ClaimsDoNotFit(why=say("it does not say that it is a VerifiablePresentation"))
    if "id" in claims:
        _url(claims["id"], "its id")
    holder = claims.get("holder")
    if holder is not None:
        _url(holder.get("id") if isinstance(holder, dict) else holder, "its holder")
    shown = tuple(_objects(claims, "verifiableCredential"))
    for one in shown:
        if "EnvelopedVerifiableCredential" in _types(one, "a credential shown"):
            if not str(one.get("id")).startswith("data:"):
                raise ClaimsDoNotFit(why=say("the envelope of a credential is empty"))
        else:
            check_form(one)
    return shown


def _contexts(claims: Claims) -> None:
    contexts = claims.get("@context")
    listed = contexts if isinstance(contexts, list) else [contexts]
    if listed[:1] != [CREDENTIALS]:
        raise ClaimsDoNotFit(why=say("its first context is not that of credentials (VCDM 2.0)"))
    for one in listed:
        if not isinstance(one, dict):
            _url(one, "a context")


def _types(item: Claims, what: str) -> tuple[str, ...]:
    types = item.get("type")
    found = tuple(types) if isinstance(types, list) else (types,)
    if not found or not all(isinstance(one, str) and one for one in found):
        raise ClaimsDoNotFit(why=say("{what} has no type", what=what))
    return found


def _objects(item: Claims, name: str, *, needed: bool = False) -> Iterator[Claims]:
    if name not in item and not needed:
        return
    found: Any = item.get(name)
    listed = found if isinstance(found, list) else [found]
    if not listed or len(listed) > MAX_ITEMS or not all(isinstance(one, dict) for one in listed):
        raise ClaimsDoNotFit(why=say("“{name}” is not an object, nor a list of a few", name=name))
    yield from listed


def _texts(item: Claims, what: str) -> None:
    """Names and descriptions are texts, or values with language and direction and nothing else."""
    for name in ("name", "description"):
        found = item.get(name, "")
        for one in found if isinstance(found, list) else [found]:
            plain = isinstance(one, str) and not isinstance(found, list)
            valued = isinstance(one, dict) and isinstance(one.get("@value"), str)
            if not plain and not (valued and one.keys() <= {"@value", "@language", "@direction"}):
                raise ClaimsDoNotFit(why=say("the {name} of {what} is not a text in a language", name=name, what=what))


def _url(text: object, what: str) -> None:
    if not isinstance(text, str) or not _URL.fullmatch(text):
        raise ClaimsDoNotFit(why=say("{what} is not an address", what=what))
