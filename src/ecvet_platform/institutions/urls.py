"""Addresses of the pages of institutions and memoranda."""

from django.urls import path

from ecvet_platform.institutions.pages import entering, institutions, members, memoranda, staff

app_name = "institutions"
urlpatterns = [
    path("institutions/", institutions.institutions, name="list"),
    path("institutions/<uuid:key>", institutions.institution, name="one"),
    path("institutions/new", entering.enter, name="enter"),
    path("institutions/<uuid:key>/change", entering.change, name="change-institution"),
    path("institutions/<uuid:key>/functions", entering.function, name="function"),
    path("institutions/<uuid:key>/functions/<str:mark>", entering.function, name="change-function"),
    path("institutions/<uuid:key>/accreditations", entering.accreditation, name="accreditation"),
    path("institutions/<uuid:key>/accreditations/<str:mark>", entering.accreditation, name="change-accreditation"),
    path("institutions/<uuid:key>/people", members.people, name="people"),
    path("institutions/<uuid:key>/staff", staff.begin, name="staff"),
    path("memoranda/", memoranda.memoranda_list, name="memoranda"),
    path("memoranda/new", memoranda.propose, name="propose"),
    path("memoranda/<uuid:key>", memoranda.memorandum, name="memorandum"),
    path("memoranda/<uuid:key>/pdf", memoranda.pdf, name="pdf"),
    path("memoranda/<uuid:key>/docx", memoranda.docx, name="docx"),
    path("memoranda/<uuid:key>/change", memoranda.propose, name="change"),
    *(path(f"memoranda/<uuid:key>/{verb}", memoranda.step, {"verb": verb}, name=verb) for verb in memoranda.STEPS),
]
