"""Addresses of the pages of learners, agreements and stays."""

from django.urls import path

from ecvet_platform.mobility.pages import agreements, befalling, groups, learners, neighbours, proposing, rosters

app_name = "mobility"
urlpatterns = [
    path("learners/", learners.learners, name="learners"),
    path("learners/new", learners.enter, name="enter"),
    path("learners/list", rosters.bring, name="bring"),
    *(path(f"learners/template.{one}", rosters.template, {"ending": one}, name="template") for one in ("xlsx", "csv")),
    path("learners/<uuid:key>", learners.learner, name="learner"),
    path("learners/<uuid:key>/name", learners.rename, name="rename"),
    path("learners/<uuid:key>/erase", learners.erase, name="erase"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<str:text>", groups.group, name="group"),
    path("stays/event", befalling.befall, name="befall"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new", proposing.propose, name="propose"),
    path("agreements/from-ewp", neighbours.bring, name="from-ewp"),
    path("agreements/<uuid:key>", agreements.agreement, name="agreement"),
    path("agreements/<uuid:key>/pdf", agreements.pdf, name="pdf"),
    path("agreements/<uuid:key>/docx", agreements.docx, name="docx"),
    path("agreements/<uuid:key>/ewp", neighbours.about, name="ewp"),
    path("agreements/<uuid:key>/ewp/file", neighbours.file, name="ewp-file"),
    path("agreements/<uuid:key>/change", proposing.change, name="change"),
    path("agreements/<uuid:key>/versions/<str:version>", agreements.compare, name="compare"),
    path("agreements/<uuid:key>/stay", agreements.happened, name="stay"),
    path("agreements/<uuid:key>/close", agreements.close, name="close"),
    *(path(f"agreements/<uuid:key>/{verb}", agreements.step, {"verb": verb}, name=verb) for verb in agreements.STEPS),
]
