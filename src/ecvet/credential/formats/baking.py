"""Baking (Open Badges 3.0, 5.3): a badge goes into the picture that people show, as PNG or SVG.

The picture stays what it is; a credential that lies in it already is replaced, because a baked picture carries one.
What is baked is found again by `carriers`, and verified like any other credential.
"""

import re
import struct
import zlib
from typing import Final

from ecvet.credential.errors import Malformed
from ecvet.saying import say

PNG: Final = b"\x89PNG\r\n\x1a\n"
KEYWORD: Final = b"openbadgecredential"
NAMESPACE: Final = "https://purl.imsglobal.org/ob/v3p0"

_ROOT: Final = re.compile(rb"<svg\b[^>]*>")
_BAKED: Final = re.compile(rb"<openbadges:credential>.*?</openbadges:credential>", re.DOTALL)


def bake(picture: bytes, credential: bytes) -> bytes:
    """The picture with the credential (JSON, UTF-8) in it. Raises `Malformed` for what is neither PNG nor SVG."""
    return _png(picture, credential) if picture.startswith(PNG) else _svg(picture, credential)


def _png(picture: bytes, credential: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    while at < len(picture):
        size, kind = int.from_bytes(picture[at : at + 4], "big"), picture[at + 4 : at + 8]
        part, at = picture[at : at + 12 + size], at + 12 + size
        if len(part) < 12 + size:
            break
        if kind == b"IEND":
            return b"".join((*kept, _chunk(b"iTXt", KEYWORD + b"\0\0\0\0\0" + credential), part))
        if kind != b"iTXt" or not part[8:].startswith(KEYWORD + b"\0"):
            kept.append(part)
    raise Malformed(why=say("the PNG is cut off"))


def _svg(picture: bytes, credential: bytes) -> bytes:
    plain = _BAKED.sub(b"", picture)
    root = _ROOT.search(plain)
    if root is None or root[0].endswith(b"/>"):
        raise Malformed(why=say("it is neither PNG nor SVG"))
    opened = root[0]
    if b"xmlns:openbadges=" not in opened:
        opened = opened[:-1] + f' xmlns:openbadges="{NAMESPACE}">'.encode()
    text = credential.replace(b"]]>", b"]]]]><![CDATA[>")
    baked = b"<openbadges:credential><![CDATA[" + text + b"]]></openbadges:credential>"
    return plain[: root.start()] + opened + baked + plain[root.end() :]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
