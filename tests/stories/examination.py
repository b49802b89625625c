"""How every page that a story meets is examined: by axe, on a narrow screen, and by eye when screenshots are wanted.

The page itself was loaded without JavaScript, or with its own; axe needs scripts, too. So the very same HTML is laid
into a second browser window, which loads style from the same server and keeps axe from page to page.

Contrast takes axe five times as long as all other rules together, and follows from the elements and their classes, not
from words: it is judged where a page holds a way of nesting them that was not judged before.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, Route

from ecvet_platform.shell import pseudo
from walking import Reading

NARROW: Final = {"width": 320, "height": 640}
PHONE: Final = {"width": 375, "height": 760}
TABLET: Final = {"width": 768, "height": 900}
WIDE: Final = {"width": 1280, "height": 900}
_CHANGING: Final = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|/sign-in/[^"]*|[a-z]+@[a-z.]+')
_OPEN_ALL: Final = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
_OVERFLOW: Final = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return "";
  const wide = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > most + 1);
  const outside = wide.filter(one => !one.closest(".scroll, .menu-body, .skip-link"));
  const told = (outside.length ? outside : wide).slice(0, 3).map(one => one.outerHTML.slice(0, 120));
  return told.join(" … ") || "nothing that can be seen";
}"""


_AXE: Final = "rules => axe.run({resultTypes: ['violations'], rules}).then(found => found.violations)"
_NO_CONTRAST: Final = {"color-contrast": {"enabled": False}}
_VOID: Final = frozenset({"input", "link", "meta", "br", "img", "hr", "path", "rect", "circle", "line", "use"})


@dataclass
class Window:
    """Where pages are laid. It stays open for a whole run, and remembers what was judged in it."""

    page: Page
    judged: set[object] = field(default_factory=set)
    _at: str = ""

    def __post_init__(self) -> None:
        self.page.route("**/*", self._answer)

    def lay(self, address: str, html: str) -> None:
        """Show a page, as if it came from an address of the server."""
        site = "/".join(address.split("/", 3)[:3])
        if site != self._at:
            self.page.goto(f"{site}/examined")
            self.page.evaluate(AXE_SCRIPT)
            self._at = site
        self.page.set_content(html)

    def violations(self, html: str, scheme: str) -> list[dict[str, Any]]:
        """What axe finds on the page that was laid last."""
        ways = {(scheme, way) for way in _Nesting(html).ways}
        rules = _NO_CONTRAST if ways <= self.judged else {}
        self.judged |= ways
        found: list[dict[str, Any]] = self.page.evaluate(_AXE, rules)
        return found

    def _answer(self, route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(body="<!doctype html><title>empty</title>", content_type="text/html; charset=utf-8")
        else:
            route.continue_()


class _Nesting(HTMLParser):
    """Every way from the root of a page to an element: what style can depend on."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ways: set[tuple[str, ...]] = set()
        self._way: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = (f"{name}={value}" if name in ("class", "type", "style", "role") else name for name, value in attrs)
        self._way.append(" ".join((tag, *sorted(given))))
        self.ways.add(tuple(self._way))
        if tag in _VOID:
            self._way.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._way and self._way.pop().split(" ")[0] != tag:
            pass


@dataclass
class Examiner:
    """Looks at pages and remembers what is wrong with them: `faults` is empty in the end, or the test fails."""

    window: Window
    pictures: Path | None = None
    scheme: Literal["light", "dark"] = "light"
    faults: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    """The words of every page that was in the language made by code, by its name."""
    typed: set[str] = field(default_factory=set)
    """What people of the story typed."""

    def look(self, address: str, html: str, *, who: str) -> None:
        """Examine a page, unless it was examined before, for whomever it was shown."""
        known = (self.scheme, _CHANGING.sub("", html).replace(who, ""))
        if known in self.window.judged:
            return
        self.window.judged.add(known)
        page = self.window.page
        page.emulate_media(color_scheme=self.scheme)
        page.set_viewport_size(WIDE)
        self.window.lay(address, html)
        name = f"{len(self.pages):03} {who} {page.title().rpartition(' – ')[0]}"
        self.pages.append(name)
        if f'<html lang="{pseudo.CODE}"' in html:
            self.words[name] = Reading(html).words
        page.evaluate(_OPEN_ALL)
        for one in self.window.violations(html, self.scheme):
            where = "; ".join(f"{node['target'][0]} {node['html'][:160]}" for node in one["nodes"][:3])
            self.faults.append(f"{name} ({address}): axe {one['id']}: {one['help']}: {where}")
        if len(page.query_selector_all("h1")) != 1:
            self.faults.append(f"{name} ({address}): not exactly one heading of the first level")
        page.set_viewport_size(NARROW)
        if too_wide := page.evaluate(_OVERFLOW):
            self.faults.append(f"{name} ({address}): scrolls sideways at {NARROW['width']} px: {too_wide}")
        if self.pictures is not None:
            self._take_pictures(name)

    def _take_pictures(self, name: str) -> None:
        assert self.pictures is not None
        page = self.window.page
        file = re.sub(r"[^\w-]+", "-", name)[:80]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for size in (WIDE, TABLET, PHONE):
                page.set_viewport_size(size)
                page.screenshot(path=self.pictures / f"{file}-{size['width']}-{scheme}.png", full_page=True)
