"""Records beside a credential: read from files, walked, and told in words."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ecvet.cli.output import FileUnreadable, read_bytes
from ecvet.credential.chain import Bundle, Confirmation, walk_all
from ecvet.credential.errors import BundleUnreadable, VerificationError
from ecvet.credential.formats.strict_json import Claims, parse_object
from ecvet.credential.formats.times import stamp
from ecvet.credential.names import visible
from ecvet.errors import EcvetError
from ecvet.record import Record, Signature, VerificationKey, canonical, from_bytes, value
from ecvet.terms import Identifier

Interval = tuple[datetime | None, datetime | None]
_MARKS = {"pass": "yes", "fail": "NO", "unknown": "?"}


@dataclass(frozen=True, slots=True)
class Walked:
    """A walked chain, for `--json` and for people."""

    values: list[dict[str, object]]
    text: str


def walked(claims: Claims, issuer: Identifier, bundle: Bundle) -> Walked:
    """Walk the chain, or that of each badge in a record. Raises `ChainBroken`, `ClaimsDoNotFit`."""
    found = tuple(dict.fromkeys(one for chain in walk_all(claims, issuer, bundle) for one in chain))
    values: list[dict[str, object]] = [
        {"role": one.role, "address": one.address, "outcome": one.outcome, "by": one.by, "on": one.on,
         "signed_by": one.signed_by, "reason": one.reason}
        for one in found
    ]  # fmt: skip
    return Walked(values, "\n".join(("  The records behind it:", *map(_line, found))))


def read_bundle(path: Path, trust: Path | None) -> Bundle:
    """Records and signatures of a directory (*.json) or of one file `{"records": […], "signatures": […]}`.

    Keys come from keys.json in the trust: `{"keys": [{"signer", "kid", "jwk", "from"?, "until"?}]}`; without a trust
    there are none.
    Raises `BundleUnreadable`.
    """
    records: list[Record] = []
    signatures: list[Signature] = []
    try:
        for item in _items(path):
            if "jws" in item:
                signatures.append(value(Signature, item, "signature"))
            else:
                records.append(from_bytes(canonical(item)))
        keys, times = _keys(trust / "keys.json") if trust else ({}, {})
    except BundleUnreadable:
        raise
    except VerificationError as error:
        raise BundleUnreadable(why=str(error)) from error
    except EcvetError as error:
        raise error if isinstance(error, FileUnreadable) else BundleUnreadable(why=str(error)) from error
    return Bundle({one.address: one for one in records}, tuple(signatures), keys, times)


def _items(path: Path) -> list[dict[str, Any]]:
    if path.is_dir():
        return [_object(one) for one in sorted(path.glob("*.json"))]
    whole = _object(path)
    listed = [*_list(whole, "records"), *_list(whole, "signatures")]
    if not all(isinstance(one, dict) for one in listed):
        raise BundleUnreadable(why="a record or signature is not an object")
    return listed


def _list(whole: dict[str, Any], name: str) -> list[Any]:
    found = whole.get(name, [])
    if not isinstance(found, list):
        raise BundleUnreadable(why=f"“{name}” is not a list")
    return found


def _object(path: Path) -> dict[str, Any]:
    return parse_object(read_bytes(path), "file")


def _keys(path: Path) -> tuple[dict[Identifier, tuple[VerificationKey, ...]], dict[str, Interval]]:
    if not path.exists():
        return {}, {}
    found: dict[Identifier, tuple[VerificationKey, ...]] = {}
    times: dict[str, Interval] = {}
    try:
        for one in _object(path)["keys"]:
            signer = Identifier(str(one["signer"]))
            key = VerificationKey(str(one["kid"]), {str(name): str(text) for name, text in one["jwk"].items()})
            found[signer] = (*found.get(signer, ()), key)
            start, end = (stamp(one[name], "the time of a key") if name in one else None for name in ("from", "until"))
            times[key.kid] = (start, end)
    except (KeyError, TypeError, AttributeError) as error:
        raise BundleUnreadable(why="keys.json is not a list of signers with kid and jwk") from error
    return found, times


def _line(one: Confirmation) -> str:
    who = f"{visible(one.by)} on {visible(one.on or '…')}" if one.by else "unknown"
    return f"  {_MARKS[one.outcome]:>3}  {one.role:<11} {who}: {visible(one.reason)}"
