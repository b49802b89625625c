"""A person at a browser without JavaScript, of whom every input is counted: each field changed and each click.

What a page has filled in already costs nothing; what is sent is exactly what stands in the form.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

from django.test import Client


@dataclass
class Form:
    """A form as it stands: its values, and what each button sends."""

    address: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    boxes: dict[tuple[str, str], bool] = field(default_factory=dict)
    radios: dict[str, set[str]] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


class Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self._within: list[str] = []
        self._words = ""
        self._open: dict[str, str] = {}
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what stands in a form."""
        found = {name: value or "" for name, value in attrs}
        self._within.append(tag)
        if tag == "form":
            self.forms.append(Form(found.get("action", ""), found.get("method", "get")))
        elif tag in ("a", "button", "textarea"):
            self._open, self._words = found, ""
        elif tag == "input" and self.forms and found.get("name"):
            self._input(self.forms[-1], found)
        elif tag == "select":
            self._select = found["name"]
        elif tag == "option" and self.forms and ("selected" in found or self._select not in self.forms[-1].values):
            self.forms[-1].values[self._select] = [found.get("value", "")]

    def _input(self, form: Form, found: dict[str, str]) -> None:
        name, value = found["name"], found.get("value", "on")
        if found.get("type") == "checkbox":
            form.boxes[name, value] = "checked" in found
        elif found.get("type") == "radio":
            form.radios.setdefault(name, set()).add(value)
        if found.get("type") not in ("checkbox", "radio"):
            form.values[name] = [found.get("value", "")]
        elif "checked" in found:
            form.values.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        """Words of a link, a button or a text field."""
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        """A link, button or text field ends."""
        words = " ".join(self._words.split())
        if tag == "a" and "href" in self._open:
            self.links.append((words, self._open["href"]))
        elif tag == "button" and self.forms:
            self.forms[-1].buttons[words] = (self._open.get("name", ""), self._open.get("value", ""))
        elif tag == "textarea" and self.forms:
            self.forms[-1].values[self._open["name"]] = [self._words.removeprefix("\n")]


@dataclass
class Person:
    """Somebody before a page. `inputs` says what was done, one line for each field and each click."""

    browser: Client
    where: str = "/"
    inputs: list[str] = field(default_factory=list)
    page: Page | None = None
    text: str = ""

    def begin(self, where: str) -> "Person":
        """Begin at a page; the counting begins there."""
        return self._show("GET", where)

    def follow(self, words: str) -> "Person":
        """Click the first link with these words."""
        assert self.page is not None
        address = next(href for text, href in self.page.links if words in text)
        self.inputs.append(f"follow “{words}”")
        return self._show("GET", address)

    def fill(self, name: str, value: str) -> "Person":
        """Fill in a field, choose a radio button or tick a box, unless it says so already."""
        form = self._with(name)
        if (name, value) in form.boxes:
            assert not form.boxes[name, value], f"{name} is ticked already"
            form.values.setdefault(name, []).append(value)
        else:
            assert name not in form.radios or value in form.radios[name]
            assert form.values.get(name) != [value], f"{name} says so already"
            form.values[name] = [value]
        self.inputs.append(f"{name}: {value}")
        return self

    def press(self, words: str) -> "Person":
        """Press a button: what stands in its form is sent."""
        assert self.page is not None
        form = next(one for one in self.page.forms if words in one.buttons)
        name, value = form.buttons[words]
        sent = [(key, one) for key, many in form.values.items() for one in many] + ([(name, value)] if name else [])
        self.inputs.append(f"press “{words}”")
        if form.method == "get":
            return self._show("GET", f"{form.address or self.where.partition('?')[0]}?{urlencode(sent)}")
        return self._show("POST", form.address or self.where, sent)

    def _with(self, name: str) -> Form:
        assert self.page is not None
        return next(
            one for one in self.page.forms
            if name in one.values or name in one.radios or any(key == name for key, _ in one.boxes)
        )  # fmt: skip

    def _show(self, method: str, where: str, sent: list[tuple[str, str]] | None = None) -> "Person":
        self.where = urljoin(self.where, where)
        data = urlencode(sent or [])
        answer = (
            self.browser.get(self.where) if method == "GET"
            else self.browser.post(self.where, data, content_type="application/x-www-form-urlencoded")
        )  # fmt: skip
        if answer.status_code == 302:
            return self._show("GET", answer["Location"])
        self.text = answer.content.decode()
        assert answer.status_code == 200, f"{self.where} answered {answer.status_code}"
        self.page = Page(self.text)
        return self
