"""The language made by code: every page of every role is walked in it, and whatever stays plain English is a fault."""

import re

import pytest
from django.conf import settings as django_settings
from django.test import Client

from albas_story import DECIDED, Story, story  # noqa: F401
from albas_story import begun_story as begun_story
from ecvet_platform.people import actions as people
from ecvet_platform.shell import pseudo
from plain import OF_THE_STORY, WORD, plain, written_by_people
from plain import pseudo_catalogue as pseudo_catalogue
from plain import spoken as spoken
from walking import walk
from whole_story import ROLES, everything

pytestmark = pytest.mark.django_db()


def test_placeholders_and_tags_stay_and_everything_grows():
    said = pseudo.pseudo("%(who)s must answer by {day}, <b>always</b> 100 %%")
    assert {"%(who)s", "{day}", "<b>", "</b>", "%%"} <= set(re.findall(r"%\(who\)s|\{day\}|</?b>|%%", said))
    assert said.startswith(pseudo.OPEN)
    assert said.endswith(pseudo.CLOSE)
    assert len(said) >= 1.4 * len("%(who)s must answer by {day}, <b>always</b> 100 %%")
    assert not WORD.search(re.sub(r"%\(who\)s|\{day\}|</?b>", "", said))


def test_it_is_not_offered_to_people():
    assert pseudo.CODE not in dict(django_settings.LANGUAGES)


@pytest.mark.parametrize("who", ROLES)
def test_no_page_says_anything_that_is_not_translated(story: Story, spoken: str, who: str) -> None:  # noqa: F811
    everything(story)
    client = Client()
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = spoken
    found: dict[str, set[str]] = {}
    with story.on(DECIDED):
        client.post(f"/sign-in/{people.new_link(story.accounts[who])}")
        known = written_by_people() | OF_THE_STORY
        opened = 0
        for path, _, page, text in walk(client, of_each_kind=1):
            opened += 1
            assert f'lang="{spoken}"' in text
            if left := set(plain(page.words, known)):
                found[path] = left
    assert opened >= 10
    assert not found, "\n".join(f"{path}: {one}" for path, left in found.items() for one in sorted(left))
