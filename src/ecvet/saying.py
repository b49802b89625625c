"""Sentences as data: a template in English and the facts that fill its places.

The core decides, and never translates. What it tells people it makes with `say`: the template is the key by which a
catalogue of another language finds its own, and the facts stay values, so that a day, an amount or a name in several
languages is told as the reader's language tells it (ADR-0031). Without a catalogue a `Said` is its English sentence.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

_NONE: Final[Mapping[str, object]] = MappingProxyType({})


class Said(str):
    """A sentence, or a whole clause that follows a colon, in English; it remembers of what it was made.

    `template` has `{names}` for its places and `facts` fills them. `many` is the template for other numbers than one,
    empty where nothing is counted; what is counted is the fact `number`.
    """

    template: str
    many: str
    facts: Mapping[str, object]

    def __new__(cls, template: str, many: str = "", facts: Mapping[str, object] = _NONE) -> Self:
        """Fill the places in English. Raises `KeyError` where a place has no fact."""
        chosen = many if many and facts["number"] != 1 else template
        made = super().__new__(cls, chosen.format_map(_InEnglish(facts)))
        made.template, made.many, made.facts = template, many, facts
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, dict[str, object]]]:
        """As it is handed to another process."""
        return type(self), (self.template, self.many, dict(self.facts))


class Template(str):
    """A sentence whose facts are not known yet: for tables of sentences. `Template("{name} is empty.").say(name=…)`."""

    def say(self, **facts: object) -> Said:
        """The sentence with its facts."""
        return Said(self, "", facts)


def say(template: str, /, **facts: object) -> Said:
    """A sentence or clause of ours. The template is written in the call, where catalogues find it."""
    return Said(template, "", facts)


def say_many(one: str, many: str, /, *, number: int, **facts: object) -> Said:
    """A sentence that counts: for one, and for every other number; languages have more forms than two."""
    return Said(one, many, {"number": number, **facts})


def english(value: object) -> str:
    """A fact as the English sentence writes it: days as ISO 8601, decimals without exponent, lists with commas."""
    if type(value) in (tuple, list, frozenset, set):  # a list with words of its own says them itself
        return ", ".join(map(english, sorted(value) if isinstance(value, frozenset | set) else value))  # type: ignore[call-overload]
    if isinstance(value, StrEnum):
        return value.value.replace("_", " ")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


class _InEnglish(dict[str, object]):
    """Facts as `format_map` asks for them."""

    def __getitem__(self, name: str) -> str:
        return english(super().__getitem__(name))
