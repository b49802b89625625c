"""Behind a link to sign: the agreement as everybody reads it, and the two answers to it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from ecvet.errors import EcvetError
from ecvet.record import Act, address
from ecvet_platform.guests import words
from ecvet_platform.guests.actions import acting, matters
from ecvet_platform.guests.actions.opening import Guest
from ecvet_platform.guests.pages.links import opened
from ecvet_platform.institutions.forms import ReasonForm
from ecvet_platform.mobility import words as mobility
from ecvet_platform.mobility.actions import agreements
from ecvet_platform.people.doors import check_at, refuse, show
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of


def read(
    request: HttpRequest, found: Guest, secret: str, form: forms.Form | None = None, tried: str = ""
) -> HttpResponse:
    """The version that waits for the guest's answer."""
    shown = matters.shown(found.thread, found.task)
    item, reader = shown.value, acting.reading_as(found)
    line = agreements.line(found.thread, actor=reader)
    changes = agreements.compare(found.thread, shown.address, actor=reader)
    return show(
        request, "guests/sign.html", status=422 if form is not None else 200, secret=secret, item=item,
        version=shown.address, units={one.unit: unit.value for one in item.units
                                      if (unit := qualifications.find_unit(one.unit))},
        names=agreements.names_in(item), learner=line.learner, words=mobility, key_of=key_of, role=found.role,
        declarations=words.DECLARATIONS, fields=sorted({str(mobility.FIELDS.get(one.field, one.field))
                                                        for one in changes}),
        form=form if form is not None else forms.Form(), tried=tried,
    )  # fmt: skip


@require_POST
@opened
def answer(request: HttpRequest, found: Guest, secret: str, verb: str) -> HttpResponse:
    """Sign or decline exactly the version that was shown."""
    acting.may(found, verb)
    form = ReasonForm(request.POST) if verb == Act.REJECT else forms.Form(request.POST)
    version = address(request.POST.get("version", ""))
    if form.is_valid():
        try:
            acting.answer(
                found, version, Act(verb), reason=form.cleaned_data.get("reason", ""), check_at=check_at(request)
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error)
        else:
            return show(request, "guests/done.html")
    return read(request, found, secret, form=form, tried=verb)
