"""Learners, guardians and mentors without an account are invited for a whole group, all of them or nobody."""

from dataclasses import replace
from datetime import date

import pytest
from django.core import mail

import stories_of as story
from ecvet.mobility import Role, Task
from ecvet.record import Address, Person
from ecvet.terms import Identifier
from ecvet_platform.guests.actions import inviting_many
from ecvet_platform.guests.actions.inviting_many import Wanted
from ecvet_platform.guests.store import guests
from ecvet_platform.mobility.actions import agreements, groups, learners, proposing
from ecvet_platform.mobility.errors import GroupUnknown, NotForAll
from ecvet_platform.people import store as accounts
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.qualifications.naming import key_of
from stories_of import Cast

LINK = "https://ecvet.example/guest/{secret}"


@pytest.fixture
def text(everybody: Cast) -> Address:
    """Ben and Cia, who have no e-mail address here, and Alba, who has an account."""
    bruno = everybody.actor("Bruno")
    memorandum = story.memorandum_in_force(everybody)
    others = [
        learners.enter(Person(names=(name,), family_name="Verdi", birth_date=date(2006, 1, 1)), actor=bruno,
                       qualification=story.QUALIFICATION).id
        for name in ("Ben", "Cia")
    ]  # fmt: skip
    draft = story.draft(everybody.alba, memorandum)
    common = replace(draft, parties=tuple(one for one in draft.parties if one.role != "learner"))
    made = proposing.put_forward_group(common, [everybody.alba.id, *others], actor=bruno)
    group = agreements.line(made[0], actor=bruno).group
    assert group is not None
    mail.outbox.clear()
    return group


def threads(everybody: Cast, text: Address) -> dict[str, Identifier]:
    seen = groups.group(text, actor=everybody.actor("Bruno"))
    return {line.called.split()[0]: one for one, line in seen.lines.items()}


def test_learners_without_an_address_are_invited_on_one_page(everybody: Cast, text: Address) -> None:
    bruno, of = everybody.browser("Bruno"), threads(everybody, text)
    assert f"/groups/{text}/guests" in bruno.get(f"/groups/{text}").content.decode()
    chosen = f"/groups/{text}/guests?part=learner-sign"
    page = bruno.get(chosen).content.decode()
    assert 'value="Ben Verdi"' in page
    ben, cia = key_of(of["Ben"]), key_of(of["Cia"])
    typed = {"language": "fi", f"name-{ben}": "Ben Verdi", f"email-{ben}": "ben@home.example",
             f"name-{cia}": "", f"email-{cia}": "cia@home.example"}  # fmt: skip
    refused = bruno.post(chosen, typed)
    assert refused.status_code == 422
    assert "Say who has this address." in refused.content.decode()
    assert 'value="cia@home.example"' in refused.content.decode()
    assert not mail.outbox
    done = bruno.post(chosen, typed | {f"name-{cia}": "Cia Verdi"}, follow=True)
    assert "2 links are on their way." in done.content.decode()
    assert sorted(one.to[0] for one in mail.outbox) == ["ben@home.example", "cia@home.example"]
    again = bruno.post(chosen, typed | {f"name-{cia}": "Cia Verdi"})
    assert again.status_code == 422, "both are invited already"
    assert len(mail.outbox) == 2


def test_one_mentor_is_invited_for_all_with_a_link_for_each(everybody: Cast, text: Address) -> None:
    for name in ("Chloé", "Marc"):
        for role in story.Role:
            accounts.remove_membership(everybody.accounts[name].id, story.LYON, role)
    places = inviting_many.places(text, actor=everybody.actor("Bruno"))
    assert [(Role.HOSTING, Task.SIGN) in one.parts for one in places] == [True, True, True]
    chosen = f"/groups/{text}/guests?part=hosting-sign"
    typed = {"language": "fr", "name": "Marcel", "email": "marcel@lyon.example"}
    assert everybody.browser("Bruno").post(chosen, typed).status_code == 302
    assert [one.to for one in mail.outbox] == [["marcel@lyon.example"]] * 3
    assert len({one.body for one in mail.outbox}) == 3


def test_all_are_invited_or_nobody(everybody: Cast, text: Address) -> None:
    of, bruno = threads(everybody, text), everybody.actor("Bruno")
    wanted = {
        of["Ben"]: Wanted(name="Ben", email="ben@home.example"),
        of["Cia"]: Wanted(name="Cia", email="no address"),
    }
    with pytest.raises(NotForAll) as caught:
        inviting_many.invite(text, Role.LEARNER, Task.SIGN, wanted, language="en", link=LINK, actor=bruno)
    assert caught.value.facts["count"] == 1
    assert not guests.of_thread(of["Ben"])
    nobody = Identifier("urn:uuid:00000000-0000-4000-8000-000000000009")
    strange = {nobody: Wanted(name="X", email="x@x.example")}
    with pytest.raises(GroupUnknown):
        inviting_many.invite(text, Role.LEARNER, Task.SIGN, strange, language="en", link=LINK, actor=bruno)
    with pytest.raises(NotYourRole):
        inviting_many.places(text, actor=everybody.actor("Alba"))


def test_programs_invite_many_too(everybody: Cast, text: Address) -> None:
    of = threads(everybody, text)
    people = {str(key_of(of[one])): {"name": one, "email": f"{one.lower()}@home.example"} for one in ("Ben", "Cia")}
    body = {"role": "learner", "task": "sign", "people": people}
    answer = everybody.browser("Bruno").post(
        f"/api/v1/groups/{text}/guests", body, content_type="application/json"
    )  # fmt: skip
    assert answer.status_code == 201, answer.content
    assert len(answer.json()["items"]) == len(mail.outbox) == 2
