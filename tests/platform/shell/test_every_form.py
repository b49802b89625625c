"""Every form that any role reaches, sent empty and with hostile input: never a fault, always a reason at its field."""

import re
from typing import Any

import pytest
from django.test import Client

from albas_story import DECIDED, Story, story  # noqa: F401
from albas_story import begun_story as begun_story
from ecvet_platform.people import actions as people
from walking import Form, Reading, kind_of, walk
from whole_story import ROLES, everything

pytestmark = pytest.mark.django_db()

HOSTILE = "<script>alert('ß')</script> ' OR 1=1 -- ‮ {{7*7}} %(x)s %s \x00" + "🦉" * 40
SAFE = frozenset({"/sign-out", "/language", "/acting-for"})
"""Forms of the frame, which every page has."""
ANSWERS = frozenset({200, 302, 400, 403, 404, 409, 410, 413, 422})


def sent(form: Form, text: str) -> dict[str, Any]:
    """What a form sends when every field that people write in holds a text; hidden fields and buttons as they are."""
    found: dict[str, Any] = {}
    for one in form.fields:
        if one.kind == "hidden":
            found[one.name] = one.value
        elif one.kind != "file" and not (one.tag == "button" and found.get(one.name)):
            found[one.name] = one.value if one.tag == "button" else text
    return {name: value for name, value in found.items() if value}


def pressed(client: Client, path: str, form: Form, text: str) -> tuple[int, str]:
    answer = client.post(form.action or path, sent(form, text))
    return answer.status_code, answer.content.decode(errors="replace") if "html" in answer["Content-Type"] else ""


@pytest.mark.parametrize("who", ROLES)
def test_no_form_breaks_and_every_reason_stands_at_its_field(story: Story, who: str) -> None:  # noqa: F811
    everything(story)
    client = Client(raise_request_exception=True)
    faults, tried = [], set[tuple[str, str]]()
    with story.on(DECIDED):
        client.post(f"/sign-in/{people.new_link(story.accounts[who])}")
        pages = [(path, page) for path, status, page, _ in walk(client, of_each_kind=2) if status == 200]
        for path, page in pages:
            faults += [f"{path} has two elements called {one}" for one in page.twice]
            for n, form in enumerate(page.forms):
                known = (kind_of(path), f"{n} {kind_of(form.action)}")
                if form.method != "post" or form.action in SAFE or known in tried:
                    continue
                tried.add(known)
                for text in ("", HOSTILE):
                    faults += wrong(path, form, text, *pressed(client, path, form, text))
    assert not faults, "\n".join(faults)
    assert len(tried) >= (0 if who in ("Marco", "Vera") else 2)


def wrong(path: str, form: Form, text: str, status: int, html: str) -> list[str]:
    """What is wrong with an answer."""
    where = f"{path} → {form.action or 'itself'} {'empty' if not text else 'hostile'} answers {status}"
    found = [] if status in ANSWERS else [f"{where}: not an answer for people"]
    if status == 422:
        page = Reading(html)
        found += [f"{where}: two elements called {one}" for one in page.twice]
        targets = [one[1:] for one in page.links if one.startswith("#") and one != "#main"]
        found += [f"{where}: the summary leads to #{one}, which is not there" for one in targets if one not in page.ids]
        if "summary-error" not in html:
            found.append(f"{where}: no summary of what is wrong")
    if "<script>alert" in html:
        found.append(f"{where}: what was typed became part of the page")
    return found


def test_what_is_asked_by_address_is_never_a_fault(story: Story) -> None:  # noqa: F811
    everything(story)
    client = Client()
    with story.on(DECIDED):
        client.post(f"/sign-in/{people.new_link(story.accounts['Bruno'])}")
        for path, status, page, _ in walk(client, of_each_kind=1):
            assert status in ANSWERS, path
            if any(form.method == "get" for form in page.forms):
                for query in ({"q": HOSTILE}, {"page": "-1"}, {"page": "9" * 30}, {"q": "\x00"}):
                    answer = client.get(re.sub(r"\?.*", "", path), query)
                    assert answer.status_code in ANSWERS, (path, query)
                    assert b"<script>alert" not in answer.content
