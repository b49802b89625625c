"""Addresses of the network: the endpoints of each institution, and the pages for people."""

from django.urls import path

from ecvet_platform.federation.pages import endpoints, partners, published, superiors

ENTITY = "institutions/<uuid:key>"

app_name = "federation"
urlpatterns = [
    path(f"{ENTITY}/.well-known/openid-federation", published.configuration, name="configuration"),
    path(f"{ENTITY}/x/v1/fetch", published.fetch, name="fetch"),
    path(f"{ENTITY}/x/v1/marks", published.marks, name="marks"),
    path(f"{ENTITY}/x/v1/inbox", endpoints.inbox, name="inbox"),
    path(f"{ENTITY}/x/v1/outbox", endpoints.outbox, name="outbox"),
    path(f"{ENTITY}/x/v1/objects/<str:address>", endpoints.thing, name="object"),
    path(f"{ENTITY}/x/v1/threads", endpoints.threads, name="threads"),
    path(f"{ENTITY}/x/v1/threads/<str:name>", endpoints.thread, name="thread"),
    path(f"{ENTITY}/x/v1/echo", endpoints.echo, name="echo"),
    path("network/", partners.network, name="network"),
    path("network/connect", partners.connect, name="connect"),
    path("network/partners/<uuid:key>", partners.partner, name="partner"),
    path("network/partners/<uuid:key>/functions", partners.functions, name="functions"),
    *(path(f"network/partners/<uuid:key>/{verb}", partners.step, {"verb": verb}, name=verb) for verb in partners.VERBS),
    path("network/proposals/<uuid:key>", partners.proposal, name="proposal"),
    path("network/superiors", superiors.above, name="above"),
    path("network/statements", superiors.below, name="below"),
    path("network/anchors", superiors.chosen, name="anchors"),
    path("network/move", superiors.move, name="move"),
]
