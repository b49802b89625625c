"""Pages of learners: the list of the home institution, one learner, entering, enrolling, erasing."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.errors import EcvetError
from ecvet.terms import Identifier
from ecvet_platform.journal import clock
from ecvet_platform.mobility import words
from ecvet_platform.mobility.actions import agreements as agreed
from ecvet_platform.mobility.actions import learners as actions
from ecvet_platform.mobility.forms.learners import EnrolmentForm, LearnerForm, PersonForm
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.actions import Line
from ecvet_platform.qualifications.naming import key_of, thread_of

SIZE = 50


@for_roles(*actions.STAFF)
@require_safe
def learners(request: HttpRequest) -> HttpResponse:
    """The learners of the institution for which somebody acts."""
    search = request.GET.get("q", "")[:200]
    number = int(text) if (text := request.GET.get("page", "1")).isdecimal() and 0 < len(text) < 6 else 1
    found, count = actions.roll(actor=actor_of(request), search=search, number=max(number, 1), size=SIZE)
    titles = qualifications.titles({one.follows for one in found if one.follows})
    called = {name: title.in_(request.LANGUAGE_CODE, "en") for name, title in titles.items()}
    asked = urlencode({"q": search} if search else {})
    return show(
        request, "mobility/learners.html", lines=found, called=called, count=count, page=number,
        pages=-(-count // SIZE), address=f"?{asked}", search=search,
    )  # fmt: skip


@for_roles(*actions.KEEPERS)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a learner."""
    search = request.GET.get("q", "")[:200]
    form = LearnerForm(request.POST or None, qualifications=_offered(search), language=request.LANGUAGE_CODE)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.enter(
                form.person(), actor=actor_of(request), email=data["email"], guardian=data["guardian"],
                qualification=Identifier(data["qualification"]) if data["qualification"] else None,
                guardian_email=data["guardian_email"],
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("%(name)s is entered.") % {"name": made.called})
            return HttpResponseRedirect(reverse("mobility:learner", kwargs={"key": made.key}))
    status = 422 if form.errors else 200
    return show(request, "mobility/enter.html", status=status, form=form, search=search)


@require_http_methods(["GET", "POST"])
def learner(request: HttpRequest, key: UUID) -> HttpResponse:
    """One learner: what is followed, the agreements; the home coordinator may enrol anew."""
    actor, name = actor_of(request), thread_of(key)
    found = actions.learner(name, actor=actor)
    followed = _offered(request.GET.get("q", "")[:200])
    form = EnrolmentForm(
        request.POST or None, qualifications=followed, language=request.LANGUAGE_CODE,
        initial={"since": clock.today()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.enrol(name, Identifier(data["qualification"]), since=data["since"], actor=actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The learner follows the qualification chosen."))
            return HttpResponseRedirect(reverse("mobility:learner", kwargs={"key": key}))
    lines, _count = agreed.page(actor=actor, learner=name, size=200)
    return show(
        request, "mobility/learner.html", status=422 if form.errors else 200, found=found, form=form, lines=lines,
        titles=qualifications.titles(one.qualification for one in found.enrolments), key=key, key_of=key_of,
        words=words, keeps=actor.institution == found.learner.home and set(actor.roles) & set(actions.KEEPERS),
    )  # fmt: skip


@for_roles(*actions.KEEPERS)
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, key: UUID) -> HttpResponse:
    """A learner has changed her name, or it was written wrongly."""
    name, actor = thread_of(key), actor_of(request)
    now = actions.learner(name, actor=actor).learner
    before = now.person
    known = (
        {"names": " ".join(before.names), "family_name": before.family_name, "birth_date": before.birth_date}
        if before
        else {}
    )
    form = PersonForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename(name, form.person(), actor=actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("Saved. What is signed from now on carries the new name; what was signed keeps its own."))
            return HttpResponseRedirect(reverse("mobility:learner", kwargs={"key": key}))
    return show(request, "mobility/rename.html", status=422 if form.errors else 200, form=form, key=key, learner=now)


@for_roles(*actions.KEEPERS)
@require_POST
def erase(request: HttpRequest, key: UUID) -> HttpResponse:
    """Erase who a learner is."""
    actions.erase(thread_of(key), actor=actor_of(request))
    tell(request, _("The learner's personal data are erased; the records still verify."))
    return HttpResponseRedirect(reverse("mobility:learner", kwargs={"key": key}))


def _offered(search: str) -> tuple[Line, ...]:
    return qualifications.lines(search=search, limit=100)
