"""The pages of those who ask a wallet: put a question, and see what was shown."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ecvet.errors import EcvetError
from ecvet_platform.credentials import words
from ecvet_platform.documents.qr import picture
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show
from ecvet_platform.wallets.actions import asking
from ecvet_platform.wallets.forms import AskForm


@for_roles(*asking.ASKERS)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Put a question."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = asking.ask(form.kinds, named=form.cleaned_data["named"], actor=actor_of(request))
        except EcvetError as error:
            refuse(form, error)
        else:
            return HttpResponseRedirect(reverse("wallets:result", kwargs={"key": made.id}))
    return show(request, "wallets/ask.html", status=422 if form.errors else 200, form=form)


@require_safe
def result(request: HttpRequest, key: UUID) -> HttpResponse:
    """The picture for the wallet, then what it showed."""
    found = asking.result(key, actor=actor_of(request))
    shown = [
        (one, words.said(one.report.verified, request.LANGUAGE_CODE) if one.report.verified else None)
        for one in found.shown
    ]
    return show(
        request, "wallets/result.html", found=found, shown=shown, words=words,
        picture="" if found.answered else picture(found.link),
    )  # fmt: skip
