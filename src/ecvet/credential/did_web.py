"""Keys of an institution under did:web: its name, the document that strangers fetch, and the list of our verifiers.

The name is the place of the document (did:web method): `did:web:host:institutions:7` is described by
`https://host/institutions/7/did.json`; a port is written `%3A8000`. The document is a controlled identifier document
(W3C DID 1.0, Multikey): keys of the past stay in it, so that history verifies; one that somebody else may have is no
assertion method any more, because a stranger who reads only the document knows no interval. Our own verifiers do:
`listed` is what `trust.read_methods` reads.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ecvet.credential.formats import multikey
from ecvet.credential.formats.times import stamped
from ecvet.credential.trust import Method
from ecvet.record import Json
from ecvet.terms import Identifier

CONTEXTS: Final = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")
MEDIA: Final = "application/did+ld+json"


@dataclass(frozen=True, slots=True)
class Published:
    """A key as its document shows it; `revoked` when somebody else may have the private key."""

    method: Method
    revoked: bool = False


def did_web(site: str, *path: str) -> Identifier:
    """The did:web of a place on a site, such as `https://ecvet.example`; the path has at least one part."""
    host, *folders = site.partition("://")[2].split("/")
    return Identifier(":".join(("did:web", host.replace(":", "%3A"), *filter(None, folders), *path)))


def document(did: Identifier, keys: Sequence[Published], *, also: Iterable[Identifier] = ()) -> dict[str, Json]:
    """The document of a did:web; `also` are other names of its subject. Keys of other controllers are left out."""
    own = [one for one in keys if one.method.controller == did]
    asserting: list[Json] = [one.method.id for one in own if not one.revoked]
    methods: list[Json] = [_shown(one) for one in own]
    names: list[Json] = list(also)
    return {
        "@context": list(CONTEXTS), "id": did, **({"alsoKnownAs": names} if names else {}),
        "verificationMethod": methods, "assertionMethod": asserting,
    }  # fmt: skip


def listed(methods: Iterable[Method]) -> dict[str, Json]:
    """Keys with their intervals, as `trust.read_methods` reads them."""
    said: list[Json] = [_with_interval(one) for one in methods]
    return {"methods": said}


def _shown(one: Published) -> dict[str, Json]:
    method = one.method
    said: dict[str, Json] = {
        "id": method.id, "type": "Multikey", "controller": method.controller,
        "publicKeyMultibase": multikey.encode(method.key),
    }  # fmt: skip
    if method.end is not None:
        said["revoked" if one.revoked else "expires"] = stamped(method.end)
    return said


def _with_interval(one: Method) -> dict[str, Json]:
    said: dict[str, Json] = {
        "id": one.id, "controller": one.controller, "publicKeyMultibase": multikey.encode(one.key),
        "from": stamped(one.start),
    }  # fmt: skip
    if one.end is not None:
        said["until"] = stamped(one.end)
    if one.institution is not None:
        said["institution"] = one.institution
    return said
