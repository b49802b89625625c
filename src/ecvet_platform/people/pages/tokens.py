"""A person sees, makes and ends the tokens with which programs act for her, and signs out everywhere."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ecvet.errors import EcvetError
from ecvet_platform.people import actions, session
from ecvet_platform.people.actions import sittings
from ecvet_platform.people.actions import tokens as actions_of
from ecvet_platform.people.doors import actor_of, refuse, show, tell
from ecvet_platform.people.forms import TokenForm
from ecvet_platform.people.pages.passkeys import account


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens that act for the reader; a new one is shown once, right after it was made."""
    person, secret = account(request), ""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            secret = actions.make_token(
                person, institution=actor_of(request).institution, name=form.cleaned_data["name"]
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error)
        else:
            actions_of.made(person)
            form = TokenForm()
    return show(
        request, "people/tokens.html", status=422 if form.errors else 200, form=form, secret=secret,
        found=actions_of.of(person), days=actions.TOKEN_DAYS,
    )  # fmt: skip


@require_POST
def end(request: HttpRequest, name: str) -> HttpResponse:
    """End one; the program that has it is refused from now on."""
    actions_of.end(account(request), name)
    tell(request, _("The token no longer works."))
    return HttpResponseRedirect(reverse("people:tokens"))


@require_POST
def end_everything(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too; with `tokens` the programs' tokens end as well."""
    person, by = account(request), actor_of(request)
    if request.POST.get("tokens"):
        actions_of.end_all(person)
    sittings.end(person, but=request.session.session_key or "")
    actions.sign_out(by)
    session.end(request)
    tell(request, _("You are signed out everywhere."))
    return HttpResponseRedirect(reverse("start"))
