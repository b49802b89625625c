"""DER (ITU-T X.690), as much as time-stamps need: elements with a tag of one byte and a definite length.

Nothing is interpreted before its length is checked, and every element lies within the one around it.
"""

from typing import Final, NamedTuple

from ecvet.credential.errors import BeyondLimits, Malformed
from ecvet.saying import say

INTEGER: Final = 0x02
OCTETS: Final = 0x04
OID: Final = 0x06
TIME: Final = 0x18
SEQUENCE: Final = 0x30
SET: Final = 0x31
MAX_ELEMENTS: Final = 256
"""In one element; a time-stamp has fewer than twenty anywhere."""


class Element(NamedTuple):
    """A tag, what is in it, and the bytes of both."""

    tag: int
    content: bytes
    whole: bytes


def read(data: bytes) -> Element:
    """The one element that these bytes are. Raises `Malformed`."""
    found = _next(data, 0)
    if len(found.whole) != len(data):
        raise Malformed(why=say("something follows an element of DER"))
    return found


def inside(outer: Element, tag: int | None = None) -> list[Element]:
    """The elements in an element, which must have this tag if one is given. Raises `Malformed`, `BeyondLimits`."""
    if tag is not None and outer.tag != tag:
        raise Malformed(why=say("an element of DER has another tag than belongs there"))
    found, at = [], 0
    while at < len(outer.content):
        one = _next(outer.content, at)
        found.append(one)
        at += len(one.whole)
        if len(found) > MAX_ELEMENTS:
            raise BeyondLimits(
                why=say("an element of DER has more than {max_elements} others in it", max_elements=MAX_ELEMENTS)
            )
    return found


def content(element: Element, tag: int) -> bytes:
    """What is in an element with this tag. Raises `Malformed`."""
    if element.tag != tag:
        raise Malformed(why=say("an element of DER has another tag than belongs there"))
    return element.content


def oid(element: Element) -> str:
    """An object identifier in dots. Raises `Malformed`."""
    data = content(element, OID)
    if not data or len(data) > 64 or data[-1] & 0x80:
        raise Malformed(why=say("an object identifier is cut off"))
    numbers, number = [], 0
    for byte in data:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def _next(data: bytes, at: int) -> Element:
    if at + 2 > len(data) or data[at] & 0x1F == 0x1F:
        raise Malformed(why=say("an element of DER is cut off, or has a tag that is not read"))
    size, start = data[at + 1], at + 2
    if size >= 0x80:
        length = size & 0x7F
        if not 1 <= length <= 4 or start + length > len(data):
            raise Malformed(why=say("the length of an element of DER is not definite"))
        size, start = int.from_bytes(data[start : start + length], "big"), start + length
    if start + size > len(data):
        raise Malformed(why=say("an element of DER is longer than what holds it"))
    return Element(data[at], data[start : start + size], data[at : start + size])
