"""What became of a foreign file, or of ours in a foreign form, part by part: one sentence for each."""

from dataclasses import dataclass
from enum import StrEnum


class Became(StrEnum):
    """What became of a part: read as it stands, read but to be looked at, left out on reading, lost on writing."""

    READ = "read"
    FLAGGED = "flagged"
    SKIPPED = "skipped"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One part of a file (`subject`, in its own words), what became of it and why, and what a person can do."""

    became: Became
    subject: str
    sentence: str
    remedy: str = ""


class Report:
    """Remarks as they are collected while a file is read or written; the same one is kept once."""

    def __init__(self) -> None:
        self._kept: dict[Remark, None] = {}

    def note(self, became: Became, subject: str, sentence: str, remedy: str = "") -> None:
        """Keep a remark."""
        self._kept[Remark(became=became, subject=subject, sentence=sentence, remedy=remedy)] = None

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was kept, in the order in which it was found."""
        return tuple(self._kept)
