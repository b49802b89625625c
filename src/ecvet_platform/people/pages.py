"""The people's pages: ask for a link, sign in with it, sign out, change language and institution."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ecvet.terms import identifier
from ecvet_platform.people import actions, session
from ecvet_platform.people.doors import actor_of, public, show, tell
from ecvet_platform.people.forms import SignInForm


@public
@require_http_methods(["GET", "POST"])
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Ask for a sign-in link. Known and unknown addresses get the same answer."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        path = reverse("people:link", kwargs={"secret": "secret"}).replace("secret", "{secret}")
        link = f"{request.scheme}://{request.get_host()}{path}?next={quote(_next(request))}"
        actions.send_link(form.cleaned_data["email"], link=link)
        return show(request, "people/link_sent.html", email=form.cleaned_data["email"])
    status = 422 if form.errors else 200
    return show(request, "people/sign_in.html", status=status, form=form, next=_next(request))


@public
@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind a link. Looking at it changes nothing, so programs that scan e-mail do no harm."""
    if request.method == "POST":
        session.begin(request, actions.sign_in(secret))
        return HttpResponseRedirect(_next(request))
    actions.check_link(secret)
    return show(request, "people/press_to_sign_in.html", next=_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    actions.sign_out(actor_of(request))
    session.end(request)
    tell(request, _("You have signed out."))
    return HttpResponseRedirect(reverse("start"))


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language and come back to the same page."""
    code = request.POST.get("language", "")
    actions.choose_language(code, person=session.person_of(request))
    answer = HttpResponseRedirect(_next(request))
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=31_536_000, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE
    )
    return answer


@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Choose the institution to act for."""
    session.act_for(request, identifier(request.POST.get("institution", "")))
    return HttpResponseRedirect(reverse("start"))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("start")
