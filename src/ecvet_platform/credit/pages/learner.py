"""A learner's record: progress towards a qualification, what was achieved at home, the award."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ecvet.credit.accumulation import reach
from ecvet.errors import EcvetError
from ecvet_platform.credit import words
from ecvet_platform.credit.actions import access, accumulate, record
from ecvet_platform.credit.actions.documents import printing
from ecvet_platform.credit.forms.decision import TextForm
from ecvet_platform.credit.forms.fields import said
from ecvet_platform.credit.forms.learning import AchievementForm
from ecvet_platform.credit.pages.bars import bars
from ecvet_platform.people.doors import actor_of, for_roles, language_of, printed, refuse, show, tell
from ecvet_platform.people.roles import Role
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of, thread_of


@require_safe
def learners(request: HttpRequest) -> HttpResponse:
    """Whose records somebody may look at: her own, or those of the learners of her institution."""
    found = record.visible(actor=actor_of(request))
    return show(request, "credit/learners.html", learners=found, key_of=key_of)


@require_safe
def learner(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything that is held about a learner's credit."""
    found = record.of_learner(thread_of(key), actor=actor_of(request))
    return show(request, "credit/learner.html", record=found, words=words, key_of=key_of, key=key)


@require_http_methods(["GET", "POST"])
def progress(request: HttpRequest, key: UUID, qualification: UUID) -> HttpResponse:
    """What counts and why, what is missing, the cheapest completion; and the award once it is complete."""
    actor, wanted = actor_of(request), qualifications.with_key(qualification).value
    found = accumulate.progress(thread_of(key), wanted.id, actor=actor)
    form = TextForm(request.POST or None, label=_("Ground of the award"))
    if request.method == "POST" and form.is_valid():
        try:
            accumulate.award(thread_of(key), wanted.id, ground=said(form.cleaned_data["text"]), actor=actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The qualification is awarded."))
            return HttpResponseRedirect(request.path)
    titles = {link.code: qualifications.unit(link.unit).value.title for link in wanted.units}
    return show(
        request, "credit/progress.html", status=422 if form.errors else 200, form=form, found=found, item=wanted,
        titles=titles, groups=bars(reach(wanted.rules, found.progress), wanted.title),
        called=record.name_of(thread_of(key)), key=key, qualification=qualification,
    )  # fmt: skip


@require_safe
def statement(request: HttpRequest, key: UUID, qualification: UUID) -> HttpResponse:
    """The statement of accumulated credit; its QR code leads to the page of progress."""
    wanted = qualifications.with_key(qualification).value
    page = reverse("credit:progress", kwargs={"key": key, "qualification": qualification})
    data = printing.of_progress(
        thread_of(key), wanted.id, actor=actor_of(request), page=request.build_absolute_uri(page),
        language=language_of(request),
    )  # fmt: skip
    return printed(data, f"credit-{key}")


@for_roles(Role.COORDINATOR)
@require_http_methods(["GET", "POST"])
def achievement(request: HttpRequest, key: UUID, qualification: UUID) -> HttpResponse:
    """Enter a unit that was passed at home in the ordinary way."""
    actor, wanted = actor_of(request), qualifications.with_key(qualification).value
    access.look_at(thread_of(key), wanted.id, actor)
    units = [(one.value.id, str(one.value.title)) for one in qualifications.units_of(wanted.id)]
    form = AchievementForm(request.POST or None, units=units, system=wanted.system)
    back = reverse("credit:progress", kwargs={"key": key, "qualification": qualification})
    if request.method == "POST" and form.is_valid():
        try:
            accumulate.enter_achievement(thread_of(key), qualification=wanted.id, actor=actor, **form.given)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The achievement is entered and counts."))
            return HttpResponseRedirect(back)
    return show(
        request, "credit/words.html", status=422 if form.errors else 200, form=form, back=back, button=_("Enter"),
        title=_("Enter an achievement"), lead=record.name_of(thread_of(key)),
    )  # fmt: skip
