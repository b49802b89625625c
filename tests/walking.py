"""Somebody who opens every page that links lead to, without a browser, and reads the forms and the words on it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|sha-256:[0-9a-f]{64}|[0-9a-f]{12,}|version/.*")
_FILE = re.compile(
    r"/records/|/evidence/|/file$|/pdf$|/scan$|europass$|\.zip$|/export$|\.csv|\.docx|/certificate$|\.ics"
)
_UNSEEN = {"script", "style", "title", "code"}
_VOID = {"input", "link", "meta", "br", "img", "hr", "path", "rect", "circle", "line", "use"}


@dataclass
class Field:
    """One field of a form: its element, its name, kind and value."""

    tag: str
    name: str
    kind: str
    value: str


@dataclass
class Form:
    """A form: where it is sent, how, and its fields and buttons."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)


class Reading(HTMLParser):
    """The links, forms, words and identifiers of a page. Words within `lang` of another language are told apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.ids: set[str] = set()
        self.twice: set[str] = set()
        self.words: list[str] = []
        self._within: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            (self.twice if found["id"] in self.ids else self.ids).add(found["id"])
        if tag == "a" and found.get("href", "").startswith(("/", "#", "?")):
            self.links.append(found["href"])
        elif tag == "form":
            self.forms.append(Form(found.get("action", ""), found.get("method", "get")))
        elif tag in ("input", "select", "textarea", "button") and self.forms and found.get("name"):
            kind = found.get("type", tag)
            self.forms[-1].fields.append(Field(tag, found["name"], kind, found.get("value", "")))
        hidden = bool(self._within) and self._within[-1][1]
        if tag not in _VOID:
            other = "lang" in found and tag != "html"
            self._within.append((tag, hidden or other or tag in _UNSEEN))
        if not hidden:
            self.words += [found[one] for one in ("aria-label", "alt", "placeholder", "data-label") if one in found]

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self._within and self._within[-1][1]):
            self.words.append(" ".join(data.split()))


def kind_of(path: str) -> str:
    """The address without what names one thing among many."""
    return _KEY.sub("…", urlsplit(path).path)


def walk(client: Client, *, of_each_kind: int = 3) -> Iterator[tuple[str, int, Reading, str]]:
    """Open pages from the start page on: the path, the status, what stands there, and its text."""
    todo, opened, seen = ["/"], set[str](), Counter[str]()
    while todo:
        path = todo.pop(0)
        if path in opened or seen[kind_of(path)] >= of_each_kind or _FILE.search(path):
            continue
        opened.add(path)
        seen[kind_of(path)] += 1
        answer = client.get(path)
        if answer.status_code == 302:
            todo.append(answer["Location"])
            continue
        if not answer["Content-Type"].startswith("text/html"):
            continue
        text = answer.content.decode()
        page = Reading(text)
        yield path, answer.status_code, page, text
        todo += [urljoin(path, one).partition("#")[0] for one in page.links if not one.startswith("#")]
