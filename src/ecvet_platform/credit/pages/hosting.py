"""The steps of the one who assesses: the assessment grid, the transcript and its corrections."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ecvet.errors import EcvetError
from ecvet.mobility.agreement import LearningAgreement
from ecvet.record import Address
from ecvet_platform.credit import words
from ecvet_platform.credit.actions import appeal, assess, evidence, looking, portfolio, transcript
from ecvet_platform.credit.forms.assessment import AssessForm
from ecvet_platform.credit.forms.decision import CorrectForm, TextForm
from ecvet_platform.credit.forms.fields import said
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.people.language import day
from ecvet_platform.people.roles import Role
from ecvet_platform.qualifications.naming import key_of, thread_of


@for_roles(Role.ASSESSOR)
@require_http_methods(["GET", "POST"])
def assess_unit(request: HttpRequest, key: UUID, unit: UUID) -> HttpResponse:
    """Assess one unit, outcome by outcome."""
    actor, thread = actor_of(request), thread_of(key)
    view = looking.ground(thread, actor=actor)
    line = next((one for one in view.units if key_of(one.assessed.id) == unit), None)
    if line is None:
        return HttpResponseRedirect(_ground(key))
    basis = view.ground.basis.value
    plan = basis.assessment if isinstance(basis, LearningAgreement) else None
    form = AssessForm(
        request.POST or None, unit=line.assessed, plan=plan, agreed=isinstance(basis, LearningAgreement),
        outcomes=line.outcomes if line.assessed.id == line.unit.id else frozenset(),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            repeats = line.assessments[-1].address if line.assessments else None
            assess.assess(thread, unit=line.assessed.id, repeats=repeats, actor=actor, **form.given)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The assessment is recorded."))
            return HttpResponseRedirect(_ground(key))
    status = 422 if form.errors else 200
    files = evidence.of_basis(thread, actor=actor)
    return show(
        request, "credit/assess.html", status=status, form=form, view=view, line=line, files=files, words=words,
        claims=portfolio.claimed(view.ground),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, key: UUID) -> HttpResponse:
    """Look through what will stand in the transcript, and issue it."""
    actor, thread = actor_of(request), thread_of(key)
    view = looking.ground(thread, actor=actor)
    if request.method == "POST":
        transcript.transfer(thread, actor=actor)
        tell(request, _("The transcript is issued and signed."))
        return HttpResponseRedirect(_ground(key))
    return show(request, "credit/transcript.html", view=view, words=words, key=key)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """Issue a corrected version with its reason."""
    actor, thread = actor_of(request), thread_of(key)
    view = looking.ground(thread, actor=actor)
    made = [
        (one.address, f"{line.assessed.title}, {day(one.value.on)}") for line in view.units for one in line.assessments
    ]
    form = CorrectForm(request.POST or None, assessments=made)
    if request.method == "POST" and form.is_valid():
        try:
            without = frozenset(Address(one) for one in form.cleaned_data["without"])
            transcript.correct(thread, reason=said(form.cleaned_data["text"]), without=without, actor=actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The corrected transcript is issued; the first version stays in the record."))
            return HttpResponseRedirect(_ground(key))
    return show(request, "credit/correct.html", status=422 if form.errors else 200, form=form, view=view, key=key)


@require_POST
def acknowledge(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that the transcript has arrived."""
    transcript.acknowledge(thread_of(key), actor=actor_of(request))
    tell(request, _("The hosting institution sees that the transcript has arrived."))
    return HttpResponseRedirect(_ground(key))


@require_http_methods(["GET", "POST"])
def contest(request: HttpRequest, key: UUID) -> HttpResponse:
    """The learner contests the transcript."""
    actor = actor_of(request)
    view = looking.ground(thread_of(key), actor=actor)
    form = TextForm(request.POST or None, label=_("What is wrong in the transcript"))
    if request.method == "POST" and form.is_valid() and view.transcripts:
        try:
            appeal.contest(view.transcripts[-1].address, text=said(form.cleaned_data["text"]), actor=actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The institution that assessed you is asked to look at it again."))
            return HttpResponseRedirect(_ground(key))
    return show(
        request, "credit/words.html", status=422 if form.errors else 200, form=form, back=_ground(key),
        title=_("Contest the transcript"), button=_("Contest"),
        lead=_("Your words go to the institution that issued it."),
    )  # fmt: skip


def _ground(key: UUID) -> str:
    return reverse("credit:ground", kwargs={"key": key})
