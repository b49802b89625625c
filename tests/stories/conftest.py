"""A real browser, a real server, and people who use it. Without a browser stories are skipped, or fail on demand."""

import with_django  # noqa: F401 - before anything that knows tables

# isort: split
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from ecvet_platform.journal import clock
from ecvet_platform.shell import pseudo
from plain import OF_THE_STORY, WORD, plain, written_by_people
from plain import pseudo_catalogue as pseudo_catalogue
from plain import spoken as spoken
from stories.examination import Examiner, Window
from stories.speech import Speech
from stories.visitor import Visitor, noon
from stories.ways import Way

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-gpu-compositing", "--disable-software-rasterizer",
    "--in-process-gpu", "--disable-extensions", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
expect.set_options(timeout=30_000)
PICTURES: Final = Path(__file__).parent.parent.parent / "var" / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder drives a browser against a server with real transactions."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The chromium of this machine."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        why = f"there is no browser here: none of {', '.join(NAMES)} is on the path"
        if os.environ.get("ECVET_REQUIRE_BROWSER"):
            pytest.fail(f"the stories must be walked here, but {why}")
        pytest.skip(why)
    with sync_playwright() as play, pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, and Django would take the test for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        opened = play.chromium.launch(executable_path=found, args=list(ARGUMENTS), timeout=30_000)
        yield opened
        opened.close()


@pytest.fixture
def site(browser: Browser, transactional_db: None, settings: Any, tmp_path: Path, live_server: Any) -> str:
    """The address of a server with an empty database and a data folder of its own. Asked for after the browser."""
    settings.DATA = tmp_path
    return str(live_server.url)


@pytest.fixture
def turn_to() -> Iterator[Callable[[date], None]]:
    """Makes it noon of another day, for the server too."""
    with ExitStack() as stack:

        def turn(day: date) -> None:
            stack.close()
            stack.enter_context(clock.fixed(noon(day)))

        yield turn


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Window]:
    """Where pages are examined."""
    context = browser.new_context(bypass_csp=True, locale="en-GB")
    context.set_default_timeout(30_000)
    yield Window(context.new_page())
    context.close()


@pytest.fixture
def examiner(window: Window, request: pytest.FixtureRequest) -> Iterator[Examiner]:
    """Who looks at every page; in the end nothing may be wrong with any."""
    pictures = None
    if os.environ.get("ECVET_SCREENSHOTS"):
        pictures = PICTURES / re.sub(r"\W+", "-", request.node.name)
        pictures.mkdir(parents=True, exist_ok=True)
    made = Examiner(window=window, pictures=pictures)
    yield made
    assert not made.faults, "\n".join(made.faults)


@pytest.fixture
def way(request: pytest.FixtureRequest) -> Way:
    """How a story is walked: as people read it, unless the test is marked `walked`."""
    chosen: Way = getattr(request, "param", Way())
    if chosen.language == pseudo.CODE:
        request.getfixturevalue("spoken")
    return chosen


@pytest.fixture
def visitor(browser: Browser, way: Way, site: str, examiner: Examiner) -> Iterator[Callable[..., Visitor]]:
    """Gives people a browser of their own, without JavaScript: `visitor("Bruno", "bruno@example.org")`."""
    with ExitStack() as stack:

        def come(name: str, email: str = "", way: Way = way, **options: Any) -> Visitor:
            given = {"java_script_enabled": way.scripts, "locale": way.locale, "reduced_motion": "reduce", **way.screen}
            context = browser.new_context(**{**given, **options})
            context.set_default_timeout(30_000)
            stack.callback(context.close)
            return way.hands(
                name=name, email=email, site=site, context=context, examiner=examiner, speech=Speech(way.language)
            )

        yield come
        if way.language == pseudo.CODE:
            typed = {word for text in examiner.typed for word in WORD.findall(text)}
            known = written_by_people() | OF_THE_STORY | typed
            left = {f"{where}: {one}" for where, words in examiner.words.items() for one in plain(words, known)}
            examiner.faults += sorted(left)
