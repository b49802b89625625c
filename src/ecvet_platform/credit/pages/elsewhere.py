"""Pages between this server and universities: a transcript as ELMO to take away, and one of theirs for a portfolio."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ecvet.errors import EcvetError
from ecvet.exchange.elmo_document import name_of
from ecvet.exchange.elmo_writing import MEDIA, WRITTEN
from ecvet.record import address
from ecvet_platform.credit.actions import elsewhere, portfolio, record
from ecvet_platform.credit.actions.documents import elmo
from ecvet_platform.credit.forms.elsewhere import ElmoForm, PutForm, packed, unpacked
from ecvet_platform.people.doors import actor_of, refuse, show, tell
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.naming import thread_of


@require_safe
def about(request: HttpRequest, name: str) -> HttpResponse:
    """What an ELMO file of a transcript or decision tells and loses, and the file in each version."""
    found = {
        version: elmo.of_record(address(name), actor=actor_of(request), version=version)
        for version in reversed(WRITTEN)
    }
    return show(request, "credit/elmo.html", found=found, name=name)


@require_safe
def file(request: HttpRequest, name: str, version: str) -> HttpResponse:
    """The file itself."""
    found = elmo.of_record(address(name), actor=actor_of(request), version=version)
    answer = HttpResponse(found.data, content_type=MEDIA)
    answer["Content-Disposition"] = f'attachment; filename="elmo-{version}-{name[8:24]}.xml"'
    return answer


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, key: UUID) -> HttpResponse:
    """Bring a university's transcript to a portfolio: look at what it says, then put it in."""
    actor, thread = actor_of(request), thread_of(key)
    portfolio.portfolio_for(thread, actor)
    if "packed" in request.POST:
        return _looked(request, key, actor)
    form = ElmoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data, name = form.content()
        try:
            found = elsewhere.look(thread, data, name=name, actor=actor)
        except EcvetError as error:
            refuse(form, error, "file")
        else:
            put = PutForm(initial={"packed": packed(data, name)}, differs=bool(found.others))
            return _shown(request, key, put, found, actor)
    return show(request, "credit/elsewhere.html", status=422 if form.errors else 200, form=form, key=key, found=None)


def _looked(request: HttpRequest, key: UUID, actor: Actor) -> HttpResponse:
    thread = thread_of(key)
    try:
        data, name = unpacked(request.POST["packed"])
        found = elsewhere.look(thread, data, name=name, actor=actor)
    except EcvetError as error:
        again = ElmoForm({})
        again.errors.clear()
        refuse(again, error)
        return show(request, "credit/elsewhere.html", status=error.status, form=again, key=key, found=None)
    form = PutForm(request.POST, differs=bool(found.others))
    if form.is_valid():
        try:
            elsewhere.put(thread, data, name=name, actor=actor, same=bool(form.cleaned_data.get("same")))
        except EcvetError as error:
            refuse(form, error, "same" if "same" in form.fields else None)
        else:
            tell(request, _("The file is kept as evidence, and the portfolio says what was learned there."))
            return HttpResponseRedirect(reverse("credit:ground", kwargs={"key": key}))
    return _shown(request, key, form, found, actor)


def _shown(request: HttpRequest, key: UUID, form: PutForm, found: elsewhere.Look, actor: Actor) -> HttpResponse:
    ground = portfolio.portfolio_for(thread_of(key), actor)
    rows = [
        (one.learned.title or one.learned.code or "–", name_of(one.issuer), one.points, one.learned.grade or "–",
         one.learned.end)
        for one in found.counted
    ]  # fmt: skip
    return show(
        request, "credit/elsewhere.html", status=422 if form.errors else 200, form=form, key=key, found=found,
        rows=rows, called=record.name_of(ground.learner),
    )  # fmt: skip
