"""The endpoints of OpenID4VCI 1.0: metadata, offers, pushed requests, tokens, nonces, credentials, notifications."""

from django.http import HttpRequest, HttpResponse

from ecvet.credential.wallet.offering import issuer_description, server_description
from ecvet_platform.wallets.actions import authorising, issuing, offers, tokens
from ecvet_platform.wallets.actions.places import addresses
from ecvet_platform.wallets.actions.tokens import Granted
from ecvet_platform.wallets.pages.answering import for_wallets, said

NAME = "ecvet"


@for_wallets("GET")
def issuer(request: HttpRequest) -> HttpResponse:
    """The metadata of this issuer (12.2)."""
    return _kept(said(issuer_description(addresses(), NAME)))


@for_wallets("GET")
def server(request: HttpRequest) -> HttpResponse:
    """The metadata of the authorisation server (RFC 8414)."""
    return _kept(said(server_description(addresses())))


@for_wallets("GET")
def offer(request: HttpRequest, secret: str) -> HttpResponse:
    """An offer by its address (4.1.3)."""
    return said(offers.offered(secret).claims)


@for_wallets("POST")
def push(request: HttpRequest) -> HttpResponse:
    """A pushed authorisation request (RFC 9126); a DPoP proof binds the code to its key (RFC 9449, 10.1)."""
    proof = request.headers.get("DPoP")
    thumbprint = tokens.prove(proof, method="POST", url=addresses().push) if proof else ""
    return said(authorising.push(request.POST.dict(), thumbprint), 201)


@for_wallets("POST")
def token(request: HttpRequest) -> HttpResponse:
    """A code for a token (6.1)."""
    thumbprint = tokens.prove(request.headers.get("DPoP"), method="POST", url=addresses().token)
    return said(tokens.token(request.POST.dict(), thumbprint))


@for_wallets("POST")
def nonce(request: HttpRequest) -> HttpResponse:
    """A nonce for proofs of keys (7.1)."""
    return said(issuing.nonce())


@for_wallets("POST")
def credential(request: HttpRequest) -> HttpResponse:
    """A credential, or the promise of one (8.1)."""
    found = issuing.credential(request.body, _granted(request, addresses().credential))
    return said(found.claims, 202 if found.transaction else 200)


@for_wallets("POST")
def deferred(request: HttpRequest) -> HttpResponse:
    """A promised credential (9.1)."""
    found = issuing.deferred(request.body, _granted(request, addresses().deferred))
    return said(found.claims, 202 if found.transaction else 200)


@for_wallets("POST")
def notification(request: HttpRequest) -> HttpResponse:
    """What became of a credential in the wallet (11.1)."""
    issuing.notify(request.body, _granted(request, addresses().notification))
    return HttpResponse(status=204)


def _granted(request: HttpRequest, url: str) -> Granted:
    return tokens.bearer(
        request.headers.get("Authorization", ""), request.headers.get("DPoP"), method="POST", url=url
    )  # fmt: skip


def _kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "public, max-age=300"
    return answer
