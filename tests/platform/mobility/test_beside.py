"""Two coordinators change one document: the second sees both versions, with what was typed kept (7.5, case 32)."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

import stories_of as story
from ecvet.mobility import Role as Part
from ecvet.partnership.errors import VersionSince
from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import memoranda
from ecvet_platform.mobility.actions import agreements, proposing
from stories_of import STAY, Cast

OTHERS_END = date(2026, 6, 12)


def fields(page: HttpResponse) -> dict[str, str]:
    """The hidden fields of a page, which a browser sends back."""
    found = re.findall(r'<input type="hidden" name="(base|newest|seen)" value="([^"]*)"', page.content.decode())
    return dict(found)


def typed(**more: object) -> dict[str, object]:
    return {
        "memorandum": "", "start": STAY.start.isoformat(), "end": "2026-05-20", "unit-0": "on", "place": "Lyon, centre",
        "assessor": "Chloé", "methods": "practical task", "when": "last week", "safeguards": "two assessors",
        "recorded": "grid", "validator": "Bruno", "recognises": story.TURIN, "recogniser": "Bruno", "step": "propose",
        "seen": "1", **more,
    }  # fmt: skip


def opened(everybody: Cast, thread: Identifier) -> tuple[Client, str, dict[str, str]]:
    browser, where = everybody.browser("Bruno"), f"/agreements/{story.key(thread)}/change"
    return browser, where, fields(browser.get(where))


def somebody_else(everybody: Cast, thread: Identifier, version: Address) -> Address:
    chloe = everybody.actor("Chloé")
    item = story.later(agreements.version(thread, version, actor=chloe), OTHERS_END)
    return proposing.change(thread, item, base=version, actor=chloe)


def versions(everybody: Cast, thread: Identifier) -> int:
    return len(agreements.agreement(thread, actor=everybody.actor("Bruno")).versions)


def test_the_second_sees_both_and_nothing_is_written(everybody: Cast):
    thread, version = story.proposed(everybody)
    browser, where, hidden = opened(everybody, thread)
    theirs = somebody_else(everybody, thread, version)
    page = browser.post(where, typed(**hidden))
    text = page.content.decode()
    assert page.status_code == 422
    assert versions(everybody, thread) == 2
    for words in ("Somebody proposed another version since you opened this one", "Both versions", "2026-06-12",
                  'value="2026-05-20"', 'value="Lyon, centre"'):  # fmt: skip
        assert words in text
    assert fields(page)["newest"] == theirs


def test_one_field_is_taken_over_and_the_rest_stays_as_typed(everybody: Cast):
    thread, version = story.proposed(everybody)
    browser, where, hidden = opened(everybody, thread)
    somebody_else(everybody, thread, version)
    refused = browser.post(where, typed(**hidden))
    merged = browser.post(where, typed(**fields(refused), take=["end"]))
    text = merged.content.decode()
    assert 'value="2026-06-12"' in text
    assert 'value="Lyon, centre"' in text
    assert versions(everybody, thread) == 2, "what was taken over is looked at first"
    done = browser.post(where, typed(**fields(merged), end="2026-06-12"))
    assert done.status_code == 302
    found = agreements.agreement(thread, actor=everybody.actor("Bruno"))
    assert found.proposed is not None
    item = agreements.version(thread, found.proposed, actor=everybody.actor("Bruno"))
    assert (item.period.end, item.hosting_place) == (OTHERS_END, "Lyon, centre")
    assert item.party(Part.LEARNER) == everybody.alba.id


def test_the_whole_other_version_can_be_taken_over(everybody: Cast):
    thread, version = story.proposed(everybody)
    browser, where, hidden = opened(everybody, thread)
    somebody_else(everybody, thread, version)
    refused = browser.post(where, typed(**hidden))
    text = browser.post(where, typed(**fields(refused), take=["*"])).content.decode()
    assert 'value="2026-06-12"' in text
    assert "Lyon, centre" not in text


def test_without_another_version_nothing_stands_in_the_way(everybody: Cast):
    thread, _version = story.proposed(everybody)
    browser, where, hidden = opened(everybody, thread)
    assert browser.post(where, typed(**hidden)).status_code == 302


def test_the_action_refuses_by_itself(everybody: Cast):
    thread, version = story.proposed(everybody)
    theirs = somebody_else(everybody, thread, version)
    bruno = everybody.actor("Bruno")
    item = story.later(agreements.version(thread, version, actor=bruno), date(2026, 6, 1))
    with pytest.raises(VersionSince):
        proposing.change(thread, item, base=version, actor=bruno, newest=version)
    proposing.change(thread, item, base=theirs, actor=bruno, newest=theirs)


def test_two_who_change_one_memorandum_see_both(everybody: Cast):
    bruno, chloe = everybody.actor("Bruno"), everybody.actor("Chloé")
    thread = memoranda.propose(story.MEMORANDUM, actor=bruno)
    first = memoranda.memorandum(thread, actor=bruno).item.address
    browser, where = everybody.browser("Bruno"), f"/memoranda/{story.key(thread)}/change"
    hidden = fields(browser.get(where))
    memoranda.propose(replace(story.MEMORANDUM, most_weeks=12), actor=chloe, thread=thread, base=first)
    data = {
        "objectives": "Hairdressers and barbers learn abroad", "start": "2026-01-01", "end": "2028-12-31",
        "review": "every summer by both coordinators", "least": "2", "most": "26",
        "confirmations": ["status", "procedures", "conditions", "comparability", "actors"],
    }  # fmt: skip
    refused = browser.post(where, {**data, **hidden})
    text = refused.content.decode()
    assert refused.status_code == 422
    for words in ("Both versions", "Hairdressers and barbers learn abroad", "Longest stay in weeks"):
        assert words in text
    merged = browser.post(where, {**data, **fields(refused), "take": ["most"]})
    assert 'value="12"' in merged.content.decode()
    assert browser.post(where, {**data, **fields(merged), "most": "12"}).status_code == 302
    found = memoranda.memorandum(thread, actor=bruno).item.value
    assert (str(found.objectives), found.most_weeks) == ("Hairdressers and barbers learn abroad", 12)
