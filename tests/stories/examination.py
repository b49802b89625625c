"""How every page that a story meets is examined: by axe, on a narrow screen, and by eye when screenshots are wanted.

The page itself was loaded without JavaScript; axe needs it. So the very same HTML is laid before a second browser
window that runs scripts and loads style from the same server.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route

NARROW: Final = {"width": 320, "height": 640}
PHONE: Final = {"width": 375, "height": 760}
TABLET: Final = {"width": 768, "height": 900}
WIDE: Final = {"width": 1280, "height": 900}
_CHANGING: Final = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|/sign-in/[^"]*|[a-z]+@[a-z.]+')
_OPEN_ALL: Final = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
_OVERFLOW: Final = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return "";
  const wide = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > most + 1
    && !one.closest(".scroll, .menu-body, .skip-link"));
  return wide.slice(0, 3).map(one => one.outerHTML.slice(0, 120)).join(" … ") || "an element in a scrolling region";
}"""


@dataclass
class Examiner:
    """Looks at pages and remembers what is wrong with them: `faults` is empty in the end, or the test fails."""

    window: Page
    pictures: Path | None = None
    rests: bool = False
    """Whether pages are let pass, in a story whose pages another one examines."""
    faults: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    _html: str = ""
    _seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.window.route("**/*", self._answer)

    def look(self, address: str, html: str, *, who: str) -> None:
        """Examine a page, unless it was examined before, for whomever it was shown."""
        known = _CHANGING.sub("", html).replace(who, "")
        if known in self._seen or self.rests:
            return
        self._seen.add(known)
        self._html = html
        self.window.set_viewport_size(WIDE)
        self.window.goto(address)
        name = f"{len(self.pages):03} {who} {self.window.title().rpartition(' – ')[0]}"
        self.pages.append(name)
        self.window.evaluate(_OPEN_ALL)
        for one in Axe().run(self.window).response["violations"]:
            where = "; ".join(f"{node['target'][0]} {node['html'][:160]}" for node in one["nodes"][:3])
            self.faults.append(f"{name} ({address}): axe {one['id']}: {one['help']}: {where}")
        if len(self.window.query_selector_all("h1")) != 1:
            self.faults.append(f"{name} ({address}): not exactly one heading of the first level")
        self.window.set_viewport_size(NARROW)
        if too_wide := self.window.evaluate(_OVERFLOW):
            self.faults.append(f"{name} ({address}): scrolls sideways at {NARROW['width']} px: {too_wide}")
        if self.pictures is not None:
            self._take_pictures(name)

    def _take_pictures(self, name: str) -> None:
        assert self.pictures is not None
        file = re.sub(r"[^\w-]+", "-", name)[:80]
        for scheme in ("light", "dark"):
            self.window.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for size in (WIDE, TABLET, PHONE):
                self.window.set_viewport_size(size)
                self.window.screenshot(path=self.pictures / f"{file}-{size['width']}-{scheme}.png", full_page=True)

    def _answer(self, route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(body=self._html, content_type="text/html; charset=utf-8")
        else:
            route.continue_()
