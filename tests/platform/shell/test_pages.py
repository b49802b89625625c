"""The frame: what strangers may see, how refusals read for people and for programs, and the headers of every answer."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, path
from ninja import NinjaAPI

from ecvet_platform.people import actions, store
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account
from ecvet_platform.shell import errors, urls
from ecvet_platform.shell.api import BySession, ByToken, build

pytestmark = pytest.mark.django_db()

PUBLIC = {"", "health", "sign-in", "sign-in/<str:secret>", "language", "languages", "what-if", "languages/<str:code>"}
OPEN_ROOMS = (
    "sign-in/",
    ".well-known/",
    "status/<uuid:key>",
    "wallet/",
    "verify",
    "qualifications/",
    "units/",
    "institutions/",
    "guest/<str:secret>",
    "shared/<str:secret>",
    "calendar/<str:secret>.ics",
    "consultations/<uuid:key>/report",
)
"""The public register, the verification page, and what hangs on the secret of a link."""


def refusing(request: HttpRequest) -> HttpResponse:
    raise NotYourRole(roles="assessor")


def breaking(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


class _Addresses:
    """The platform's addresses with two more pages."""

    urlpatterns = (*urls.urlpatterns, path("refusing", refusing), path("breaking", breaking))
    handler400, handler403 = errors.bad_request, errors.not_allowed
    handler404, handler500 = errors.not_found, errors.broken


def all_pages(
    patterns: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, Callable[..., object]]]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from all_pages(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def test_strangers_see_only_the_public_pages():
    open_ones = {
        address
        for address, view in all_pages(get_resolver().url_patterns)
        if not address.startswith("api/v1/") and not getattr(view, "login_required", True)
    }
    assert open_ones >= PUBLIC
    assert all(address.startswith(OPEN_ROOMS) for address in open_ones - PUBLIC)
    assert not {address for address in open_ones if address.endswith(("publish", "new"))}


def test_a_stranger_is_sent_to_sign_in_and_comes_back():
    with override_settings(ROOT_URLCONF=_Addresses):
        answer = Client().get("/refusing?a=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in?next=%2Frefusing%3Fa%3D1"


def test_every_call_of_the_api_needs_a_caller():
    answer = Client().get("/api/v1/me")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "people.actor.not-signed-in"


def test_a_session_alone_cannot_change_anything_through_the_api(person: Callable[..., Account]):
    probe = NinjaAPI(auth=[ByToken(), BySession()], urls_namespace="probe")
    probe.post("/act")(lambda request: reply(actor_of(request).name))

    class Addresses:
        urlpatterns = (path("api/probe/", probe.urls), *urls.urlpatterns)

    bruno = person("Bruno")
    client, program = Client(), Client(enforce_csrf_checks=True)
    client.post(f"/sign-in/{actions.new_link(bruno)}")
    client.handler.enforce_csrf_checks = True
    secret = actions.make_token(bruno, institution=None, name="program")
    with override_settings(ROOT_URLCONF=Addresses):
        assert client.post("/api/probe/act").status_code in (401, 403)
        by_token = program.post("/api/probe/act", headers={"Authorization": f"Bearer {secret}"})
    assert by_token.json() == "Bruno"


def test_what_an_operation_wrote_before_it_was_refused_is_taken_back(person: Callable[..., Account]):
    secret = actions.make_token(person("Bruno"), institution=None, name="program")
    api = build(urls_namespace="probe")

    @api.post("/write")
    def write(request: HttpRequest) -> HttpResponse:
        actions.register(email="new@example.org", name="New")
        raise NotYourRole(roles="assessor")

    class Addresses:
        urlpatterns = (path("api/probe/", api.urls), *urls.urlpatterns)

    with override_settings(ROOT_URLCONF=Addresses):
        answer = Client().post("/api/probe/write", headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "people.actor.wrong-role")
    assert store.account_of("new@example.org") is None


def test_a_refusal_is_a_page_for_people_with_sentence_remedy_and_code(
    person: Callable[..., Account], signed_in: Callable[[Account], Client]
):
    with override_settings(ROOT_URLCONF=_Addresses):
        answer = signed_in(person("Bruno", Role.LEARNER)).get("/refusing")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert re.search(r"<h1>This is for the role assessor\.</h1>", page, re.IGNORECASE)
    assert "Ask the coordinator of your institution" in page
    assert "<code>people.actor.wrong-role</code>" in page


def test_a_fault_of_ours_is_a_page_without_a_traceback(
    person: Callable[..., Account], signed_in: Callable[[Account], Client]
):
    with override_settings(ROOT_URLCONF=_Addresses):
        client = signed_in(person("Bruno"))
        client.raise_request_exception = False
        answer = client.get("/breaking")
    assert answer.status_code == 500
    assert b"nothing was changed" in answer.content
    assert b"Traceback" not in answer.content
    assert b"ZeroDivisionError" not in answer.content


def test_an_unknown_page_says_so_to_people_and_programs(client: Client):
    page = client.get("/no-such-page")
    assert page.status_code == 404
    assert b"There is no page at this address." in page.content
    problem = client.get("/api/v1/no-such-thing")
    assert problem.status_code == 404
    assert problem["Content-Type"] == "application/problem+json"
    assert problem.json()["remedy"]


def test_a_form_without_its_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in", {"email": "bruno@example.org"})
    assert answer.status_code == 403
    assert b"shell.form.too-old" in answer.content


def test_every_answer_keeps_strange_code_out(client: Client):
    for address in ("/", "/no-such-page", "/api/v1/me", "/health"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_pages_hold_no_inline_code_and_one_heading(client: Client):
    for address in ("/", "/sign-in", "/no-such-page"):
        page = client.get(address).content.decode()
        assert "<script" not in page
        assert " style=" not in page
        assert page.count("<h1>") == 1
        assert page.count('id="main"') == 1
        assert 'href="#main"' in page


def test_pages_of_signed_in_people_are_not_stored_by_browsers(
    person: Callable[..., Account], signed_in: Callable[[Account], Client], client: Client
):
    assert signed_in(person("Bruno")).get("/")["Cache-Control"] == "no-store"
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")


def test_the_start_page_names_the_roles_and_says_when_nothing_waits(
    person: Callable[..., Account], signed_in: Callable[[Account], Client]
):
    page = signed_in(person("Dora", Role.REGISTER_OFFICE)).get("/").content.decode()
    assert "Register office" in page
    assert "Nothing waits for you now" in page


def test_health_answers_strangers(client: Client):
    assert client.get("/health").json()["status"] == "ok"


def test_the_api_describes_itself_in_openapi_3_1(client: Client):
    described = json.loads(client.get("/api/v1/openapi.json").content)
    assert described["openapi"].startswith("3.1")
    assert "/api/v1/me" in described["paths"]
    assert {"ByToken", "BySession"} <= described["components"]["securitySchemes"].keys()
