"""JSON as it may be trusted: one meaning, bounded depth, nothing that two readers could read differently.

Refused are duplicate members, NaN and infinities, lone surrogates, numbers that overflow, bytes that are not UTF-8, and
more than `MAX_DEPTH` levels (security statement 27).
"""

import json
import math
import re
from itertools import accumulate
from typing import Any, Final, TypeAlias

from ecvet.credential.errors import BeyondLimits, Malformed
from ecvet.saying import say

Claims: TypeAlias = dict[str, Any]
"""A JSON object of a token: claims or header."""

MAX_DEPTH: Final = 32


def parse_object(data: bytes, what: str) -> Claims:
    """Read a JSON object; `what` names it in the error. Raises `Malformed`, `BeyondLimits`."""
    found = parse_json(data, what)
    if not isinstance(found, dict):
        raise Malformed(why=say("“{what}” is not a JSON object", what=what))
    return found


def parse_json(data: bytes, what: str) -> Any:
    """Read any JSON value. Raises `Malformed`, `BeyondLimits`."""
    try:
        text = data.decode("utf-8")
        found, end = _DECODER.raw_decode(text, 0 if text[:1] == "{" else _BLANK.match(text).end())  # type: ignore[union-attr]
        if end < len(text) and _BLANK.match(text, end).end() < len(text):  # type: ignore[union-attr]
            raise _Refused("something follows it")
    except RecursionError as error:
        raise BeyondLimits(
            why=say("“{what}” is nested more than {max_depth} deep", what=what, max_depth=MAX_DEPTH)
        ) from error
    except ValueError as error:
        reason = error.args[0] if isinstance(error, _Refused) else "it is not JSON in UTF-8"
        raise Malformed(why=say("“{what}” is unusable: {reason}", what=what, reason=reason)) from error
    if data.count(b"[") + data.count(b"{") >= MAX_DEPTH and _depth(data) >= MAX_DEPTH:
        raise BeyondLimits(why=say("“{what}” is nested more than {max_depth} deep", what=what, max_depth=MAX_DEPTH))
    if b"\\u" in data:  # bytes in UTF-8 hold no surrogates; only escapes can write one
        _inspect(found, what)
    return found


class _Refused(ValueError):
    """JSON that parses but has no single meaning; the argument is the reason."""


def _unique(pairs: list[tuple[str, Any]]) -> Claims:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Refused("it has a member twice")
    return found


def _no_constant(text: str) -> float:
    raise _Refused(f"it contains {text}")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _Refused("it contains a number that is too large")
    return number


def _depth(data: bytes) -> int:
    """How deep JSON is nested, by its brackets outside of texts; the JSON has been read, so they are balanced."""
    quoted = data.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _NO_MARKS)
    marks = b"".join(quoted.split(b'"')[::2])
    return max(accumulate(map(_STEPS.__getitem__, marks)), default=0)


def _inspect(item: object, what: str) -> None:
    if isinstance(item, str):
        _no_surrogate(item, what)
    elif isinstance(item, list):
        for one in item:
            _inspect(one, what)
    elif isinstance(item, dict):
        for name, one in item.items():
            _no_surrogate(name, what)
            _inspect(one, what)


def _no_surrogate(text: str, what: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Malformed(why=say("“{what}” contains half a character (a lone surrogate)", what=what)) from error


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite)
_BLANK: Final = re.compile(r"[ \t\n\r]*")
_NO_MARKS: Final = bytes(one for one in range(256) if one not in b'[]{}"')
_STEPS: Final = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
