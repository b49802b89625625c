"""Confirm that it is you: before what is signed, and where an institution demands a second factor for a role.

What was typed on the page that was held back comes along in the form and goes on to that page unchanged: the answer to
the right code is 307, with which the browser sends the same fields again.
"""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ecvet.errors import EcvetError
from ecvet.terms import Failure
from ecvet_platform.people import session
from ecvet_platform.people.actions import Account, codes, passkeys
from ecvet_platform.people.doors import refuse, show, unproved
from ecvet_platform.people.forms import AGAIN, CODE, CREDENTIAL, TO, ConfirmForm
from ecvet_platform.people.pages.passkeys import account, shown
from ecvet_platform.people.pages.signing_in import wanted

_OURS = frozenset({"csrfmiddlewaretoken", CODE, CREDENTIAL, TO, AGAIN})


@unproved
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Show a passkey or type a code, and go on to where one wanted to go."""
    person = account(request)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST":
        answer = _proved(request, form, person)
        if answer is None:
            session.prove(request)
            again = bool(request.POST.get(AGAIN)) or any(True for _ in kept(request))
            return HttpResponseRedirect(wanted(request, TO), preserve_request=again)  # RFC 9110, 15.4.8
        form.errors.clear()
        refuse(form, answer, None if request.POST.get(CREDENTIAL) else CODE)
        return page(request, form, to=wanted(request, TO), status=422)
    return page(request, form, to=wanted(request))


def hold(request: HttpRequest) -> HttpResponse:
    """Instead of the page that was asked for: the question who it is, with everything that was typed."""
    form = ConfirmForm(None)
    return page(request, form, to=request.get_full_path(), status=403)


def page(request: HttpRequest, form: ConfirmForm, *, to: str, status: int = 200) -> HttpResponse:
    """The question who it is."""
    has = codes.ways(account(request))
    return show(
        request, "people/confirm.html", status=status, form=form, to=to, kept=list(kept(request)), has=has,
        again=request.method == "POST" and (status == 403 or bool(request.POST.get(AGAIN))),
        files=bool(request.FILES), passkeys=has.passkeys > 0 and passkeys.is_site(request.get_host()),
        address=reverse("people:confirm"),
    )  # fmt: skip


def kept(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What was typed on the page that was held back, field by field, in its order."""
    for name, values in request.POST.lists():
        if name not in _OURS:
            yield from ((name, str(value)) for value in values)


def _proved(request: HttpRequest, form: ConfirmForm, person: Account) -> EcvetError | None:
    """What speaks against the proof; None where nothing does."""
    if request.POST.get(CREDENTIAL):
        found = shown(request, of=person)
        return found.reason if isinstance(found, Failure) else None
    form.full_clean()
    answer = codes.check(person, request.POST.get(CODE, "")[:40], address=session.address_of(request))
    return answer.reason if isinstance(answer, Failure) else None
