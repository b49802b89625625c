"""Asking for erasure, and answering: the learner's page, and those of her home institution."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.credit.erasure import ERASED, KEPT
from ecvet.errors import EcvetError
from ecvet_platform.dossier import words
from ecvet_platform.dossier.actions import contents, erasing
from ecvet_platform.dossier.forms import AskForm, RefusalForm
from ecvet_platform.mobility.actions.learners import KEEPERS
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.qualifications.naming import thread_of


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, key: UUID) -> HttpResponse:
    """The learner asks; before that she reads what would go and what would stay."""
    learner, actor = thread_of(key), actor_of(request)
    contents.owned(learner, actor)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erasing.ask(learner, words=form.cleaned_data["words"], actor=actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("Your request is with your institution. You see here until when it must answer."))
            return HttpResponseRedirect(reverse("dossier:record", kwargs={"key": key}))
    return show(
        request, "dossier/ask.html", status=422 if form.errors else 200, form=form, key=key, words=words, erased=ERASED,
        kept=KEPT,
    )  # fmt: skip


@for_roles(*KEEPERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The requests to the institution for which somebody acts."""
    return show(request, "dossier/erasures.html", found=erasing.to_answer(actor=actor_of(request)), words=words)


@for_roles(*KEEPERS)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Look at a request with what still needs the data; refuse it here, or grant it by its own button."""
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erasing.refuse(key, form.refusal, actor=actor_of(request))
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The request is refused; the learner reads your words in her record."))
            return HttpResponseRedirect(reverse("dossier:erasures"))
    return _request(request, key, form)


@for_roles(*KEEPERS)
@require_POST
def grant(request: HttpRequest, key: UUID) -> HttpResponse:
    """Erase, and say so to the learner."""
    form = RefusalForm()
    try:
        erasing.grant(key, actor=actor_of(request))
    except EcvetError as error:
        if error.status == 404:
            raise
        form = RefusalForm({})
        form.is_valid()
        form.errors.clear()
        refuse(form, error)
        return _request(request, key, form)
    tell(request, _("The data are erased, and the learner was told by e-mail."))
    return HttpResponseRedirect(reverse("dossier:erasures"))


def _request(request: HttpRequest, key: UUID, form: RefusalForm) -> HttpResponse:
    found, name, needed = erasing.request(key, actor=actor_of(request))
    return show(
        request, "dossier/answer.html", status=422 if form.errors else 200, form=form, found=found, name=name,
        needed=needed, words=words, erased=ERASED, kept=KEPT, key=key,
    )  # fmt: skip
