"""Coming and going: ask for a link, sign in with it, type the code that follows, sign out; language and institution."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ecvet.terms import Failure, identifier
from ecvet_platform.people import actions, session
from ecvet_platform.people.actions import Account, codes, passkeys, providers
from ecvet_platform.people.doors import actor_of, public, refuse, show, tell, unproved
from ecvet_platform.people.errors import NothingToProve
from ecvet_platform.people.forms import CodeForm, SignInForm


@public
@require_http_methods(["GET", "POST"])
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """All ways to sign in, and asking for a link. Known and unknown addresses get the same answer."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        path = reverse("people:link", kwargs={"secret": "secret"}).replace("secret", "{secret}")
        link = f"{request.scheme}://{request.get_host()}{path}?next={quote(wanted(request))}"
        actions.send_link(form.cleaned_data["email"], link=link)
        return show(request, "people/link_sent.html", email=form.cleaned_data["email"])
    return sign_in_page(request, form)


def sign_in_page(request: HttpRequest, form: SignInForm | CodeForm, status: int = 200) -> HttpResponse:
    """The page with all ways to sign in."""
    return show(
        request, "people/sign_in.html", status=422 if form.errors else status, form=form, next=wanted(request),
        passkeys=passkeys.is_site(request.get_host()), site=settings.PASSKEY_SITE,
        providers=[(one.name, one.title) for one in settings.PROVIDERS],
    )  # fmt: skip


@public
@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind a link. Looking at it changes nothing, so programs that scan e-mail do no harm."""
    if request.method == "POST":
        return go_on(request, actions.sign_in(secret), by="link", to=wanted(request))
    actions.check_link(secret)
    return show(request, "people/press_to_sign_in.html", next=wanted(request))


def go_on(
    request: HttpRequest, person: Account, *, by: str, to: str, proved: bool = False,
    provider: tuple[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Into the platform, or to the page that asks for the code of the app."""
    if session.arrive(request, person, by=by, proved=proved, provider=provider):
        return HttpResponseRedirect(to)
    return HttpResponseRedirect(f"{reverse('people:code')}?next={quote(to)}")


@public
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step for those who have an authenticator app."""
    waiting = session.at_the_door(request)
    if waiting is None:
        raise NothingToProve()
    person, by, provider = waiting
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = codes.check(person, form.cleaned_data["code"], address=session.address_of(request))
        if not isinstance(answer, Failure):
            session.begin(request, person, by=by, proved=True, provider=provider)
            return HttpResponseRedirect(wanted(request))
        refuse(form, answer.reason, "code")
    return show(request, "people/code.html", status=422 if form.errors else 200, form=form, next=wanted(request))


@unproved
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; who came by a provider can sign out there too."""
    came_by, home = session.provider_of(request), request.build_absolute_uri(reverse("start"))
    session.end_staff(request)
    actions.sign_out(actor_of(request))
    session.end(request)
    there = providers.sign_out_at(*came_by, back=home) if came_by else None
    if came_by and there:
        return show(request, "people/signed_out.html", there=there, title=providers.provider(came_by[0]).title)
    tell(request, _("You have signed out."))
    return HttpResponseRedirect(reverse("start"))


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language and come back to the same page."""
    code = request.POST.get("language", "")
    actions.choose_language(code, person=session.person_of(request))
    answer = HttpResponseRedirect(wanted(request))
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=31_536_000, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE
    )
    return answer


@unproved
@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Choose the institution to act for."""
    session.act_for(request, identifier(request.POST.get("institution", "")))
    return HttpResponseRedirect(reverse("start"))


def wanted(request: HttpRequest, name: str = "next") -> str:
    """The page of this site that somebody wanted; else the start page."""
    text = request.POST.get(name) or request.GET.get(name) or ""
    safe = url_has_allowed_host_and_scheme(text, {request.get_host()}, require_https=request.is_secure())
    return text if safe else reverse("start")
