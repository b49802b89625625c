"""The families of status lists: the bits of both specifications, and a signed list as the draft prints it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conformance.case import Case, same
from ecvet.credential.formats import bitstring_status_list, jws, token_status_list
from ecvet.credential.formats.status_bits import Bits, Order, Wrapper, decompress, pack


def cases(corpus: Path) -> Iterator[Case]:
    """All vectors of both families."""
    folder = corpus / "token-status-list"
    for file in sorted(folder.glob("bits*.json")):
        for number, said in enumerate(_listed(json.loads(file.read_text()))):
            name = f"{file.stem} {number}" if number else file.stem
            yield Case("token-status-list", name, lambda said=said: _token(said))
    raw = folder / "status_list_jwt_raw.txt"
    yield Case("token-status-list", "signed list of the draft", lambda: _signed("".join(raw.read_text().split())))
    file = corpus / "bitstring-status-list" / "w3c-rec-example3-encodedList.txt"
    yield Case("bitstring-status-list", "example 3", lambda: _bitstring(file.read_text().strip()))


def _listed(found: Any) -> list[dict[str, Any]]:
    return found if isinstance(found, list) else [found]


def _token(said: dict[str, Any]) -> None:
    """Every entry is read, those that are not named are 0, and packing gives the same bytes."""
    data = decompress(jws.decode(said["lst"], "list"), Wrapper.ZLIB)
    bits = Bits(data, said["bits"], Order.LEAST_SIGNIFICANT_FIRST)
    named = {int(place): status for place, status in said["non_zero"].items()}
    same({place: bits.at(place) for place in named}, named)
    size = said.get("size", len(bits))
    same(pack(named, size, said["bits"], Order.LEAST_SIGNIFICANT_FIRST).data, data[: size * said["bits"] // 8])


def _signed(text: str) -> None:
    """The signed list reads as the draft says: 16 statuses of one bit, B9 A3 in hexadecimal."""
    token = token_status_list.parse(text.encode())
    listed = token_status_list.read(token.payload, "https://example.com/statuslists/1")
    same(listed.bits.data, b"\xb9\xa3")
    same([place for place in range(16) if listed.bits.at(place)], [0, 3, 4, 5, 7, 8, 9, 13, 15])


def _bitstring(text: str) -> None:
    data = bitstring_status_list.decode(text)
    same(len(data) * 8, bitstring_status_list.MINIMUM)
    same(any(data), False)
