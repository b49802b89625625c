"""How far each language is: confirmed by people, drafted by machine, missing; by area."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from ecvet_platform.shell.catalogues import files
from ecvet_platform.shell.catalogues.extraction import areas


@dataclass(frozen=True, slots=True)
class Count:
    """Numbers of texts; `whole` is their sum."""

    people: int = 0
    drafts: int = 0
    missing: int = 0

    @property
    def whole(self) -> int:
        """All texts."""
        return self.people + self.drafts + self.missing


@dataclass(frozen=True, slots=True)
class Progress:
    """A language: its count, and that of each area. A text that several areas use counts in each, once in the whole."""

    code: str
    count: Count
    areas: tuple[tuple[str, Count], ...]


def of(code: str, source: Path = files.LOCALE) -> Progress:
    """How far a language is. One without a file has nothing; English is the original and counts nothing."""
    po = files.path(code, source)
    return _of(code, source, po.stat().st_mtime_ns) if po.exists() else Progress(code, Count(), ())


@lru_cache(maxsize=64)
def _of(code: str, source: Path, _changed: int) -> Progress:
    return count(code, files.read(code, source))


def count(code: str, catalog: Catalog) -> Progress:
    """The same of a catalogue at hand."""
    texts = [(areas(one.locations), _state(one)) for one in catalog if one.id]
    rooms = sorted({room for used, _ in texts for room in used})
    return Progress(
        code, _count(state for _, state in texts),
        tuple((room, _count(state for used, state in texts if room in used)) for room in rooms),
    )  # fmt: skip


def _state(one: Message) -> str:
    if not all(files.forms(one.string)):
        return "missing"
    return "drafts" if files.is_draft(one) else "people"


def _count(states: Iterable[str]) -> Count:
    return Count(**Counter(states))
