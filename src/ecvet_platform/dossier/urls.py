"""Addresses of the learner's own record; a key is that of a learner or a request for erasure, `share` of a link."""

from django.urls import path

from ecvet_platform.dossier.pages import erasing, own, shared

app_name = "dossier"
urlpatterns = [
    path("record/", own.choose, name="choose"),
    path("record/<uuid:key>", own.record, name="record"),
    path("record/<uuid:key>/looks", own.looked, name="looks"),
    path("record/<uuid:key>/export", own.export_all, name="export"),
    path("record/<uuid:key>/share", own.share, name="share"),
    path("record/<uuid:key>/links/<uuid:share>/end", own.end, name="end"),
    path("record/<uuid:key>/erasure", erasing.ask, name="ask"),
    path("erasures/", erasing.listing, name="erasures"),
    path("erasures/<uuid:key>", erasing.answer, name="answer"),
    path("erasures/<uuid:key>/grant", erasing.grant, name="grant"),
    path("shared/<str:secret>", shared.shared, name="shared"),
]
