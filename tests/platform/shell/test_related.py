"""What leads from one room to the next, and where people begin for whom nothing waits."""

from collections.abc import Callable

import pytest
from django.test import Client

from albas_story import DECIDED, Story
from ecvet_platform.credit.store import cases
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications.naming import key_of

SignIn = Callable[[Account], Client]


@pytest.mark.django_db
def test_an_agreement_leads_to_its_credit_and_back_for_those_who_may_see_both(story: Story, signed_in: SignIn):
    key = key_of(story.agree())
    learner = key_of(story.alba)
    with story.on(DECIDED):
        for name in ("Bruno", "Chloé", "Alba"):
            client = signed_in(story.accounts[name])
            assert f'href="/credit/{key}"' in client.get(f"/agreements/{key}").content.decode()
            assert f'href="/agreements/{key}"' in client.get(f"/credit/{key}").content.decode()
        page = signed_in(story.accounts["Bruno"]).get(f"/learners/{learner}").content.decode()
        assert f'href="/learners/{learner}/credit"' in page
        dimitra = signed_in(story.accounts["Dimitra"])  # recognises, but has no part in the agreement
        assert f'href="/agreements/{key}"' not in dimitra.get(f"/credit/{key}").content.decode()
        refused = dimitra.get(f"/agreements/{key}")
        assert refused.status_code == 404
        assert f'href="/credit/{key}"' not in refused.content.decode()


@pytest.mark.django_db
def test_nothing_is_chosen_beforehand_where_a_person_decides(story: Story, signed_in: SignIn):
    thread = story.agree()
    story.assess(thread)
    sent = story.transfer(thread)
    case = f"/credit/cases/{cases.of_learner(story.alba)[0].id}"
    with story.on(DECIDED):
        page = signed_in(story.accounts["Bruno"]).get(f"{case}/validate").content.decode()
        assert "The comparison suggests: Corresponds." in page
        assert " checked" not in page
    story.validate(sent.address)
    with story.on(DECIDED):
        dimitra = signed_in(story.accounts["Dimitra"])
        assert " checked" not in dimitra.get(f"{case}/recognise").content.decode()
        answer = dimitra.post(f"{case}/recognise", {"outcomes": ["measures", "cuts"], "ground": "Act"})
        assert answer.status_code == 422
        assert "Choose whether it counts towards the qualification or beside it." in answer.content.decode()
    assert cases.of_learner(story.alba)[0].recognised is None


@pytest.mark.django_db
def test_an_appeal_waits_for_who_decides_on_it_and_not_for_who_validated(story: Story, signed_in: SignIn):
    thread = story.agree()
    story.assess(thread)
    story.validate(story.transfer(thread).address)
    case = f"/credit/cases/{cases.of_learner(story.alba)[0].id}"
    refusal = {
        "ground": "Act", "reason_code": "not-corresponding", "reason_text": "Other machines",
        "appeal_until": "2026-08-10",
    }  # fmt: skip
    with story.on(DECIDED):
        dimitra = signed_in(story.accounts["Dimitra"])
        assert dimitra.post(f"{case}/recognise", refusal).status_code == 302
        assert signed_in(story.accounts["Alba"]).post(f"{case}/appeal", {"text": "I know both"}).status_code == 302
        page = dimitra.get("/").content.decode()
        assert f"{case}/answer" in page
        assert "Appeal lodged" in page
        assert " checked" not in dimitra.get(f"{case}/answer").content.decode()
        assert f"{case}/validate" not in signed_in(story.accounts["Bruno"]).get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "wanted"), [(Role.VERIFIER, "/verify"), (Role.LEARNER, "/credentials/"), (Role.LEARNER, "/credit/")]
)
def test_where_nothing_waits_there_is_a_place_to_begin(
    role: Role, wanted: str, person: Callable[..., Account], signed_in: SignIn
):
    page = signed_in(person("Vera", role)).get("/").content.decode()
    assert 'class="button' in page.split("Nothing waits for you now")[1]
    assert f'href="{wanted}"' in page.split("Nothing waits for you now")[1]
