"""A visitor who has no mouse: everything is reached by Tab, and whatever has the focus must be seen to have it."""

import re
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Locator

from stories.visitor import Visitor

MOST: Final = 400
"""More presses of Tab than any page has stops."""
_WHERE: Final = """one => {
  const now = document.activeElement;
  if (now === one) return "here";
  return one.type === "radio" && now.type === "radio" && one.name === now.name && one.form === now.form ? "beside" : "";
}"""
_FAR_IN_MAIN: Final = "one => document.activeElement === document.body && !!one.closest('main')"
_AHEAD: Final = """one => {
  const now = document.activeElement;
  const after = (a, b) => !!(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
  const stops = "a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary";
  const between = stop => after(now, stop) && after(stop, one) && stop.checkVisibility();
  return [...document.querySelectorAll(stops)].filter(between).length;
}"""
"""How many stops lie before the element at least: so often Tab is pressed without looking where it led."""
_SHOWN: Final = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return one === document.body || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
    && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
}"""


@dataclass
class KeyboardVisitor(Visitor):
    """Somebody who presses Tab, arrows, Space and Enter, and types. `presses` counts the keys."""

    presses: int = field(default=0)

    def _key(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)

    def _reach(self, what: Locator) -> None:
        """Bring the focus to an element. A group of radio buttons is one stop; arrows lead on within it."""
        wanted = what.element_handle()
        if wanted.evaluate(_FAR_IN_MAIN):
            self._key("Tab")  # the first stop of every page leads past its head
            self._key("Enter")
        for _ in range(wanted.evaluate(_AHEAD)):
            self._key("Tab")
        for _ in range(MOST):
            where = wanted.evaluate(_WHERE)
            if where == "here":
                assert self.page.evaluate(_SHOWN), f"the focus is not to be seen at {what} of {self.page.url}"
                return
            self._key("ArrowDown" if where == "beside" else "Tab")
        raise AssertionError(f"the keyboard does not reach {what} of {self.page.url}")

    def _press(self, what: Locator) -> None:
        self._reach(what)
        self._key("Enter")

    def _write(self, what: Locator, value: str) -> None:
        self._reach(what)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            year, month, day = value.split("-")
            self.page.keyboard.type(f"{month}{day}{year}")  # as this machine's browser asks, in whatever language
            assert what.input_value() == value
            return
        self._key("Control+A")
        self.page.keyboard.type(value)

    def _select(self, what: Locator, option: str) -> None:
        self._reach(what)
        self._key("Home")  # what is chosen at first may stand behind what is wanted
        for _ in range(MOST):
            if what.evaluate("one => one.selectedOptions[0].label") == option:
                return
            self._key("ArrowDown")
        raise AssertionError(f"the keyboard does not choose “{option}”")

    def _check(self, what: Locator) -> None:
        self._reach(what)
        if not what.is_checked():
            self._key("Space")
        assert what.is_checked()

    def _uncheck(self, what: Locator) -> None:
        self._reach(what)
        if what.is_checked():
            self._key("Space")
        assert not what.is_checked()
