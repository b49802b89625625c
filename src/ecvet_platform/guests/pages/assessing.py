"""Behind a link to assess: the units, the assessment grid of each, files of evidence, and the transcript."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ecvet.errors import EcvetError
from ecvet.mobility import Task
from ecvet.mobility.agreement import LearningAgreement
from ecvet_platform.credit import words as credit
from ecvet_platform.credit.actions import evidence, looking
from ecvet_platform.credit.forms.assessment import AssessForm
from ecvet_platform.credit.forms.learning import EvidenceForm
from ecvet_platform.guests import words
from ecvet_platform.guests.actions import acting
from ecvet_platform.guests.actions.opening import Guest
from ecvet_platform.guests.pages.links import opened
from ecvet_platform.guests.pages.telling import after
from ecvet_platform.people.doors import refuse, show


def units(request: HttpRequest, found: Guest, secret: str, form: EvidenceForm | None = None) -> HttpResponse:
    """What is to be assessed, and what was."""
    reader = acting.reading_as(found)
    return show(
        request, "guests/units.html", status=422 if form is not None else 200, secret=secret, words=credit,
        view=looking.ground(found.thread, actor=reader), issues=found.task == Task.HOST,
        files=acting.files(found),
        form=form if form is not None else EvidenceForm(), declaration=words.DECLARATIONS["issue"],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opened
def grid(request: HttpRequest, found: Guest, secret: str, number: int) -> HttpResponse:
    """The assessment grid of the unit with a number on the page of the task."""
    acting.may(found, "assess")
    view = looking.ground(found.thread, actor=acting.reading_as(found))
    if not 1 <= number <= len(view.units):
        return HttpResponseRedirect(reverse("guests:guest", kwargs={"secret": secret}))
    line, basis = view.units[number - 1], view.ground.basis.value
    plan = basis.assessment if isinstance(basis, LearningAgreement) else None
    form = AssessForm(
        request.POST or None, unit=line.assessed, plan=plan,
        outcomes=line.outcomes if line.assessed.id == line.unit.id else frozenset(),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        repeats = line.assessments[-1].address if line.assessments else None
        try:
            acting.assess(found, line.assessed.id, repeats=repeats, **form.given)
        except EcvetError as error:
            refuse(form, error)
        else:
            return after(request, found, secret, _("The assessment is recorded."))
    return show(
        request, "guests/grid.html", status=422 if form.errors else 200, form=form, view=view, line=line,
        secret=secret, declaration=words.DECLARATIONS["assess"],
    )  # fmt: skip


@require_POST
@opened
def bring(request: HttpRequest, found: Guest, secret: str) -> HttpResponse:
    """Bring a file of evidence."""
    acting.may(found, "assess")
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            acting.bring(found, file.read(evidence.MOST_BYTES + 1), name=file.name or "")
        except EcvetError as error:
            refuse(form, error, "file")
        else:
            return after(request, found, secret, _("The file is kept."))
    return units(request, found, secret, form=form)


@require_POST
@opened
def issue(request: HttpRequest, found: Guest, secret: str) -> HttpResponse:
    """Issue the transcript."""
    acting.issue(found)
    return after(request, found, secret, _("The transcript is issued and signed."))
