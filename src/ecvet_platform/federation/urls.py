"""Addresses of the network: the endpoints of each institution, and the pages for people."""

from django.urls import path

from ecvet_platform.federation.pages import endpoints

ENTITY = "institutions/<uuid:key>"

app_name = "federation"
urlpatterns = [
    path(f"{ENTITY}/.well-known/openid-federation", endpoints.configuration, name="configuration"),
    path(f"{ENTITY}/x/v1/inbox", endpoints.inbox, name="inbox"),
    path(f"{ENTITY}/x/v1/outbox", endpoints.outbox, name="outbox"),
    path(f"{ENTITY}/x/v1/objects/<str:address>", endpoints.thing, name="object"),
    path(f"{ENTITY}/x/v1/threads", endpoints.threads, name="threads"),
    path(f"{ENTITY}/x/v1/threads/<str:name>", endpoints.thread, name="thread"),
    path(f"{ENTITY}/x/v1/echo", endpoints.echo, name="echo"),
]
