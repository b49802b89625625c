"""Whatever is refused is a page: it says what to do next, gives nothing away, and leads on."""

import re

import pytest
from django.test import Client

from albas_story import DECIDED, Story, story  # noqa: F401
from albas_story import begun_story as begun_story
from ecvet_platform.people import actions as people
from ecvet_platform.qualifications.naming import key_of
from whole_story import everything

pytestmark = pytest.mark.django_db()


def refused(client: Client, path: str, status: int, **sent: str) -> str:
    answer = client.post(path, sent) if sent else client.get(path)
    assert answer.status_code == status, path
    html = str(answer.content.decode())
    assert html.count("<h1>") == 1
    assert re.search(r"<p class=.lead.>[^<]{20,}</p>", html), "no remedy"
    assert re.search(r"<code>[a-z]+(\.[a-z-]+){1,3}</code>", html), "no stable code"
    assert "Traceback" not in html
    assert 'href="/"' in html
    return html


def test_strangers_are_told_what_to_do_and_nothing_else():
    client = Client()
    for path, status in (
        ("/no-such-page", 404),
        ("/sign-in/nothing", 410),
        ("/guest/nothing", 410),
        ("/shared/nothing", 410),
    ):
        html = refused(client, path, status)
        assert 'href="/sign-in"' in html


def test_the_wrong_role_and_the_page_of_another_institution_give_nothing_away(story: Story) -> None:  # noqa: F811
    everything(story)
    erik, bruno = Client(), Client()
    with story.on(DECIDED):
        erik.post(f"/sign-in/{people.new_link(story.accounts['Erik'])}")
        bruno.post(f"/sign-in/{people.new_link(story.accounts['Bruno'])}")
        for path in (f"/learners/{key_of(story.alba)}", f"/record/{key_of(story.alba)}"):
            html = refused(erik, path, 404)
            assert "Rossi" not in html
            assert "Torino" not in html
        assert "publish" not in refused(bruno, "/qualifications/publish", 403).lower().partition("<main")[2]


def test_what_is_too_large_says_so_and_a_foreign_form_too(settings: object) -> None:
    assert "too large" in refused(Client(), "/verify", 413, text="x" * (5 * 1024 * 1024 + 1))
    strict = Client(enforce_csrf_checks=True)
    assert "another session" in refused(strict, "/sign-in", 403, email="alba@example.org")
