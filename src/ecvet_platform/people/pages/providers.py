"""Signing in by a provider of OpenID Connect: there and back, and the tie to an account."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ecvet_platform.people import session
from ecvet_platform.people.actions import providers
from ecvet_platform.people.doors import public, tell, unproved
from ecvet_platform.people.oidc import Asked
from ecvet_platform.people.pages.passkeys import account
from ecvet_platform.people.pages.signing_in import go_on, wanted

_ASKED = "provider asked"


@public
@never_cache
@require_safe
def go(request: HttpRequest, name: str) -> HttpResponse:
    """To the provider. A link and no form: the policy of this site lets forms go nowhere else."""
    back = request.build_absolute_uri(reverse("people:back", kwargs={"name": name}))
    there, asked = providers.begin(name, back=back, then=wanted(request))
    session.keep_once(request, _ASKED, asdict(asked))
    return HttpResponseRedirect(there)


@public
@never_cache
@require_safe
def back(request: HttpRequest, name: str) -> HttpResponse:
    """Back from the provider: into the platform, or, for somebody who is signed in, with a tie to the account."""
    kept = session.take_once(request, _ASKED, minutes=10)
    asked = Asked(**kept) if kept else None
    said, token = providers.finish(name, asked, request.GET.dict())
    mine, to = session.account_of(request), asked.next if asked else reverse("start")
    if mine is not None:
        providers.tie(name, said, to=mine)
        tell(request, _("Your account is connected with %(title)s.") % {"title": providers.provider(name).title})
        return HttpResponseRedirect(reverse("people:ways"))
    person = providers.whose(name, said)
    return go_on(request, person, by="provider", to=to, proved=said.second_factor, provider=(name, token))


@unproved
@require_POST
def remove(request: HttpRequest, key: int) -> HttpResponse:
    """Forget the tie."""
    providers.untie(account(request), key)
    tell(request, _("The connection is removed."))
    return HttpResponseRedirect(reverse("people:ways"))
