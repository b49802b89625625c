"""Addresses of consultations. Reports are for everybody; behind `guest/` everything hangs on the secret of the link."""

from django.urls import path

from ecvet_platform.consultations.pages import answering, asking, inviting, reading, reporting

app_name = "consultations"
_ONE = "consultations/<uuid:key>"
_GUEST = "guest/<str:secret>/consultation"
urlpatterns = [
    path("consultations/", asking.listing, name="list"),
    path("drafts/<uuid:key>/consultations", asking.of_draft, name="of-draft"),
    path("drafts/<uuid:key>/consultations/new", asking.begin, name="begin"),
    path("qualifications/<uuid:key>/consultations", reporting.of_qualification, name="of-qualification"),
    path(_ONE, asking.one, name="one"),
    path(f"{_ONE}/prolong", asking.prolong, name="prolong"),
    path(f"{_ONE}/close", asking.close, name="close"),
    path(f"{_ONE}/invite", inviting.invite, name="invite"),
    path(f"{_ONE}/invite-list", inviting.invite_list, name="invite-list"),
    path(f"{_ONE}/invite-again", inviting.invite_again, name="invite-again"),
    path(f"{_ONE}/remind", inviting.remind, name="remind"),
    path(f"{_ONE}/withdraw/<uuid:stakeholder>", inviting.withdraw, name="withdraw"),
    path(f"{_ONE}/analysis", reading.analysis, name="analysis"),
    path(f"{_ONE}/comments", reading.comments, name="comments"),
    path(f"{_ONE}/changes", reading.changes, name="changes"),
    path(f"{_ONE}/report", reporting.report, name="report"),
    path(f"{_ONE}/report.pdf", reporting.pdf, name="report-pdf"),
    path(f"{_ONE}/make-report", reporting.make, name="make-report"),
    path(f"{_ONE}/answer", answering.member, name="answer"),
    path(f"{_ONE}/answer/<int:number>", answering.member_part, name="answer-part"),
    path(f"{_ONE}/answer/submit", answering.member_submit, name="answer-submit"),
    path(_GUEST, answering.guest, name="guest"),
    path(f"{_GUEST}/<int:number>", answering.guest_part, name="guest-part"),
    path(f"{_GUEST}/submit", answering.guest_submit, name="guest-submit"),
]
