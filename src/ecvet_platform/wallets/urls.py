"""Addresses of wallets: endpoints of the two protocols, and the pages of those who grant and ask."""

from django.urls import path

from ecvet_platform.wallets.pages import asking, issuing, own, presenting

app_name = "wallets"
urlpatterns = [
    path(".well-known/openid-credential-issuer", issuing.issuer, name="issuer"),
    path(".well-known/oauth-authorization-server", issuing.server, name="server"),
    path("wallet/offers/<str:secret>", issuing.offer, name="offer"),
    path("wallet/push", issuing.push, name="push"),
    path("wallet/token", issuing.token, name="token"),
    path("wallet/nonce", issuing.nonce, name="nonce"),
    path("wallet/credential", issuing.credential, name="credential"),
    path("wallet/deferred", issuing.deferred, name="deferred"),
    path("wallet/notification", issuing.notification, name="notification"),
    path("wallet/requests/<str:secret>", presenting.question, name="request"),
    path("wallet/answers/<str:secret>", presenting.answer, name="answer"),
    path("wallet/shown", presenting.shown, name="shown"),
    path("wallet/", own.wallet, name="wallet"),
    path("wallet/offer/<str:name>", own.offer, name="make-offer"),
    path("wallet/authorise", own.authorise, name="authorise"),
    path("ask-a-wallet/", asking.ask, name="ask"),
    path("ask-a-wallet/<uuid:key>", asking.result, name="result"),
]
