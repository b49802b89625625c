"""The catalogue of everything that can be refused.

An error is named for the fact (`UnitNotAgreed`), carries a stable dotted code, one sentence for a person, a remedy that
says what to do next, and a hint for the HTTP status; the core itself knows no HTTP. Codes are never reused and never
renamed. Each room declares its own facts in its `errors.py`; `catalogue()` lists those of all rooms that are imported,
and the reference documentation is printed from it.
"""

from string import Formatter
from typing import ClassVar, Final

from ecvet.saying import Said, english

_CATALOGUE: Final[dict[str, type["EcvetError"]]] = {}


class EcvetError(Exception):
    """A fact that stands in the way. Raised when nothing can be done; carried by a `Failure` when a no is an answer.

    Subclasses set `code`, `sentence` and `remedy`; `{names}` in the two texts are the keyword arguments that must be
    given. Two errors are equal when code and facts are equal.
    """

    code: ClassVar[str] = ""
    sentence: ClassVar[str] = ""
    remedy: ClassVar[str] = ""
    status: ClassVar[int] = 400

    def __init_subclass__(cls) -> None:
        """Enter the fact into the catalogue; two facts may not share a code."""
        if not (cls.code and cls.sentence and cls.remedy):
            raise TypeError(f"{cls.__name__} needs a code, a sentence and a remedy")
        if cls.code in _CATALOGUE:
            raise TypeError(f"{cls.__name__} reuses the code {cls.code}")
        _CATALOGUE[cls.code] = cls

    def __init__(self, **facts: object) -> None:
        missing = facts_of(type(self)) - facts.keys()
        if missing:
            raise TypeError(f"{type(self).__name__} needs {', '.join(sorted(missing))}")
        self.facts: Final = facts
        super().__init__(str(self))

    def __str__(self) -> str:
        return str(self.said)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, EcvetError) and self.facts == other.facts

    def __hash__(self) -> int:
        return hash((self.code, str(self)))

    @property
    def said(self) -> Said:
        """The sentence, filled with the facts."""
        return Said(self.sentence, "", self.facts)

    @property
    def what_to_do(self) -> Said:
        """The remedy, filled with the facts."""
        return Said(self.remedy, "", self.facts)

    def as_problem(self) -> dict[str, object]:
        """The error as the members of an RFC 9457 problem, for `--json` and the API."""
        return {
            "code": self.code,
            "title": str(self),
            "remedy": str(self.what_to_do),
            "status": self.status,
            "facts": {name: english(value) for name, value in self.facts.items()},
        }


def facts_of(error: type[EcvetError]) -> frozenset[str]:
    """The names of the facts that an error of this class needs."""
    texts = (error.sentence, error.remedy)
    return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)


def catalogue() -> dict[str, type[EcvetError]]:
    """All facts of the rooms imported so far, by code, in the order of their codes."""
    return dict(sorted(_CATALOGUE.items()))
