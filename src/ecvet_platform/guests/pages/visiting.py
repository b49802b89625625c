"""Pages behind a link: the press that has a code sent, the code, and the page of the task."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.mobility import Task
from ecvet.terms import Failure
from ecvet_platform.guests.actions import acting, errands, mails, opening
from ecvet_platform.guests.actions.opening import Guest
from ecvet_platform.guests.forms import CodeForm
from ecvet_platform.guests.naming import link_of
from ecvet_platform.guests.pages import assessing, signing, telling
from ecvet_platform.guests.pages.links import begun, is_open, opened, remember
from ecvet_platform.institutions.actions import register
from ecvet_platform.mobility.actions import document
from ecvet_platform.people.doors import check_at, printed, refuse, show


@require_safe
@begun
def guest(request: HttpRequest, found: Guest, secret: str) -> HttpResponse:
    """The page of the link. Looking at it changes nothing, so programs that scan e-mail do no harm."""
    errand = errands.of(found.task)
    if is_open(request, found) and errand is not None:
        return HttpResponseRedirect(reverse(errand.page, kwargs={"secret": secret}))
    if is_open(request, found):
        page = {Task.SIGN: signing.read, Task.TELL: telling.told}.get(acting.part(found)[1], assessing.units)
        return page(request, found, secret)
    name = register.names((found.institution,))[found.institution]
    return show(
        request, "guests/begin.html", secret=secret, institution=name, task=mails.asks(found.task),
        code_is_open=opening.code_is_open(found),
    )  # fmt: skip


@require_POST
@begun
def send_code(request: HttpRequest, found: Guest, secret: str) -> HttpResponse:
    """Have a code sent to the address that was invited."""
    opening.send_code(found, secret)
    return HttpResponseRedirect(reverse("guests:enter", kwargs={"secret": secret}))


@require_http_methods(["GET", "POST"])
@begun
def enter(request: HttpRequest, found: Guest, secret: str) -> HttpResponse:
    """Type the code."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = opening.enter_code(found, secret, form.cleaned_data["code"])
        if isinstance(answer, Failure):
            refuse(form, answer.reason, "code")
        else:
            remember(request, found)
            return HttpResponseRedirect(reverse("guests:guest", kwargs={"secret": secret}))
    return show(request, "guests/enter.html", status=422 if form.errors else 200, form=form, secret=secret)


@require_POST
@begun
def another(request: HttpRequest, found: Guest, secret: str) -> HttpResponse:
    """Have another link sent to the same address, in place of one that has expired."""
    if opening.has_expired(found):
        opening.send_me_another(found, link=link_of(request))
    return show(request, "guests/sent.html")


@require_safe
@opened
def pdf(request: HttpRequest, found: Guest, secret: str) -> HttpResponse:
    """The agreement as a document with its record, to keep."""
    data = document.agreement(
        found.thread, actor=acting.reading_as(found), check_at=check_at(request), language=found.language
    )
    return printed(data, "agreement")
