"""The pages are for everybody: by keyboard alone, in other alphabets, in the dark, for every role."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from albas_story import BEFORE, DECIDED, Story
from ecvet_platform.qualifications.naming import key_of
from stories.examination import Examiner
from stories.visitor import Visitor
from whole_story import ROLES, everything, proposed

Come = Callable[..., Visitor]
TurnTo = Callable[[date], None]

FOCUS: Final = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    text: (one.labels?.[0]?.innerText || one.innerText || one.value || "").trim(),
    shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    within: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


@pytest.fixture
def story(site: str) -> Story:
    return Story().begin()


# ------------------------------------------------------------- by keyboard alone
def focused(page: Page) -> str:
    """What has the focus; it must be seen to have it."""
    found = page.evaluate(FOCUS)
    assert found["shown"], f"the focus is not visible on “{found['text']}”"
    assert found["within"], f"“{found['text']}” has the focus outside the window"
    return str(found["text"])


def tab_to(page: Page, text: str, *, most: int = 80) -> None:
    """Press Tab until the focus is on what has a text."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(focused(page))
        if re.search(text, passed[-1]):
            return
    raise AssertionError(f"the keyboard does not reach “{text}”, only {passed}")


def test_an_agreement_is_signed_by_keyboard_alone(story: Story, visitor: Come, turn_to: TurnTo) -> None:
    thread = proposed(story)
    turn_to(BEFORE)
    alba = visitor("Alba", story.accounts["Alba"].email)
    alba.come_in()
    page = alba.page
    page.goto(f"{alba.site}/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "Sign the learning agreement", most=2)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/agreements/{key_of(thread)}")
    tab_to(page, "^Reject this version$")
    page.keyboard.press("Space")
    tab_to(page, "^Reason$", most=1)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Sign this version"
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Done.")
    expect(page.locator("main")).to_contain_text(re.compile("Alba Rossi.*accepted", re.DOTALL))


def test_signing_in_needs_no_mouse(site: str, visitor: Come) -> None:
    page = visitor("Bruno").page
    page.goto(f"{site}/sign-in")
    tab_to(page, "^E-mail address$")
    page.keyboard.type("bruno@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")


# ------------------------------------------------------------- languages
LANGUAGES: Final = {
    "el": ("Ελληνικά", "Αρχική", "Σύνδεση"),
    "bg": ("Български", "Начало", "Вход"),
    "mt": ("Malti", "Bidu", "Idħol"),
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_language_is_switched_and_stays(
    code: str, story: Story, visitor: Come, turn_to: TurnTo, examiner: Examiner
) -> None:
    own_name, start, sign_in = LANGUAGES[code]
    thread = proposed(story)
    turn_to(BEFORE)
    examiner.scheme = "dark"
    bruno = visitor("Bruno", story.accounts["Bruno"].email)
    bruno.go("/")
    bruno.page.locator("header summary").first.click()
    bruno.press(own_name, within="header")
    for path in ("/", f"/agreements/{key_of(thread)}", "/qualifications/", f"/learners/{key_of(story.alba)}"):
        bruno.go(path)
        assert bruno.page.locator("html").get_attribute("lang") == code
        assert bruno.page.locator("nav li").first.inner_text() == start
    bruno.page.context.clear_cookies(name="sessionid")
    bruno.status("/")
    assert bruno.page.locator("html").get_attribute("lang") == code
    expect(bruno.page.locator("main")).to_contain_text(sign_in)


# ------------------------------------------------------------- every page of every role
_NAME: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|sha-256:[0-9a-f]{64}|version/.*")


def test_every_page_that_a_role_reaches_by_links_is_in_order(
    story: Story, visitor: Come, turn_to: TurnTo, examiner: Examiner
) -> None:
    everything(story)
    turn_to(DECIDED)
    known: set[str] = set()
    for name in ROLES:
        one = visitor(name, story.accounts[name].email)
        one.go("/")
        one.page.locator("header details").evaluate_all("all => all.forEach(one => { one.open = true })")
        examiner.look(one.page.url, one.page.content(), who=name)
        menu = set(links(one.page, "nav"))
        assert len(menu) >= 4
        for _path in walk(one, menu, known):
            examiner.look(one.page.url, one.page.content(), who=name)
    assert len(known) > 25


def walk(one: Visitor, menu: set[str], known: set[str]) -> Iterator[str]:
    """Open every page that links lead to; of each kind one, but all of the menu for everybody."""
    todo, mine = sorted(menu), set[str]()
    while todo:
        path = todo.pop(0)
        kind = _NAME.sub("…", urlsplit(path).path)
        if kind in mine or (kind in known and path not in menu):
            continue
        mine.add(kind)
        known.add(kind)
        if one.page.goto(one.site + path).status != 200:  # type: ignore[union-attr]
            one.examiner.faults.append(f"{path} does not answer {one.name}")
        yield path
        todo += links(one.page, "main")


def links(page: Page, within: str) -> list[str]:
    """The addresses to which the links of a part of a page lead, without files to keep."""
    found = page.locator(f"{within} a[href]:not([download])").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    own = (one for one in found if one.startswith("/"))
    files = (
        r"/records/|/evidence/|/file$|/pdf$|/europass$|\.zip$|/export$|\.csv|\.xlsx|\.ics|/docx$|/report\.pdf$"
        r"|/template|/unsealed$|/badge$|\.json$|\.png$|\.svg$|/records$|/elmo$|/ewp$"
    )
    return [one for one in own if not re.search(files, one)]


# ------------------------------------------------------------- when something is refused
def test_a_refusal_is_as_readable_as_any_page(story: Story, visitor: Come, turn_to: TurnTo) -> None:
    turn_to(BEFORE)
    bruno, erik = (visitor(one, story.accounts[one].email) for one in ("Bruno", "Erik"))
    bruno.go("/learners/new").press("Enter")
    summary = bruno.page.get_by_role("alert")
    expect(summary).to_contain_text("There is a problem")
    summary.get_by_role("link").first.click()
    assert bruno.page.evaluate("document.activeElement.name") == "names"
    assert bruno.page.title().startswith("Error:")
    bruno.go("/qualifications/publish").sees("Code:")
    erik.go(f"/learners/{key_of(story.alba)}").sees("Code:")
    erik.go("/no-such-page").sees("Code:")
    visitor("Stranger").go("/sign-in/nonsense").sees("Code:")


def test_what_is_wrong_with_a_page_is_found(browser: object, examiner: Examiner) -> None:
    wide = "<p style='width: 50rem; background: #fff; color: #eee'>too wide and too pale</p><input>"
    page = f"<html><title>x – ecvet</title><main><h1>One</h1><h1>Two</h1>{wide}</main></html>"
    examiner.look("http://localhost/faulty", page, who="Nobody")
    found, examiner.faults = "\n".join(examiner.faults), []
    for fault in ("html-has-lang", "color-contrast", "label", "first level", "sideways at 320 px"):
        assert fault in found
