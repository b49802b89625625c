"""Addresses of the pages of institutions and memoranda."""

from django.urls import path

from ecvet_platform.institutions import pages

app_name = "institutions"
urlpatterns = [
    path("institutions/", pages.institutions, name="list"),
    path("institutions/<uuid:key>", pages.institution, name="one"),
    path("memoranda/", pages.memoranda_list, name="memoranda"),
    path("memoranda/new", pages.propose, name="propose"),
    path("memoranda/<uuid:key>", pages.memorandum, name="memorandum"),
    path("memoranda/<uuid:key>/pdf", pages.pdf, name="pdf"),
    path("memoranda/<uuid:key>/change", pages.propose, name="change"),
    *(path(f"memoranda/<uuid:key>/{verb}", pages.step, {"verb": verb}, name=verb) for verb in pages.STEPS),
]
