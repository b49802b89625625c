"""The endpoints of OpenID4VP 1.0: where a wallet fetches the signed question, and where it answers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ecvet.credential.wallet.errors import PresentationInvalid, WalletMessageUnreadable
from ecvet.saying import say
from ecvet_platform.people.doors import public, show
from ecvet_platform.wallets.actions import asking
from ecvet_platform.wallets.actions.places import at
from ecvet_platform.wallets.pages.answering import for_wallets, said


@for_wallets("GET", "POST")
def question(request: HttpRequest, secret: str) -> HttpResponse:
    """The signed question (5.10: by GET, or by POST with a nonce of the wallet)."""
    nonce = request.POST.get("wallet_nonce") if request.method == "POST" else None
    if nonce is not None and not 0 < len(nonce) <= 300:
        raise WalletMessageUnreadable(why=say("wallet_nonce is no text that is given back"))
    return HttpResponse(asking.request_object(secret, nonce), content_type="application/oauth-authz-req+jwt")


@for_wallets("POST")
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """The wallet's answer (8.3.1); the person goes on at a page that shows nothing of it."""
    response = request.POST.get("response")
    if not response:
        raise PresentationInvalid(why=say("it is not encrypted (direct_post.jwt)"))
    asking.receive(secret, response)
    return said({"redirect_uri": at("shown")})


@public
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """Where the learner's wallet leads her after she answered."""
    return show(request, "wallets/shown.html")
