"""Who a person is when she acts: her roles in the institution for which she acts, by session or by token."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from ecvet.terms import Identifier
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people import actions
from ecvet_platform.people.doors import for_roles
from ecvet_platform.people.errors import NotSignedIn, NotYourInstitution, NotYourRole
from ecvet_platform.people.roles import Actor, Role, has_one_of
from ecvet_platform.people.store import Account

HOME, HOSTING = Identifier("https://home.example"), Identifier("https://hosting.example")
People = Callable[..., Account]
SignIn = Callable[[Account], Client]


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.django_db
def test_roles_count_only_in_the_institution_where_they_were_given(person: People):
    chloe = person("Chloe", Role.COORDINATOR, institution=HOME)
    actions.give_role(chloe, HOSTING, Role.ASSESSOR)
    assert actions.actor(chloe.id, HOME).roles == {Role.COORDINATOR}
    assert actions.actor(chloe.id, HOSTING).roles == {Role.ASSESSOR}
    assert actions.actor(chloe.id).institution == HOME
    with pytest.raises(NotYourInstitution):
        actions.actor(chloe.id, Identifier("https://elsewhere.example"))


@pytest.mark.django_db
def test_giving_and_taking_a_role_is_in_the_journal_once(person: People):
    bruno, chloe = person("Bruno", Role.COORDINATOR), person("Chloe")
    by = actions.actor(bruno.id)
    for _ in range(2):
        actions.give_role(chloe, HOME, Role.MENTOR, by=by)
    for _ in range(2):
        actions.take_role(chloe, HOME, Role.MENTOR, by=by)
    told = [(entry.verb, entry.person) for entry in journal.read(subject=chloe.identifier)][1:]
    assert told == [("person.give-role", bruno.identifier), ("person.take-role", bruno.identifier)]
    assert actions.actor(chloe.id).roles == frozenset()


def test_a_page_for_a_role_refuses_everybody_else():
    @for_roles(Role.ASSESSOR, Role.MENTOR)
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("grid")

    def ask(*roles: Role) -> HttpResponse:
        request = RequestFactory().get("/")
        request.auth = Actor(person=Identifier("urn:p:1"), name="P", institution=HOME, roles=frozenset(roles))
        return page(request)

    assert ask(Role.MENTOR).content == b"grid"
    for roles in ((), (Role.LEARNER, Role.COORDINATOR)):
        with pytest.raises(NotYourRole) as caught:
            ask(*roles)
        assert caught.value.status == 403


def test_without_named_roles_every_signed_in_person_may():
    assert has_one_of(Actor(person=Identifier("urn:p:1"), name="P", institution=None, roles=frozenset()))


@pytest.mark.django_db
def test_a_person_chooses_the_institution_to_act_for(person: People, signed_in: SignIn):
    chloe = person("Chloe", Role.COORDINATOR, institution=HOME)
    actions.give_role(chloe, HOSTING, Role.ASSESSOR)
    client = signed_in(chloe)
    assert client.get("/api/v1/me").json()["roles"] == ["coordinator"]
    client.post("/acting-for", {"institution": HOSTING})
    assert client.get("/api/v1/me").json()["institution"] == HOSTING
    assert client.post("/acting-for", {"institution": "https://elsewhere.example"}).status_code == 403
    actions.take_role(chloe, HOSTING, Role.ASSESSOR, by=actions.actor(chloe.id, HOME))
    assert client.get("/api/v1/me").json()["institution"] == HOME


@pytest.mark.django_db
def test_a_program_acts_by_token_until_the_token_ends(person: People, client: Client):
    secret = actions.make_token(person("Bruno", Role.COORDINATOR), institution=HOME, name="school system")
    assert client.get("/api/v1/me", headers=bearer(secret)).json()["name"] == "Bruno"
    assert client.get("/api/v1/me", headers=bearer(secret[:-1])).status_code == 401
    with clock.fixed(clock.now() + timedelta(days=91)):
        assert client.get("/api/v1/me", headers=bearer(secret)).status_code == 401


@pytest.mark.django_db
def test_an_unknown_person_is_not_signed_in(person: People):
    from ecvet_platform.journal.chance import uuid7

    with pytest.raises(NotSignedIn):
        actions.actor(uuid7())
