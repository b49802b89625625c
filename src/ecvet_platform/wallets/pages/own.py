"""The learner's pages: what her wallet can have, an offer for it, and the question whether a wallet may have it."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.errors import EcvetError
from ecvet.record import address
from ecvet.terms import Failure
from ecvet_platform.credentials.words import TYPES
from ecvet_platform.documents.qr import picture
from ecvet_platform.people import session
from ecvet_platform.people.doors import actor_of, may_lead_to, refuse, show
from ecvet_platform.wallets.actions import authorising, offers, own
from ecvet_platform.wallets.forms import AllowForm
from ecvet_platform.wallets.words import EVENTS


class ToWallet(HttpResponseRedirect):
    """A way back into a wallet, whose address may have a scheme of its own; which may be, was decided when it asked."""

    def __init__(self, to: str) -> None:
        self.allowed_schemes = [urlsplit(to).scheme]
        super().__init__(to)


@require_safe
def wallet(request: HttpRequest) -> HttpResponse:
    """What can go into the wallet, and what has gone."""
    actor = actor_of(request)
    titles = {one.decision: one.title for one in own.obtainable(actor)}
    return show(
        request, "wallets/wallet.html", found=own.obtainable(actor), copies=own.in_wallets(actor=actor), types=TYPES,
        titles=titles, events=EVENTS,
    )  # fmt: skip


@require_POST
def offer(request: HttpRequest, name: str) -> HttpResponse:
    """An offer, shown once."""
    made = offers.offer(address(name), actor=actor_of(request))
    return show(request, "wallets/offer.html", made=made, picture=picture(made.link))


@require_http_methods(["GET", "POST"])
def authorise(request: HttpRequest) -> HttpResponse:
    """A wallet asks for a credential; the learner says which one, or no.

    Who has a second factor shows it before the question: between answer and wallet there may be no other page.
    """
    uri, client = request.GET.get("request_uri", ""), request.GET.get("client_id", "")
    if request.method == "GET" and isinstance(session.may_sign(request), Failure):
        return HttpResponseRedirect(f"{reverse('people:confirm')}?{urlencode({'next': request.get_full_path()})}")
    actor = actor_of(request)
    wanted = authorising.pending(uri, client)
    choices = own.obtainable(actor, wanted.kind)
    form = AllowForm(
        request.POST or None, choices=[(one.decision, one.title.in_(request.LANGUAGE_CODE, "en")) for one in choices]
    )
    if request.method == "POST" and "no" in request.POST:
        return ToWallet(authorising.deny(uri, client))
    if request.method == "POST" and form.is_valid():
        try:
            return ToWallet(authorising.allow(uri, client, address(form.cleaned_data["decision"]), actor=actor))
        except EcvetError as error:
            refuse(form, error)
    answer = show(
        request, "wallets/authorise.html", status=422 if form.errors else 200, form=form, wanted=wanted,
        choices=choices, where=_where(wanted.redirect), kind=TYPES[wanted.kind],
    )  # fmt: skip
    return may_lead_to(answer, wanted.redirect)


def _where(redirect: str) -> str:
    """To whom the answer goes, as a person can judge it: the server, or the app's own scheme."""
    parts = urlsplit(redirect)
    if parts.scheme in ("https", "http"):
        return parts.hostname or ""
    return _("an app on this device (%(scheme)s)") % {"scheme": parts.scheme}
