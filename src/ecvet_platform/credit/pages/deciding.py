"""The steps of home and of the competent institution, and the learner's appeal."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecvet.errors import EcvetError
from ecvet.record import Address
from ecvet_platform.credit import words
from ecvet_platform.credit.actions import appeal as appeals
from ecvet_platform.credit.actions import grades, looking, surroundings
from ecvet_platform.credit.actions import recognise as decisions
from ecvet_platform.credit.actions import validate as validations
from ecvet_platform.credit.actions.looking import CaseView
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.credit.errors import CreditUnknown
from ecvet_platform.credit.forms.decision import AskForm, RecogniseForm, TextForm, ValidateForm
from ecvet_platform.credit.forms.fields import said
from ecvet_platform.credit.words.cases import Said
from ecvet_platform.credit.words.cases import said as said_of
from ecvet_platform.people.doors import actor_of, refuse, show, tell

_SCALES = {one.id: one.name for one in SCALES}


@require_http_methods(["GET", "POST"])
def validate(request: HttpRequest, key: UUID) -> HttpResponse:
    """Agreement, assessment and home unit side by side; the person says what corresponds."""
    actor = actor_of(request)
    case = looking.case(key, actor=actor).case
    address = _there(case.transcript, key)
    looked = validations.compare(address, case.unit, actor=actor)
    form = ValidateForm(request.POST or None, unit=looked.unit, proposal=looked.proposal)

    def decide() -> str:
        made = validations.validate(
            address, unit=case.unit, comparison=form.comparison, ground=said(form.cleaned_data["ground"]),
            reasons=form.reasons, position=form.cleaned_data["position"], actor=actor,
        )  # fmt: skip
        return _("Validated: %(extent)s.") % {"extent": words.EXTENTS[made.value.extent]}

    results = {one.outcome: one for entry in looked.entries for one in entry.outcomes}
    return _answer(
        request, key, form, decide, "credit/validate.html", looked=looked, results=results, words=words, due=case.due,
        outcomes={one.id: one for unit in looked.assessed_units for one in unit.outcomes},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask for more evidence before deciding."""
    actor = actor_of(request)
    case = looking.case(key, actor=actor).case
    form = AskForm(request.POST or None)

    def decide() -> str:
        what, due = said(form.cleaned_data["what"]), form.cleaned_data["due"]
        validations.ask(_there(case.transcript, key), unit=case.unit, what=what, due=due, actor=actor)
        return _("Host and learner see what you ask for.")

    return _answer(
        request, key, form, decide, "credit/words.html", title=_("Ask for more evidence"), button=_("Ask"),
        step="validate",
        lead=_("Nothing is decided by it; the unit stays yours to validate."), back=_case(key),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def recognise(request: HttpRequest, key: UUID) -> HttpResponse:
    """Recognise in full or in part, or refuse with reason and remedy."""
    actor = actor_of(request)
    view = looking.case(key, actor=actor)
    form = _recognition_form(request, view)

    def decide() -> str:
        made = decisions.recognise(_there(view.case.validated, key), actor=actor, **form.given)
        return _("Decided: %(extent)s.") % {"extent": words.RECOGNISED[made.value.extent]}

    return _answer(
        request, key, form, decide, "credit/recognise.html", view=view, words=words, unusual=_unusual(view),
        appeal=None, proposal=grades.proposed(view.case), scales=_SCALES,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Decide anew on an appeal."""
    actor = actor_of(request)
    view = looking.case(key, actor=actor)
    form = _recognition_form(request, view, first=False)

    def decide() -> str:
        made = decisions.answer_appeal(_there(view.case.appealed, key), actor=actor, **form.given)
        return _("The appeal is decided: %(extent)s.") % {"extent": words.RECOGNISED[made.value.extent]}

    lodged = view.appeals[-1].value if view.appeals else None
    return _answer(
        request,
        key,
        form,
        decide,
        "credit/recognise.html",
        view=view,
        words=words,
        unusual=_unusual(view),
        appeal=lodged,
        proposal=grades.proposed(view.case),
        scales=_SCALES,
    )


@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, key: UUID) -> HttpResponse:
    """The learner asks that the decision be taken anew."""
    actor = actor_of(request)
    case = looking.case(key, actor=actor).case
    form = TextForm(
        request.POST or None, label=_("Why the decision should be another one"),
        help_text=_("Say what was overlooked; you need no legal words."),
    )  # fmt: skip

    def decide() -> str:
        decision = _there(case.recognised or case.validated, key)
        appeals.appeal(decision, text=said(form.cleaned_data["text"]), actor=actor)
        return _("Your appeal is lodged. The decision stays until a new one is taken.")

    return _answer(
        request, key, form, decide, "credit/words.html", title=_("Appeal"), button=_("Lodge the appeal"), step="appeal",
        back=_case(key),
        lead=_("A person of the competent institution decides anew and tells you the reasons."),
    )  # fmt: skip


def _answer(
    request: HttpRequest, key: UUID, form: Form, decide: Callable[[], str], template: str, **values: object
) -> HttpResponse:
    """Show the form; after a decision go back to the case and say what was decided."""
    if request.method == "POST" and form.is_valid():
        try:
            sentence = decide()
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, sentence)
            return HttpResponseRedirect(_case(key))
    return show(request, template, status=422 if form.errors else 200, form=form, key=key, **values)


def _recognition_form(request: HttpRequest, view: CaseView, *, first: bool = True) -> RecogniseForm:
    last = view.validations[-1].value if view.validations else None
    return RecogniseForm(
        request.POST or None, unit=view.unit, validated=last.corresponding if last else frozenset(), first=first,
        proposed=grades.proposed(view.case) is not None,
    )  # fmt: skip


def _unusual(view: CaseView) -> tuple[Said, ...]:
    """What is unusual about the unit, in words, beside the decision."""
    return said_of(surroundings.noted(view), view.unit, SCALES)


def _there(found: Address | None, key: UUID) -> Address:
    if found is None:
        raise CreditUnknown(name=key)
    return found


def _case(key: UUID) -> str:
    return reverse("credit:case", kwargs={"key": key})
