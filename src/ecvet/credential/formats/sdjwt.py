"""SD-JWT (RFC 9901) as used for verifiable credentials (SD-JWT VC, `dc+sd-jwt`): claims that the holder may withhold.

A withheld claim is replaced by the digest of its disclosure `[salt, name, value]`. Reading it back refuses whatever
could make two verifiers see different claims: a disclosure that nothing refers to, a digest that appears twice, a claim
that is named `_sd` or `...` or that exists already, and control claims (`iss`, `exp`, `status` …) that may be withheld.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final, TypeAlias

from cryptography.hazmat.primitives.asymmetric import ec

from ecvet.credential.formats import jws
from ecvet.credential.formats.jws import Written
from ecvet.credential.formats.sdjwt_reading import (
    ALWAYS_DISCLOSED,
    DIGESTS,
    MAX_BYTES,
    MAX_DISCLOSURES,
    RESERVED,
    Path,
    Revealed,
    SdJwt,
    digest,
    digest_algorithm,
    parse,
    reveal,
)
from ecvet.credential.formats.strict_json import Claims

__all__ = [
    "ALWAYS_DISCLOSED",
    "DIGESTS",
    "MAX_BYTES",
    "MAX_DISCLOSURES",
    "TYP",
    "Path",
    "Revealed",
    "Salts",
    "SdJwt",
    "conceal",
    "digest",
    "digest_algorithm",
    "issue",
    "parse",
    "present",
    "reveal",
]

Salts: TypeAlias = Callable[[], bytes]
"""Gives at least 16 fresh random bytes at every call; chance is the caller's."""

TYP: Final = "dc+sd-jwt"
_HOLDS_MORE: Final = (dict, list)


def issue(
    claims: Claims, hidden: frozenset[Path], salts: Salts, key: ec.EllipticCurvePrivateKey, header: Claims
) -> bytes:
    """Sign claims, those at the paths `hidden` selectively disclosable; `header` holds x5c and kid.

    Raises `ValueError` for claims that the format cannot carry; that is a fault of the caller, not of input.
    """
    payload, disclosures = conceal(claims, hidden, salts)
    if disclosures:
        payload["_sd_alg"] = "sha-256"
    token = jws.serialise({"typ": TYP, **header}, payload, key)
    return "~".join((token, *disclosures, "")).encode("ascii")


def conceal(claims: Claims, hidden: frozenset[Path], salts: Salts) -> tuple[Claims, tuple[str, ...]]:
    """The payload with digests in place of the hidden claims, and their disclosures. Raises `ValueError`."""
    if steering := {path[0] for path in hidden if len(path) == 1} & ALWAYS_DISCLOSED:
        raise ValueError(f"{', '.join(map(str, sorted(map(str, steering))))} may not be withheld")
    disclosures: list[str] = []
    used: set[bytes] = set()
    left = set(hidden)
    touched = {path[:length] for path in hidden for length in range(len(path))}

    def disclosure(*content: Any) -> str:
        salt = salts()
        if len(salt) < 16 or salt in used:
            raise ValueError("a salt has at least 16 bytes and is used once")
        used.add(salt)
        said = jws.encode(jws.dump_list((jws.encode(salt), *content)))
        disclosures.append(said)
        return jws.encode(sha256(said.encode("ascii")).digest())

    def walk(item: Any, path: Path) -> Any:
        if path not in touched:
            return item
        if isinstance(item, dict):
            shown: Claims = {}
            digests = []
            for name, value in item.items():
                below = (*path, name)
                inner = walk(value, below) if below in touched else value
                if below in hidden:
                    left.discard(below)
                    digests.append(disclosure(name, inner))
                else:
                    shown[name] = inner
            return {**shown, "_sd": sorted(digests)} if digests else shown  # sorted: the order would tell too much
        if isinstance(item, list):
            listed = []
            for place, value in enumerate(item):
                inner = walk(value, (*path, place))
                if (*path, place) in hidden:
                    left.discard((*path, place))
                    inner = {"...": disclosure(inner)}
                listed.append(inner)
            return listed
        return item

    _check_names(claims)
    payload: Claims = walk(claims, ()) if hidden else dict(claims)
    if left:
        raise ValueError(f"there is no claim at {sorted(map(str, left))[0]}")
    return payload, tuple(disclosures)


def _check_names(claims: Claims) -> None:
    """What is `Written` was checked when it first stood among claims."""
    waiting: list[Any] = [claims]
    for item in waiting:  # which grows meanwhile
        if isinstance(item, dict):
            if not RESERVED.isdisjoint(item):
                raise ValueError(f"a claim may not be named {', '.join(sorted(RESERVED & item.keys()))}")
            item = item.values()
        waiting += [one for one in item if isinstance(one, _HOLDS_MORE) and not isinstance(one, Written)]


def present(data: bytes, keep: frozenset[Path]) -> bytes:
    """The credential with only the disclosures of the claims at `keep` and of what encloses them; no key binding.

    Raises what `parse` and `reveal` raise.
    """
    credential = parse(data)
    kept = {
        number
        for path, number in reveal(credential).paths.items()
        if any(one[: len(path)] == path for one in keep)
    }  # fmt: skip
    token = credential.presented.split(b"~", 1)[0].decode("ascii")
    shown = (one for number, one in enumerate(credential.texts) if number in kept)
    return "~".join((token, *shown, "")).encode("ascii")
