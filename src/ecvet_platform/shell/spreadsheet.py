"""The lists of the platform as files: which formats there are, and what the file of a list is called."""

from collections.abc import Iterable
from typing import Final

from ecvet_platform.documents.sheets import CSV, FORMATS, MARK, XLSX, as_csv, harmless

MEDIA: Final = CSV

__all__ = ["CSV", "FORMATS", "MARK", "MEDIA", "XLSX", "harmless", "write"]


def write(head: Iterable[object], rows: Iterable[Iterable[object]]) -> bytes:
    """A table as CSV."""
    return as_csv("", head, rows)
