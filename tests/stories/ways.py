"""In how many ways each of the six stories is walked: language, hands, screen and scripts, as data.

The first is how people read the story; in the others every text is what the catalogue of the language makes of it. No
way has to be combined with every other: what a keyboard, a phone or a page without scripts breaks, it breaks in any
language.
"""

import os
from dataclasses import dataclass, field
from typing import Any, Final

import pytest

from stories.examination import PHONE
from stories.keyboard import KeyboardVisitor
from stories.visitor import Visitor

IN_A_NARROW_WINDOW: Final[dict[str, Any]] = {"viewport": dict(PHONE)}
ON_A_PHONE: Final[dict[str, Any]] = {**IN_A_NARROW_WINDOW, "is_mobile": True, "has_touch": True}
VERY_WIDE: Final[dict[str, Any]] = {"viewport": {"width": 1920, "height": 1080}}


@dataclass(frozen=True)
class Way:
    """How everybody in a story goes about it; `learners` are those of a group."""

    language: str = "en"
    locale: str = "en-GB"
    hands: type[Visitor] = Visitor
    screen: dict[str, Any] = field(default_factory=dict)
    scripts: bool = False
    learners: int = 5

    @property
    def small(self) -> dict[str, Any]:
        """The screen of who holds a phone; without touch where everybody uses a keyboard."""
        return IN_A_NARROW_WINDOW if self.hands is KeyboardVisitor else ON_A_PHONE


WAYS: Final = {
    "English": Way(learners=20),
    "Greek by keyboard alone": Way("el", "el-GR", hands=KeyboardVisitor),
    "Bulgarian without JavaScript": Way("bg", "bg-BG"),
    "Maltese on a phone": Way("mt", "mt-MT", screen=ON_A_PHONE, scripts=True),
    "pseudo-locale on a wide screen": Way("en-xa", "en-XA", screen=VERY_WIDE, scripts=True),
}


ALWAYS: Final = ("English", "Greek by keyboard alone")
"""The ways in which every story is walked in every run: what people read, without JavaScript, and without a mouse."""
WHOLE: Final = os.environ.get("ECVET_THOROUGH") == "1"
"""Whether every story is walked in every way, as `make stories` does."""


def walked(*also: str) -> pytest.MarkDecorator:
    """Marks a story with the ways in which it is walked: always in the first two and the named ones, or in all."""
    chosen = tuple(WAYS) if WHOLE else (*ALWAYS, *also)
    return pytest.mark.parametrize("way", [WAYS[one] for one in chosen], ids=chosen, indirect=True)
