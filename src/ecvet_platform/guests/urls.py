"""Addresses of guests and papers. Behind `guest/` everything hangs on the secret of the link, and on no other id."""

from django.urls import path

from ecvet_platform.guests.pages import assessing, inviting, inviting_many, papers, signing, telling, visiting

app_name = "guests"
urlpatterns = [
    path("agreements/<uuid:key>/guests", inviting.guests, name="list"),
    path("agreements/<uuid:key>/guests/new", inviting.invite, name="invite"),
    path("agreements/<uuid:key>/guests/<uuid:guest>/renew", inviting.renew, name="renew"),
    path("agreements/<uuid:key>/guests/<uuid:guest>/withdraw", inviting.withdraw, name="withdraw"),
    path("agreements/<uuid:key>/papers/new", papers.bring, name="bring-paper"),
    path("groups/<str:text>/guests", inviting_many.invite, name="invite-group"),
    path("papers/<uuid:key>", papers.paper, name="paper"),
    path("papers/<uuid:key>/scan", papers.scan, name="scan"),
    path("papers/<uuid:key>/confirm", papers.confirm, name="confirm"),
    path("papers/<uuid:key>/refuse", papers.refused, name="refuse"),
    path("guest/<str:secret>", visiting.guest, name="guest"),
    path("guest/<str:secret>/code", visiting.send_code, name="send-code"),
    path("guest/<str:secret>/enter", visiting.enter, name="enter"),
    path("guest/<str:secret>/another", visiting.another, name="another"),
    path("guest/<str:secret>/pdf", visiting.pdf, name="pdf"),
    path("guest/<str:secret>/accept", signing.answer, {"verb": "accept"}, name="accept"),
    path("guest/<str:secret>/reject", signing.answer, {"verb": "reject"}, name="reject"),
    path("guest/<str:secret>/tell/<str:verb>", telling.happened, name="tell"),
    path("guest/<str:secret>/assess/<int:number>", assessing.grid, name="assess"),
    path("guest/<str:secret>/evidence", assessing.bring, name="evidence"),
    path("guest/<str:secret>/transcript", assessing.issue, name="issue"),
]
