"""A person at a browser: comes in by the link that is e-mailed to her, reads, fills in, presses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.core import mail
from playwright.sync_api import BrowserContext, Download, Locator, Page, expect

from ecvet_platform.journal import clock
from stories.examination import Examiner

LINK = re.compile(r"https?://\S+/sign-in/\S+")


@dataclass
class Visitor:
    """Somebody with a browser of her own. Without an e-mail address a stranger, who never signs in."""

    name: str
    email: str
    site: str
    context: BrowserContext
    examiner: Examiner
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
        expect(self.page.get_by_role("heading", level=1)).to_have_text("What waits for you")
        self.since = clock.now()

    def go(self, path: str) -> Visitor:
        """Open a page; sessions end after some hours, so who comes on another day signs in again."""
        if self.email and self.since != clock.now():
            self.come_in()
        return self._open(path)

    def status(self, path: str) -> int:
        """How a page answers, without looking at it."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        return answer.status

    def _open(self, path: str) -> Visitor:
        self.page.goto(self.site + path)
        return self._look()

    def _look(self) -> Visitor:
        self.addresses.append(self.page.url.removeprefix(self.site))
        self.examiner.look(self.page.url, self.page.content(), who=self.name)
        return self

    def _click(self, what: Locator) -> Visitor:
        """Click on what leads to another page, and look once that page stands: a click itself waits for nothing."""
        with self.page.expect_navigation(wait_until="load"):
            self._press(what.first)
        return self._look()

    # ------------------------------------------------------------- with a mouse; `keyboard.py` has other hands
    def _press(self, what: Locator) -> None:
        what.click()

    def _write(self, what: Locator, value: str) -> None:
        what.fill(value)

    def _select(self, what: Locator, option: str) -> None:
        what.select_option(label=option)

    def _check(self, what: Locator) -> None:
        what.check()

    # ------------------------------------------------------------- doing
    def follow(self, text: str, *, exact: bool = False) -> Visitor:
        """Follow the first link with a text in the page's content."""
        return self._click(self.page.locator("main").get_by_role("link", name=text, exact=exact))

    def press(self, text: str, *, within: str = "main") -> Visitor:
        """Press a button."""
        return self._click(self.page.locator(within).get_by_role("button", name=text, exact=True).filter(visible=True))

    def propose(self) -> Visitor:
        """Put a draft to all parties, with or without remarks that have been seen."""
        return self._click(self.page.get_by_role("button", name=re.compile("Put it to all|Propose it all the same")))

    def unfold(self, text: str) -> Visitor:
        """Open what can be opened."""
        self._press(self.page.locator("main summary", has_text=text).first)
        return self

    def fill(self, label: str, value: str | date) -> Visitor:
        """Fill in the field with a label."""
        shown = self.page.get_by_label(label).filter(visible=True).first
        self._write(shown, value if isinstance(value, str) else value.isoformat())
        return self

    def choose(self, label: str, option: str) -> Visitor:
        """Choose from a list the first option that has a text."""
        field_ = self.page.get_by_label(label).first
        self._select(field_, next(one for one in field_.locator("option").all_inner_texts() if option in one))
        return self

    def tick(self, *labels: str | re.Pattern[str]) -> Visitor:
        """Tick boxes, or choose one of several."""
        for label in labels:
            self._check(self.page.get_by_label(label).first)
        return self

    def tick_all(self, label: str | None = None, *, within: str | None = None) -> Visitor:
        """Tick everything with a label, or every box of the groups with a legend."""
        if within is None:
            found = self.page.locator("main").get_by_label(str(label), exact=True).all()
        else:
            found = [box for group in self.page.get_by_role("group", name=within).all()
                     for box in group.get_by_role("checkbox").all()]  # fmt: skip
        assert found, f"there is nothing to tick: {label or within}"
        for box in found:
            self._check(box)
        return self

    def upload(self, label: str, name: str, data: bytes) -> Visitor:
        """Choose a file."""
        self.page.get_by_label(label).first.set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})
        return self

    def download(self, text: str) -> bytes:
        """Follow a link that gives a file."""
        with self.page.expect_download() as waiting:
            self.page.locator("main").get_by_role("link", name=text).first.click()
        found: Download = waiting.value
        return found.path().read_bytes()

    def sees(self, *texts: str) -> Visitor:
        """All these texts stand in the page."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)
        return self


def noon(day: date) -> datetime:
    """Twelve o'clock of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
