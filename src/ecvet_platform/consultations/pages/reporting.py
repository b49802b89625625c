"""The report: made by the office, read by everybody, and found from the published qualification."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ecvet.qualification.consultation import Opinion
from ecvet_platform.consultations import words
from ecvet_platform.consultations.actions import document, reporting
from ecvet_platform.consultations.naming import report_at
from ecvet_platform.consultations.pages.asking import office
from ecvet_platform.institutions.actions import register
from ecvet_platform.people.doors import actor_of, language_of, printed, public, show, tell
from ecvet_platform.people.language import country
from ecvet_platform.qualifications import actions as qualifications


@office
@require_POST
def make(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make the report; everybody who was asked gets its address."""
    reporting.make(key, address=report_at(request, key), actor=actor_of(request))
    tell(request, _("The report is made, and everybody who was asked gets its address."))
    return HttpResponseRedirect(reverse("consultations:report", kwargs={"key": key}))


@public
@require_safe
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """What came of a consultation."""
    item, found = reporting.made(key)
    return show(
        request, "consultations/report.html", item=item, found=found, key=key, words=words, who=document.who,
        share=document.share, turnout=document.turnout(found), opinions=tuple(Opinion), country_name=country,
        group_name=document.group_name, institution=register.names((item.institution,))[item.institution],
    )  # fmt: skip


@public
@require_safe
def pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The report as a document."""
    data = reporting.pdf(key, page=report_at(request, key), language=language_of(request))
    return printed(data, "consultation")


@public
@require_safe
def of_qualification(request: HttpRequest, key: UUID) -> HttpResponse:
    """The consultations on a published qualification whose reports are there."""
    item = qualifications.with_key(key).value
    return show(
        request, "consultations/qualification.html", item=item, key=key, found=reporting.of_qualification(item.id)
    )
