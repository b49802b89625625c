"""Before a page is made: whether the session has proved enough for it, and whether staff only look.

Three rules, in this order. While somebody looks as staff nothing changes. Where an institution demands a second factor
for a role, the session must have shown one. What is signed, recognised or awarded, and what changes how one signs in,
needs a second factor shown a short while ago, of those who have one. Programs with a token are not asked: a token
speaks for itself, and is made by a person.
"""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from ecvet.terms import Failure
from ecvet_platform.people import session
from ecvet_platform.people.doors import problem
from ecvet_platform.people.errors import StaffOnlyLooks
from ecvet_platform.people.pages import confirming
from ecvet_platform.shell.errors import refusal
from ecvet_platform.shell.looks import plain

Answer = Callable[[HttpRequest], HttpResponse]

SIGNED: Final = frozenset(
    {
        "memoranda/<key>/accept", "memoranda/<key>/seal", "memoranda/<key>/terminate",
        "memoranda/<key>/signatures", "memoranda/<key>/seals", "memoranda/<key>/terminations",
        "agreements/<key>/accept", "agreements/<key>/seal", "agreements/<key>/terminate",
        "agreements/<key>/signatures", "agreements/<key>/seals", "agreements/<key>/terminations",
        "credit/<key>/transcript", "credit/<key>/transcript/correct",
        "agreements/<key>/transcripts", "portfolios/<key>/transcripts",
        "credit/cases/<key>/validate", "transcripts/<name>/validations",
        "credit/cases/<key>/recognise", "validations/<name>/recognitions",
        "credit/cases/<key>/answer", "appeals/<name>/recognitions",
        "learners/<key>/progress/<qualification>", "learners/<key>/awards",
        "credentials/issue/<name>", "recognitions/<name>/credentials", "awards/<name>/credentials",
        "wallet/offer/<name>", "wallet/offers/<name>", "wallet/authorise",
        "credentials/status", "credentials/<key>/status",
        "credentials/batches/", "credentials/batches/<key>", "credentials/batches", "credentials/batches/<key>/steps",
        "papers/<paper>/confirmations", "papers/<key>/confirm",
        "drafts/<key>/publish", "drafts/<key>/publications",
        "institutions/<key>/succession", "institutions/<key>/keys", "institutions/<key>/keys/renew",
        "institutions/<key>/keys/<kind>/renew", "keys/<kind>/renew", "keys/<kind>",
        "institutions/<key>/people", "institutions/<key>/people/<person>/<role>", "institutions/<key>/people/<person>",
        "institutions/<key>/staff",
        "network/connect", "network/partners/<key>/functions", "network/partners/<key>/withdraw",
        "network/statements", "network/anchors", "network/move",
        "you/passkeys/new", "you/passkeys/<key>/remove", "you/codes", "you/codes/recovery", "you/codes/remove",
        "you/providers/<key>/remove", "you/links", "you/tokens",
    }
)  # fmt: skip
"""The addresses, of pages and of the API, at which somebody signs or changes who may: a test knows that each exists."""

READING: Final = ("GET", "HEAD", "OPTIONS")


class Proving:
    """Holds back what needs a proof; it goes on with everything that was typed once the proof is there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the decision to `process_view`, which knows the page."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        """Decide before the page is made."""
        if not request.user.is_authenticated:
            return None
        free = getattr(view, "unproved", False) or not getattr(view, "login_required", True)
        if not free and request.method not in READING and session.staff_access(request) is not None:
            return refusal(request, StaffOnlyLooks())
        if not free and isinstance(answer := session.meets(request), Failure):
            return self._ask(request, answer)
        route = request.resolver_match.route if request.resolver_match else ""
        if request.method in READING or plain(route) not in SIGNED:
            return None
        if isinstance(answer := session.may_sign(request), Failure):
            return problem(answer.reason, request.path) if _is_program(request) else confirming.hold(request)
        return None

    def _ask(self, request: HttpRequest, answer: Failure) -> HttpResponse:
        """To the page that asks for the second factor, or to the one that sets it up."""
        if _is_program(request):
            return problem(answer.reason, request.path)
        if request.method not in READING:
            return confirming.hold(request)
        return HttpResponseRedirect(f"{reverse('people:confirm')}?{urlencode({'next': request.get_full_path()})}")


def _is_program(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
