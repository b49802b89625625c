"""Statuses packed into bits, as both kinds of status list carry them: how they are read, written and compressed.

Bitstring Status List counts from the most significant bit of each byte, Token Status List from the least significant
(security statement 20). What is decompressed has a limit that is kept while it is decompressed, so that a bomb costs no
more than a list (statement 14); an index outside the list is an error and never “valid” (statement 15).
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from ecvet.credential.errors import BeyondLimits, StatusListUnusable
from ecvet.saying import say

MAX_LIST: Final = 4 * 1024 * 1024
"""Bytes of a decompressed list: 32 million credentials with one bit each."""

MAX_COMPRESSED: Final = 2 * 1024 * 1024
WIDTHS: Final = (1, 2, 4, 8)


class Order(Enum):
    """Which end of a byte comes first."""

    MOST_SIGNIFICANT_FIRST = "msb"
    LEAST_SIGNIFICANT_FIRST = "lsb"


class Wrapper(Enum):
    """How a list is compressed; the value is what zlib calls the window bits."""

    ZLIB = 15
    GZIP = 31


@dataclass(frozen=True, slots=True)
class Bits:
    """A packed list: `width` bits for each credential."""

    data: bytes
    width: int
    order: Order

    def __len__(self) -> int:
        return len(self.data) * 8 // self.width

    def at(self, index: int) -> int:
        """The status at an index. Raises `StatusListUnusable` when the list does not reach so far."""
        if not 0 <= index < len(self):
            raise StatusListUnusable(why=say("the credential has no place in it"))
        place, shift = self._where(index)
        return self.data[place] >> shift & (1 << self.width) - 1

    def _where(self, index: int) -> tuple[int, int]:
        place, within = divmod(index * self.width, 8)
        return place, within if self.order is Order.LEAST_SIGNIFICANT_FIRST else 8 - self.width - within


def pack(statuses: Mapping[int, int], size: int, width: int, order: Order) -> Bits:
    """A list of `size` statuses that are 0 but for those given.

    Raises `ValueError` for a status or index that does not fit; that is a fault of the caller, not of input.
    """
    if width not in WIDTHS or size <= 0 or size * width % 8:
        raise ValueError("a list has statuses of 1, 2, 4 or 8 bits, and whole bytes")
    data = bytearray(size * width // 8)
    empty = Bits(bytes(data), width, order)
    for index, status in statuses.items():
        if not 0 <= index < size or not 0 <= status < 1 << width:
            raise ValueError(f"the status {status} at {index} does not fit")
        place, shift = empty._where(index)
        data[place] |= status << shift
    return Bits(bytes(data), width, order)


def compress(bits: Bits, wrapper: Wrapper) -> bytes:
    """The compressed list; the same list gives the same bytes (no time, no file name)."""
    packer = zlib.compressobj(9, wbits=wrapper.value)
    return packer.compress(bits.data) + packer.flush()


def decompress(data: bytes, wrapper: Wrapper) -> bytes:
    """The list as it was packed. Raises `BeyondLimits` at `MAX_LIST` bytes, `StatusListUnusable` for damaged data."""
    if len(data) > MAX_COMPRESSED:
        raise BeyondLimits(
            why=say("its status list has more than {max_compressed} bytes", max_compressed=MAX_COMPRESSED)
        )
    unpacker = zlib.decompressobj(wbits=wrapper.value)
    try:
        found = unpacker.decompress(data, MAX_LIST + 1)
    except zlib.error as error:
        raise StatusListUnusable(why=say("it is not compressed as it should be")) from error
    if len(found) > MAX_LIST:
        raise BeyondLimits(
            why=say("its status list grows beyond {max_list} bytes when it is decompressed", max_list=MAX_LIST)
        )
    if not unpacker.eof or unpacker.unused_data:
        raise StatusListUnusable(why=say("it was cut off, or something follows it"))
    return found
