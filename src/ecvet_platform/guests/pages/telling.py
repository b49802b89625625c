"""Behind a link to tell: what happened during the stay so far, and a page for each thing that may happen next."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecvet.errors import EcvetError
from ecvet.mobility import GUEST_VERBS
from ecvet_platform.guests import words
from ecvet_platform.guests.actions import acting, matters
from ecvet_platform.guests.actions.opening import Guest
from ecvet_platform.guests.errors import GuestTaskOver
from ecvet_platform.guests.pages.links import opened
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import clock
from ecvet_platform.mobility import words as mobility
from ecvet_platform.mobility.actions import agreements, stays
from ecvet_platform.mobility.forms.stays import WITH_REASON, EventForm
from ecvet_platform.people.doors import refuse, show, tell
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of


def told(request: HttpRequest, found: Guest, secret: str) -> HttpResponse:
    """The stay, and what the guest may tell now."""
    reader = acting.reading_as(found)
    item = matters.shown(found.thread, found.task).value
    return show(
        request, "guests/tell.html", secret=secret, item=item, told=stays.told(found.thread, actor=reader),
        verbs=[(verb.replace(" ", "-"), mobility.VERBS[verb]) for verb in _verbs(found)], words=mobility,
        names=agreements.names_in(item), learner=agreements.line(found.thread, actor=reader).learner, key_of=key_of,
        units={one.unit: unit.value for one in item.units if (unit := qualifications.find_unit(one.unit))},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opened
def happened(request: HttpRequest, found: Guest, secret: str, verb: str) -> HttpResponse:
    """Tell that one thing happened on one day."""
    name = verb.replace("-", " ")
    if name not in _verbs(found):
        return HttpResponseRedirect(reverse("guests:guest", kwargs={"secret": secret}))
    form = EventForm({**request.POST.dict(), "verb": name} if request.method == "POST" else None,
                     initial={"verb": name, "on": clock.today()})  # fmt: skip
    if name not in WITH_REASON:
        del form.fields["reason"], form.fields["remainder"]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            acting.tell(
                found, data["verb"], on=data["on"], reason=data.get("reason"), remainder=data.get("remainder"),
                note=register.said(data["note"], get_language() or "en"),
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error)
        else:
            return after(request, found, secret, _("It is told; everybody concerned sees it now."))
    return show(
        request, "guests/form.html", status=422 if form.errors else 200, form=form, secret=secret,
        title=mobility.VERBS[name], declaration=words.DECLARATIONS["tell"], button=mobility.VERBS[name],
    )  # fmt: skip


def after(request: HttpRequest, found: Guest, secret: str, sentence: str) -> HttpResponse:
    """After an act: thanks when the task is over with it, else back to the page of the task."""
    try:
        acting.still_has(found)
    except GuestTaskOver:
        return show(request, "guests/done.html")
    tell(request, sentence)
    return HttpResponseRedirect(reverse("guests:guest", kwargs={"secret": secret}))


def _verbs(found: Guest) -> list[str]:
    now = stays.told(found.thread, actor=acting.reading_as(found)).verbs
    return [verb.value for verb in now if verb.value in GUEST_VERBS.get(acting.part(found), frozenset())]
