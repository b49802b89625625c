"""A person at a browser: comes in by the link that is e-mailed to her, reads, fills in, presses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.conf import settings
from django.core import mail
from django.test import Client
from playwright.sync_api import BrowserContext, Download, Locator, Page, expect

from ecvet_platform.journal import clock
from ecvet_platform.people import actions as people
from ecvet_platform.people import store as accounts
from stories.examination import Examiner
from stories.speech import Speech, Text, pattern

LINK = re.compile(r"https?://\S+/sign-in/\S+")


@dataclass
class Visitor:
    """Somebody with a browser of her own. Without an e-mail address a stranger, who never signs in."""

    name: str
    email: str
    site: str
    context: BrowserContext
    examiner: Examiner
    speech: Speech = field(default_factory=Speech)
    since: datetime | None = None
    addresses: list[str] = field(default_factory=list)
    _page: Page | None = None

    @property
    def page(self) -> Page:
        """The window. It is an error of the test's when a page answers with an error of the server's."""
        if self._page is None:
            self._page = self.context.new_page()
            self._page.on("response", lambda one: one.status >= 500 and self.examiner.faults.append(
                f"{one.url} answered {one.status}"))  # fmt: skip
        return self._page

    @property
    def path(self) -> str:
        """Where the window is: without `#main`, to which the skip link leads, and with which nothing is loaded anew."""
        return self.page.url.removeprefix(self.site).partition("#")[0]

    # ------------------------------------------------------------- coming and going
    def come_in(self) -> None:
        """Sign in: ask for the link, open it, press the button."""
        self._open("/sign-in")
        self.fill("E-mail", self.email)
        sent = len(mail.outbox)
        self.press("Send me a link")
        assert len(mail.outbox) == sent + 1, f"no link was sent to {self.email}"
        assert mail.outbox[-1].to == [self.email]
        found = LINK.search(str(mail.outbox[-1].body))
        assert found
        self._open(found[0].removeprefix(self.site))
        self.press("Sign in", within="main")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.speech.whole("What waits for you"))
        self.since = clock.now()

    def go(self, path: str) -> Visitor:
        """Open a page; sessions end after some hours, so who comes on another day signs in again."""
        if self.email and self.since is None:
            self.come_in()
        elif self.email and self.since != clock.now():
            self._come_in_again()
        return self._open(path)

    def _come_in_again(self) -> None:
        """The same on another day, without its pages, which were looked at on the first."""
        known, browser = accounts.account_of(self.email), Client()
        assert known is not None
        assert browser.post(f"/sign-in/{people.new_link(known)}").status_code == 302
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.site}])
        self.since = clock.now()

    def status(self, path: str) -> int:
        """How a page answers, without looking at it."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        return answer.status

    def _open(self, path: str) -> Visitor:
        self.page.goto(self.site + path)
        return self._look()

    def _look(self) -> Visitor:
        self.addresses.append(self.path)
        self.examiner.look(self.page.url, self.page.content(), who=self.name)
        return self

    def _click(self, what: Locator) -> Visitor:
        """Click on what leads to another page, and look once that page stands: a click itself waits for nothing."""
        self._reach(what.first)
        with self.page.expect_navigation(wait_until="load"):
            self._press(what.first)
        return self._look()

    # ------------------------------------------------------------- with a mouse; `keyboard.py` has other hands
    def _reach(self, what: Locator) -> None:
        """A mouse is everywhere at once."""

    def _press(self, what: Locator) -> None:
        what.click()

    def _write(self, what: Locator, value: str) -> None:
        what.fill(value)

    def _select(self, what: Locator, option: str) -> None:
        what.select_option(label=option)

    def _check(self, what: Locator) -> None:
        what.check()

    def _uncheck(self, what: Locator) -> None:
        what.uncheck()

    # ------------------------------------------------------------- doing; every text is said in the visitor's language
    def follow(self, text: Text, *, exact: bool = False) -> Visitor:
        """Follow the first link with a text in the page's content."""
        name = self.speech.whole(text) if exact else self.speech.piece(text)
        return self._click(self.page.locator("main").get_by_role("link", name=name, exact=exact))

    def press(self, text: Text, *, within: str = "main") -> Visitor:
        """Press a button."""
        named = self.page.locator(within).get_by_role("button", name=self.speech.whole(text), exact=True)
        return self._click(named.filter(visible=True))

    def propose(self) -> Visitor:
        """Put a draft to all parties, with or without remarks that have been seen."""
        either = [self.speech.piece(one) for one in ("Put it to all parties", "Propose it all the same")]
        return self._click(self.page.get_by_role("button", name=re.compile("|".join(map(pattern, either)))))

    def unfold(self, text: Text) -> Visitor:
        """Open what can be opened."""
        self._press(self.page.locator("main summary", has_text=self.speech.piece(text)).first)
        return self

    def fill(self, label: Text, value: str | date, *, within: Locator | None = None) -> Visitor:
        """Fill in the field with a label."""
        shown = self.labelled(label, within=within).filter(visible=True).first
        self._write(shown, value if isinstance(value, str) else value.isoformat())
        self.examiner.typed.add(str(value))
        return self

    def choose(self, label: Text, option: Text) -> Visitor:
        """Choose the first option that has a text, from the first list with a label that has one."""
        wanted = re.compile(pattern(self.speech.piece(option)))
        for one in self.labelled(label).all():
            found = next((text for text in one.locator("option").all_inner_texts() if wanted.search(text)), None)
            if found is not None:
                self._select(one, found)
                return self
        raise AssertionError(f"{self.name} finds no “{option}” in a list “{label}” of {self.page.url}")

    def tick(self, *labels: Text, within: Locator | None = None) -> Visitor:
        """Tick boxes, or choose one of several; within a part of the page by their whole labels."""
        for label in labels:
            self._check(self.labelled(label, exact=within is not None, within=within).first)
        return self

    def untick(self, *labels: Text) -> Visitor:
        """Take ticks away."""
        for label in labels:
            self._uncheck(self.labelled(label).first)
        return self

    def tick_all(self, label: Text | None = None, *, within: Text | None = None) -> Visitor:
        """Tick everything with a label, or every box of the groups with a legend."""
        if within is None:
            assert label is not None
            found = self.labelled(label, exact=True).all()
        else:
            found = [box for group in self.page.get_by_role("group", name=self.speech.piece(within)).all()
                     for box in group.get_by_role("checkbox").all()]  # fmt: skip
        assert found, f"there is nothing to tick: {label or within}"
        for box in found:
            self._check(box)
        return self

    def labelled(self, label: Text, *, exact: bool = False, within: Locator | None = None) -> Locator:
        """The fields, boxes and lists with a label."""
        name = self.speech.whole(label) if exact else self.speech.piece(label)
        return (within or self.page.locator("main")).get_by_label(name, exact=exact)

    def upload(self, label: Text, name: str, data: bytes) -> Visitor:
        """Choose a file."""
        self.labelled(label).first.set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})
        return self

    def download(self, text: Text) -> bytes:
        """Follow a link that gives a file."""
        with self.page.expect_download() as waiting:
            self.page.locator("main").get_by_role("link", name=self.speech.piece(text)).first.click()
        found: Download = waiting.value
        return found.path().read_bytes()

    def fetch(self, path: str) -> bytes:
        """What an address answers to this browser, in the language that it asks for."""
        language = self.page.evaluate("navigator.language")
        answer = self.context.request.get(self.site + path, headers={"Accept-Language": language})
        assert answer.ok, f"{path} answered {answer.status}"
        return answer.body()

    def sees(self, *texts: Text) -> Visitor:
        """All these texts stand in the page."""
        for text in texts:
            said = f"{self.name} sees “{text}” in {self.page.url}"
            expect(self.page.locator("main"), said).to_contain_text(self.speech.piece(text))
        return self


def noon(day: date) -> datetime:
    """Twelve o'clock of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
