"""Pictures of every page of the demo, for every role, at three widths, light and dark: `make pictures`.

A server of its own is begun with the demo in a temporary folder; every role signs in by its link and opens every kind
of page that links lead to. The pictures lie in `var/screenshots` (which git ignores), beside one page that shows all.
Each kind of page is also judged by axe, light and dark, with everything unfolded, and may not scroll sideways at 320
pixels; what is wrong is printed, and the command fails. `--no-pictures` only judges.
"""

import argparse
import html
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

NARROWEST: Final = 320
WIDTHS: Final = (375, 768, 1280)
SCHEMES: Final = ("light", "dark")
TARGET: Final = Path(__file__).parent.parent / "var" / "screenshots"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
OF_EACH_KIND: Final = 5
PUBLIC: Final = ("/", "/sign-in", "/verify", "/no-such-page", "/sign-in/nothing", "/guest/nothing")
"""What strangers see, with the refusals that anybody meets."""

_ROLE: Final = re.compile(r"^  (?P<who>\S.*?\))\s+(?P<site>https?://[^/\s]+)(?P<path>/sign-in/\S+)$")
_KEY: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|sha-256:[0-9a-f]{64}|\b\d+\b")
_OPEN_ALL: Final = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
_AXE: Final = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"
_TOO_WIDE: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_FILE: Final = re.compile(
    r"/records/[^/]+(/pdf|/certificate|/elmo/.*)?$|/evidence/|/file$|/pdf$|/scan$|/export|europass|/trust|/lists/|/docx$"
    r"|\.(zip|csv|docx|xlsx|json)$"
)


def main() -> None:
    """Begin the server, take the pictures, end the server."""
    parser = argparse.ArgumentParser(description="Pictures of every page of the demo, for every role.")
    parser.add_argument("--port", type=int, default=8790, help="The first port to try.")
    parser.add_argument("--only", default="", help="Only the roles whose name holds this text.")
    parser.add_argument("--pages", default="", help="Only pages whose address fits this regular expression.")
    parser.add_argument("--language", default="en", help="The language of the pages.")
    parser.add_argument("--no-pictures", action="store_true", help="Judge the pages without taking pictures.")
    parser.add_argument("--to", type=Path, default=TARGET, help="The folder for the pictures.")
    asked = parser.parse_args()
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        sys.exit(f"There is no browser here: install one of {', '.join(BROWSERS)}.")
    asked.to.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder, Served(Path(folder), asked.port) as links, sync_playwright() as play:
        opened = play.chromium.launch(executable_path=browser, args=list(ARGUMENTS))
        taken = list(every_page(opened, links, asked, faults))
        opened.close()
    if not asked.no_pictures:
        (asked.to / "index.html").write_text(sheet(taken, asked.to), encoding="utf-8")
        print(f"{len(taken)} pages, {len(taken) * len(WIDTHS) * len(SCHEMES)} pictures: {asked.to / 'index.html'}")
    print(f"{len(taken)} pages judged, {len(faults)} faults", *faults, sep="\n")
    if faults:
        sys.exit(1)


class Served:
    """The demo on a free port while the block lasts; gives the site and the sign-in link of each role."""

    def __init__(self, folder: Path, port: int) -> None:
        command = Path(sys.executable).with_name("ecvet")
        self._server = subprocess.Popen(
            [command, "up", "--demo", "--data", folder, "--port", str(port), "--seconds", "3000"],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __enter__(self) -> dict[str, str]:
        links = {"": ""}
        assert self._server.stdout is not None
        for line in self._server.stdout:
            if found := _ROLE.match(line.rstrip()):
                links[found["who"].split()[0]] = found["site"] + found["path"]
                links[""] = found["site"]
            if line.startswith("End with"):
                return links
        raise SystemExit("The server ended before it served.")

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait(timeout=30)


def every_page(
    browser: Browser, links: dict[str, str], asked: argparse.Namespace, faults: list[str]
) -> Iterator[tuple[str, str, str]]:
    """Take the pictures of every kind of page for every role: who, the address, and how the files' names begin.

    What is wrong with a page goes to `faults`.
    """
    site = links[""]
    for who, link in links.items():
        if asked.only.lower() not in (who or "stranger").lower():
            continue
        context = browser.new_context(locale="en-GB", reduced_motion="reduce")
        context.add_cookies([{"name": "ecvet_language", "value": asked.language, "url": site}])
        page = context.new_page()
        if who:
            page.goto(link)
            page.locator("main form button").first.click()
            page.wait_for_url(f"{site}/")
        for path in walk(page, site):
            if re.search(asked.pages, path):
                name = f"{who or 'Stranger'}-{re.sub(r'[^a-z-]+', '-', kind(path)).strip('-') or 'start'}"
                if not asked.no_pictures:
                    photograph(page, asked.to / name)
                faults += (f"{who or 'Stranger'} {path}: {one}" for one in judged(page))
                yield who or "Stranger", path, name
        context.close()


def walk(page: Page, site: str) -> Iterator[str]:
    """Open every page that links lead to, some of each kind for the links that only they have; gives one of each."""
    todo = list(PUBLIC) if page.url == "about:blank" else ["/"]
    opened, seen = set[str](), Counter[str]()
    while todo:
        path = todo.pop(0)
        if path in opened or seen[kind(path)] >= OF_EACH_KIND:
            continue
        opened.add(path)
        seen[kind(path)] += 1
        try:
            page.goto(site + path)
        except BrowserError as error:
            if "Download is starting" not in str(error):
                raise
            continue
        if seen[kind(path)] == 1:
            yield path
        todo += own(page, "nav, main")


def kind(path: str) -> str:
    """The address without what names one thing among many."""
    parts = urlsplit(path)
    return _KEY.sub("one", parts.path) + ("?" if parts.query else "")


def own(page: Page, within: str) -> list[str]:
    """The addresses of our own pages to which a part of the page leads."""
    found = page.locator(f":is({within}) a[href^='/']:not([download])").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    return [one for one in found if not _FILE.search(one)]


def judged(page: Page) -> list[str]:
    """What is wrong with the page as it stands, by axe in both schemes and by its width on the narrowest screen."""
    page.evaluate(_OPEN_ALL)
    page.evaluate(AXE_SCRIPT)
    page.set_viewport_size({"width": WIDTHS[-1], "height": 800})
    found = dict[str, None]()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for one in page.evaluate(_AXE):
            where = "; ".join(f"{node['target'][0]} {node['html'][:120]}" for node in one["nodes"][:2])
            found[f"axe {one['id']} ({scheme}): {where}"] = None
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    if (beyond := page.evaluate(_TOO_WIDE)) > 0:
        found[f"scrolls sideways by {beyond} pixels at {NARROWEST}"] = None
    return list(found)


def photograph(page: Page, name: Path) -> None:
    """The page as it stands, in all widths and both schemes."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=f"{name}-{width}-{scheme}.png", full_page=True)


def sheet(taken: list[tuple[str, str, str]], folder: Path) -> str:
    """One page that shows all pictures, to look through them."""
    shown = "\n".join(
        f"<h2>{html.escape(f'{who}: {path}')}</h2><p>"
        + "".join(f'<img loading="lazy" height="700" src="{name}-{width}-{scheme}.png" alt="">'
                  for scheme in SCHEMES for width in WIDTHS) + "</p>"
        for who, path, name in taken
    )  # fmt: skip
    return f"<!doctype html><meta charset='utf-8'><title>{folder.name}</title>{shown}"


if __name__ == "__main__":
    main()
