"""Addresses of the people's pages."""

from django.urls import path

from ecvet_platform.people import pages

app_name = "people"
urlpatterns = [
    path("sign-in", pages.ask_for_link, name="sign-in"),
    path("sign-in/<str:secret>", pages.link, name="link"),
    path("sign-out", pages.sign_out, name="sign-out"),
    path("language", pages.language, name="language"),
    path("acting-for", pages.act_for, name="act-for"),
]
