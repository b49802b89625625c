"""How a person signs in: passkeys, the authenticator app, providers, links by e-mail; and where she is signed in."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.terms import Failure
from ecvet_platform.documents.qr import picture
from ecvet_platform.people import session, totp
from ecvet_platform.people.actions import codes, passkeys, providers, sittings, tokens
from ecvet_platform.people.doors import refuse, show, tell, unproved
from ecvet_platform.people.forms import FirstCodeForm
from ecvet_platform.people.pages.passkeys import account
from ecvet_platform.people.words import WAYS


@unproved
@require_safe
def ways(request: HttpRequest) -> HttpResponse:
    """All ways of a person, and her sessions."""
    person = account(request)
    titles = {one.issuer: one.title for one in settings.PROVIDERS}
    return show(
        request, "people/ways.html", person=person, has=codes.ways(person), keys=passkeys.of(person),
        left=codes.recovery_left(person), ties=providers.ties(person), titles=titles, providers=settings.PROVIDERS,
        sittings=sittings.running(person), current=request.session.session_key, way_names=WAYS,
        tokens=len(tokens.of(person)),
        met=bool(session.meets(request)),
    )  # fmt: skip


@unproved
@never_cache
@require_http_methods(["GET", "POST"])
def set_up_codes(request: HttpRequest) -> HttpResponse:
    """Read the QR code with an app, type the first code, and write the recovery codes down."""
    person = account(request)
    if codes.ways(person).code:
        return HttpResponseRedirect(reverse("people:ways"))
    form = FirstCodeForm(request.POST or None)
    secret = codes.begin(person)
    if request.method == "POST" and form.is_valid():
        answer = codes.confirm(person, form.cleaned_data["code"], address=session.address_of(request))
        if isinstance(answer, tuple):
            session.prove(request)
            return show(request, "people/recovery.html", codes=answer)
        if isinstance(answer, Failure):
            refuse(form, answer.reason, "code")
    address = totp.address(secret, person.email, f"ecvet ({request.get_host()})")
    return show(
        request, "people/set_up_codes.html", status=422 if form.errors else 200, form=form, picture=picture(address),
        secret=totp.written(secret), address=address,
    )  # fmt: skip


@unproved
@never_cache
@require_POST
def new_recovery(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of the ones before."""
    return show(request, "people/recovery.html", codes=codes.new_recovery(account(request)))


@unproved
@require_POST
def remove_codes(request: HttpRequest) -> HttpResponse:
    """Take the app out of use."""
    codes.remove(account(request))
    tell(request, _("The authenticator app is removed."))
    return HttpResponseRedirect(reverse("people:ways"))


@unproved
@require_POST
def by_email(request: HttpRequest) -> HttpResponse:
    """Links by e-mail on or off."""
    on = request.POST.get("links") == "on"
    sittings.switch_email(account(request), on)
    tell(request, _("Links by e-mail are switched on.") if on else _("Links by e-mail are switched off."))
    return HttpResponseRedirect(reverse("people:ways"))


@unproved
@require_POST
def end(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """End a session elsewhere, or all of them."""
    count = sittings.end(account(request), but=request.session.session_key or "", only=key)
    tell(request, ngettext("%(num)s session has ended.", "%(num)s sessions have ended.", count) % {"num": count})
    return HttpResponseRedirect(reverse("people:ways"))


@unproved
@require_POST
def end_staff(request: HttpRequest) -> HttpResponse:
    """End the look as staff."""
    session.end_staff(request)
    tell(request, _("You no longer look as staff."))
    return HttpResponseRedirect(reverse("start"))
