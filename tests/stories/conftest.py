"""A real browser, a real server, and people who use it. Without a browser stories are skipped, or fail on demand."""

import with_django  # noqa: F401 - before anything that knows tables

# isort: split
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from ecvet_platform.journal import clock
from stories.examination import Examiner
from stories.visitor import Visitor, noon

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
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


@pytest.fixture
def examiner(browser: Browser) -> Iterator[Examiner]:
    """Who looks at every page; in the end nothing may be wrong with any."""
    pictures = PICTURES if os.environ.get("ECVET_SCREENSHOTS") else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(bypass_csp=True, locale="en-GB")
    context.set_default_timeout(30_000)
    made = Examiner(window=context.new_page(), pictures=pictures)
    yield made
    context.close()
    assert not made.faults, "\n".join(made.faults)


@pytest.fixture
def visitor(browser: Browser, site: str, examiner: Examiner) -> Iterator[Callable[..., Visitor]]:
    """Gives people a browser of their own, without JavaScript: `visitor("Bruno", "bruno@example.org")`."""
    with ExitStack() as stack:

        def come(name: str, email: str = "", hands: type[Visitor] = Visitor, **options: Any) -> Visitor:
            given = {"java_script_enabled": False, "locale": "en-GB", "reduced_motion": "reduce", **options}
            context = browser.new_context(**given)
            context.set_default_timeout(30_000)
            stack.callback(context.close)
            return hands(name=name, email=email, site=site, context=context, examiner=examiner)

        yield come
