"""Files that carry a credential: PDF with an attachment, PNG and SVG with a baked badge (Open Badges 3.0, 5.3).

Only what is carried is read, within limits; pictures are not decoded, entities of XML are refused, and nothing that the
carrier says counts. What is found is verified like any other credential, so a carrier need not be understood better
than to find it: of a PDF every embedded file is looked at, in whatever version of the document it stands.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from ecvet.credential.errors import BeyondLimits, Malformed, NotACredential
from ecvet.saying import say

MAX_BYTES: Final = 16 * 1024 * 1024
MAX_CARRIED: Final = 5 * 1024 * 1024
MAX_PARTS: Final = 4096
MAX_FILES: Final = 256
MAX_ELEMENTS: Final = 100_000

_DICTIONARY: Final = 2048
"""Bytes before the content of an embedded file in which a PDF describes it."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_KEYWORD: Final = b"openbadgecredential"
_ELEMENT: Final = "https://purl.imsglobal.org/ob/v3p0 credential"
_EMBEDDED: Final = re.compile(rb"/Type\s*/EmbeddedFile\b")
_STREAM: Final = re.compile(rb">>\s*stream\r?\n")
_LENGTH: Final = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_COMPACT: Final = re.compile(rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(~[A-Za-z0-9_.~-]*)?")


def is_carrier(data: bytes) -> bool:
    """Whether these bytes begin like a file that may carry a credential."""
    return data.startswith((b"%PDF-", _PNG, b"<"))


def carried(data: bytes) -> bytes:
    """The one credential that a file carries. Raises `NotACredential` (none, several), `Malformed`, `BeyondLimits`."""
    if len(data) > MAX_BYTES:
        raise BeyondLimits(
            why=say("it has {number} bytes, more than {max_bytes}", number=len(data), max_bytes=MAX_BYTES)
        )
    kind, read = next((kind, read) for start, kind, read in _KINDS if data.startswith(start))
    found = list(dict.fromkeys(read(data)))
    if len(found) != 1:
        raise NotACredential(why=say("the {kind} carries {number} credentials", kind=kind, number=len(found) or "no"))
    return found[0]


# ------------------------------------------------------------- PNG
def _in_png(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    for _ in range(MAX_PARTS):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        content, check = data[at + 8 : at + 8 + size], data[at + 8 + size : at + 12 + size]
        if len(check) != 4 or zlib.crc32(kind + content) != int.from_bytes(check, "big"):
            raise Malformed(why=say("the PNG is cut off or damaged"))
        at += 12 + size
        if kind == b"IEND":
            return
        keyword, _, rest = content.partition(b"\0")
        if kind == b"iTXt" and keyword == _KEYWORD:
            if rest[:1] != b"\0":
                raise Malformed(why=say("the credential in the PNG is compressed, which Open Badges does not allow"))
            parts = rest[2:].split(b"\0", 2)  # language, translated keyword, text
            if len(parts) != 3:
                raise Malformed(why=say("the text in the PNG is cut off"))
            yield parts[2].strip()
    raise BeyondLimits(why=say("the PNG has more than {max_parts} parts", max_parts=MAX_PARTS))


# ------------------------------------------------------------- SVG
def _in_svg(data: bytes) -> Iterator[bytes]:
    parser = expat.ParserCreate(namespace_separator=" ")
    inside: list[list[str]] = []
    found: list[bytes] = []
    count = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MAX_ELEMENTS:
            raise BeyondLimits(why=say("the SVG has more than {max_elements} elements", max_elements=MAX_ELEMENTS))
        if name == _ELEMENT:
            if "verify" in attributes:
                found.append(attributes["verify"].strip().encode())
            inside.append([])

    def end(name: str) -> None:
        if name == _ELEMENT:
            text = "".join(inside.pop()).strip()
            if text:
                found.append(text.encode())

    def text(some: str) -> None:
        if inside:
            inside[-1].append(some)

    def doctype(_name: str, _system: str | None, _public: str | None, has_subset: bool) -> None:
        if has_subset:
            raise Malformed(why=say("the SVG declares entities or other things of its own"))

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: an encoding that nobody knows
        raise Malformed(why=say("the SVG is not XML")) from error
    yield from found


# ------------------------------------------------------------- PDF
def _in_pdf(data: bytes) -> Iterator[bytes]:
    """The embedded files that are written like a credential; streams stand openly in PDFs that are not encrypted."""
    left, work = MAX_CARRIED, 2 * MAX_BYTES
    for place, mark in enumerate(_EMBEDDED.finditer(data)):
        if place >= MAX_FILES:
            raise BeyondLimits(why=say("the PDF has more than {max_files} embedded files", max_files=MAX_FILES))
        start = _STREAM.search(data, mark.end(), mark.end() + _DICTIONARY)
        if start is None:
            continue
        said = data[max(data.rfind(b"obj", max(0, mark.start() - _DICTIONARY), mark.start()), 0) : start.start()]
        length = _LENGTH.search(said)
        stop = start.end() + int(length[1]) if length and len(length[1]) < 9 else data.find(b"endstream", start.end())
        if stop < 0:
            return  # it does not end, and no later one does
        content = data[start.end() : stop]
        work -= len(content)
        if work < 0:
            raise BeyondLimits(why=say("what is embedded in the PDF overlaps and has no end"))
        if b"/FlateDecode" in said:
            content = _inflated(content, left)
            left -= len(content)
        content = content.strip()
        if _is_written_like_one(content):
            yield content


def _inflated(data: bytes, limit: int) -> bytes:
    reader = zlib.decompressobj()
    try:
        found = reader.decompress(data, limit + 1)
    except zlib.error:
        return b""  # encrypted or damaged: nothing that could be verified
    if len(found) > limit:
        raise BeyondLimits(
            why=say("what is embedded in the PDF is larger than {max_carried} bytes", max_carried=MAX_CARRIED)
        )
    return found


def _is_written_like_one(content: bytes) -> bool:
    """Whether it is a compact token, or JSON with a proof or a seal; other attachments are records and their like."""
    if content[:1] == b"{":
        return b'"proof"' in content or (b'"payload"' in content and b'"signatures"' in content)
    return _COMPACT.fullmatch(content) is not None


_KINDS: Final = ((b"%PDF-", "PDF", _in_pdf), (_PNG, "picture", _in_png), (b"<", "picture", _in_svg))
