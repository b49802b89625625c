"""What is signed needs a fresh proof, what institutions demand must be met, and what was typed goes on by itself."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from ecvet_platform.journal import clock
from ecvet_platform.people import actions, totp
from ecvet_platform.people.actions import accounts, codes
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications.naming import key_of
from ecvet_platform.shell.looks import plain
from ecvet_platform.shell.proving import SIGNED

pytestmark = pytest.mark.django_db()
START = datetime(2026, 11, 30, 9, 0, 10, tzinfo=UTC)
OFFICE_NAME = "https://office.example"


@pytest.fixture
def later() -> Iterator[Callable[[int], None]]:
    """Lets minutes pass."""
    with clock.fixed(START):

        def pass_(minutes: int) -> None:
            clock._fixed = clock.now() + timedelta(minutes=minutes)

        yield pass_


def code(account: Account, *, of: bytes) -> str:
    return totp.code_at(of, int(clock.now().timestamp()) // 30)


def with_app(account: Account) -> bytes:
    secret = codes.begin(account)
    assert codes.confirm(account, code(account, of=secret), address="")
    return secret


@pytest.fixture
def office(person: Callable[..., Account], later: Callable[[int], None]) -> Account:
    """Somebody of a register office, who may enter people; the office stands in the register."""
    from ecvet.partnership import CompetentInstitution
    from ecvet.terms import LangString, country, identifier
    from ecvet_platform.institutions.actions import register

    made = person("Dimitra", Role.REGISTER_OFFICE, institution=identifier(OFFICE_NAME))
    institution = CompetentInstitution(
        id=identifier(OFFICE_NAME), name=LangString.of(en="Office"), country=country("FI")
    )
    register.enter(institution, actor=actions.actor(made.id))
    return made


PEOPLE = f"/institutions/{key_of(OFFICE_NAME)}/people"
NINA = {"name": "Nina Conti", "email": "nina@office.example", "roles": ["assessor", "mentor"]}


def proved(account: Account, secret: bytes) -> Client:
    client = Client()
    client.post(f"/sign-in/{actions.new_link(account)}")
    assert client.post("/sign-in/code", {"code": code(account, of=secret)}).status_code == 302
    return client


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield plain(before + str(pattern.pattern))


def test_every_address_that_needs_a_proof_exists():
    assert set(routes(get_resolver().url_patterns)) >= SIGNED


def test_nobody_without_a_second_factor_is_asked(office: Account, signed_in: Callable[[Account], Client]):
    assert signed_in(office).post(PEOPLE, NINA).status_code == 302


def test_a_stale_proof_holds_the_page_back_and_what_was_typed_goes_on(office: Account, later: Callable[[int], None]):
    secret = with_app(office)
    later(1)
    client = proved(office, secret)
    later(16)
    held = client.post(PEOPLE, NINA)
    page = held.content.decode()
    assert held.status_code == 403
    assert "Confirm that it is you" in page
    assert page.count('value="Nina Conti"') == 1
    assert page.count('name="roles"') == 2
    assert actions.store.account_of(NINA["email"]) is None
    typed = {**NINA, "ecvet-to": PEOPLE, "ecvet-again": "1"}
    wrong = client.post("/confirm", {**typed, "ecvet-code": "000000"})
    assert wrong.status_code == 422
    assert 'value="Nina Conti"' in wrong.content.decode()
    assert 'href="#id_ecvet-code"' in wrong.content.decode()
    right = client.post("/confirm", {**typed, "ecvet-code": code(office, of=secret)}, follow=True)
    assert right.redirect_chain[0] == (PEOPLE, 307)
    made = actions.store.account_of(NINA["email"])
    assert made
    assert actions.store.memberships(made.id) == {OFFICE_NAME: {Role.ASSESSOR, Role.MENTOR}}


def test_a_fresh_proof_is_enough_for_a_while(office: Account, later: Callable[[int], None], settings: Any):
    secret = with_app(office)
    later(1)
    client = proved(office, secret)
    later(14)
    assert client.post(PEOPLE, NINA).status_code == 302
    settings.PROOF_MINUTES = 5
    assert client.post(PEOPLE, NINA).status_code == 403


def test_programs_by_session_get_a_problem_and_tokens_are_not_asked(office: Account, later: Callable[[int], None]):
    secret = with_app(office)
    later(1)
    client = proved(office, secret)
    later(16)
    api = f"/api/v1{PEOPLE}"
    refused = client.post(api, NINA, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "people.proof.needed")
    token = actions.make_token(office, institution=None, name="program")
    given = Client().post(
        api, NINA, content_type="application/json", headers={"Authorization": f"Bearer {token}"}
    )  # fmt: skip
    assert given.status_code == 201


def test_the_proof_never_leads_to_another_site(office: Account, later: Callable[[int], None]):
    secret = with_app(office)
    later(1)
    client = proved(office, secret)
    later(1)
    for to in ("https://evil.example/", "//evil.example"):
        answer = client.post("/confirm", {"ecvet-to": to, "ecvet-code": code(office, of=secret)})
        assert answer["Location"] == "/"
        later(1)


# ------------------------------------------------------------- what institutions demand
def test_a_role_for_which_a_second_factor_is_demanded_opens_nothing_without(
    office: Account, signed_in: Callable[[Account], Client], later: Callable[[int], None]
):
    client = signed_in(office)
    assert client.post(PEOPLE, {"step": "demand", "demanded": ["register_office"]}).status_code == 302
    answer = client.get("/institutions/new")
    assert answer["Location"] == "/confirm?next=%2Finstitutions%2Fnew"
    page = client.get(answer["Location"]).content.decode()
    assert "you have none yet" in page
    assert client.get("/api/v1/lists/institutions").status_code == 403
    assert client.get("/institutions/").status_code == 200, "what strangers may see stays open"
    assert "Set up a passkey or an authenticator app" in client.get("/you/").content.decode()
    client.post("/you/codes", {"code": code(office, of=codes.begin(office))})
    assert client.get("/institutions/new").status_code == 200
    assert client.post("/sign-out").status_code == 302


def test_it_counts_for_the_role_and_the_institution_only(
    office: Account, person: Callable[..., Account], signed_in: Callable[[Account], Client]
):
    accounts.demand(OFFICE_NAME, [Role.REGISTER_OFFICE], by=actions.actor(office.id))
    mentor = person("Marco", Role.MENTOR, institution=OFFICE_NAME)
    assert signed_in(mentor).get("/agreements/").status_code == 200
    both = person("Chloe", Role.COORDINATOR)
    actions.give_role(both, OFFICE_NAME, Role.REGISTER_OFFICE)
    client = signed_in(both)
    assert client.get("/agreements/").status_code == 200
    client.post("/acting-for", {"institution": OFFICE_NAME})
    assert client.get("/agreements/").status_code == 302
    client.post("/acting-for", {"institution": "https://home.example"})
    assert client.get("/agreements/").status_code == 200


def test_nobody_drops_a_demand_on_roles_that_are_not_hers_to_give(office: Account, person: Callable[..., Account]):
    from ecvet_platform.institutions.actions import members
    from ecvet_platform.people.errors import NotYoursToGive

    accounts.demand(OFFICE_NAME, [Role.REGISTER_OFFICE], by=actions.actor(office.id))
    bruno = actions.actor(person("Bruno", Role.COORDINATOR, institution=OFFICE_NAME).id)
    members.demand(OFFICE_NAME, frozenset({Role.ASSESSOR}), actor=bruno)
    assert accounts.demanded(OFFICE_NAME) == {Role.REGISTER_OFFICE, Role.ASSESSOR}
    with pytest.raises(NotYoursToGive):
        members.demand(OFFICE_NAME, frozenset({Role.REGISTER_OFFICE}), actor=bruno)
