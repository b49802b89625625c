"""Passkeys: what the browser is asked for, signing in with one, making, renaming and removing them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ecvet.errors import EcvetError
from ecvet.terms import Failure
from ecvet_platform.people import session
from ecvet_platform.people.actions import Account, passkeys
from ecvet_platform.people.doors import public, refuse, reply, show, tell, unproved
from ecvet_platform.people.errors import NotSignedIn
from ecvet_platform.people.forms import CREDENTIAL, NameForm, SignInForm
from ecvet_platform.people.pages.signing_in import go_on, sign_in_page, wanted

_NEW, _SHOW = "passkey to make", "passkey to show"


@public
@never_cache
@require_POST
def options(request: HttpRequest) -> HttpResponse:
    """What the browser asks the device for, with a challenge that is good once and for five minutes."""
    person = session.account_of(request)
    if request.POST.get("what") == "create":
        if person is None:
            raise NotSignedIn()
        asked, state = passkeys.begin_new(person)
        session.keep_once(request, _NEW, state)
    else:
        waiting = session.at_the_door(request)
        asked, state = passkeys.begin(person or (waiting[0] if waiting else None))
        session.keep_once(request, _SHOW, state)
    return reply(plain(asked))


@public
@never_cache
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey; at the second step it stands for the code of the app."""
    waiting = session.at_the_door(request)
    found = shown(request, of=waiting[0] if waiting else None)
    if isinstance(found, Failure):
        form = SignInForm({})
        form.full_clean()
        form.errors.clear()
        refuse(form, found.reason)
        return sign_in_page(request, form)
    return go_on(request, found.person, by="passkey", proved=True, to=wanted(request))


def shown(request: HttpRequest, *, of: Account | None) -> passkeys.Came | Failure:
    """Whose passkey the browser has shown, or what speaks against it."""
    return passkeys.check(request.POST.get(CREDENTIAL, ""), session.take_once(request, _SHOW), of=of)


@unproved
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a passkey under a name."""
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            passkeys.register(
                account(request), form.cleaned_data["name"], request.POST.get(CREDENTIAL, ""),
                session.take_once(request, _NEW),
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error)
        else:
            session.prove(request)  # the device has just verified its user
            tell(request, _("The passkey is set up. Next time you can sign in with it."))
            return HttpResponseRedirect(reverse("people:ways"))
    return show(
        request, "people/passkey.html", status=422 if form.errors else 200, form=form,
        passkeys=passkeys.is_site(request.get_host()), site=settings.PASSKEY_SITE,
    )  # fmt: skip


@unproved
@require_POST
def rename(request: HttpRequest, key: UUID) -> HttpResponse:
    """Call a passkey otherwise."""
    passkeys.rename(account(request), key, request.POST.get("name", "") or _("passkey"))
    return HttpResponseRedirect(reverse("people:ways"))


@unproved
@require_POST
def remove(request: HttpRequest, key: UUID) -> HttpResponse:
    """Forget a passkey."""
    passkeys.remove(account(request), key)
    tell(request, _("The passkey is removed. Delete it on the device too."))
    return HttpResponseRedirect(reverse("people:ways"))


def account(request: HttpRequest) -> Account:
    """Who is signed in. Raises `NotSignedIn`."""
    found = session.account_of(request)
    if found is None:
        raise NotSignedIn()
    return found


def plain(value: Any) -> Any:
    """Options of WebAuthn as JSON: the library's values are mappings, and its texts base64url already."""
    if hasattr(value, "items"):
        return {name: plain(one) for name, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.value if hasattr(value, "value") else value
