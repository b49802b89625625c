"""The way without mobility: identification interview, documentation by the learner, evidence."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.errors import EcvetError
from ecvet.terms import Identifier
from ecvet_platform.credit import words
from ecvet_platform.credit.actions import evidence, portfolio, reading, record
from ecvet_platform.credit.forms.fields import said
from ecvet_platform.credit.forms.learning import ChooseForm, ClaimsForm, EvidenceForm, IdentifyForm
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.people.roles import Role
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import thread_of

INTERVIEWERS = (Role.COORDINATOR, Role.COMPETENT_INSTITUTION)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The portfolios of the learner, or of the institution."""
    actor = actor_of(request)
    found = portfolio.portfolios(actor=actor)
    names = {one.learner: record.name_of(one.learner) for one in found}
    titles = qualifications.titles(one.qualification for one in found)
    return show(
        request, "credit/portfolios.html", found=found, names=names, titles=titles, words=words,
        stages={one.thread: portfolio.value_of(one).stage for one in found},
        may_open=bool(actor.roles.intersection(INTERVIEWERS)),
    )  # fmt: skip


@for_roles(*INTERVIEWERS)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Towards which qualification somebody wants to have learning recognised."""
    lines = qualifications.lines(limit=200)
    return show(request, "credit/choose.html", lines=lines)


@for_roles(*INTERVIEWERS)
@require_http_methods(["GET", "POST"])
def identify(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose learner and units (in the address), then write down what the interview found."""
    actor, item = actor_of(request), qualifications.with_key(key).value
    language = get_language() or "en"
    known = {one.value.id: one.value for one in qualifications.units_of(item.id)}
    chooser = ChooseForm(
        request.GET or None, learners=record.visible(actor=actor),
        units=[(name, unit.title.in_(language, "en")) for name, unit in known.items()],
    )  # fmt: skip
    if not chooser.is_valid():
        status = 422 if request.GET and chooser.errors else 200
        return show(request, "credit/choose_units.html", status=status, form=chooser, item=item)
    learner = Identifier(chooser.cleaned_data["learner"])
    units = [known[Identifier(name)] for name in chooser.cleaned_data["units"]]
    form = IdentifyForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            ground = portfolio.identify(
                learner, qualification=item.id, claims=form.claims, procedure=said(form.cleaned_data["procedure"]),
                experience=form.told, interview=form.interview, actor=actor,
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The portfolio is open; the learner can now document what was identified."))
            return HttpResponseRedirect(reverse("credit:ground", kwargs={"key": ground.key}))
    return show(
        request, "credit/claims.html", status=422 if form.errors else 200, form=form, item=item, files=(), upload=None,
        title=_("What the interview found"), called=record.name_of(learner), key=None, button=_("Open the portfolio"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, key: UUID) -> HttpResponse:
    """The learner says for each outcome what was done, and names the evidence."""
    actor, thread = actor_of(request), thread_of(key)
    ground = portfolio.portfolio_for(thread, actor)
    before, files = portfolio.value_of(ground), evidence.of_basis(thread, actor=actor)
    item = qualifications.qualification(ground.qualification).value
    form = ClaimsForm(
        request.POST or None, units=[reading.unit(one) for one in dict.fromkeys(claim.unit for claim in before.claims)],
        claims=before.claims, evidence=[(one.annex, one.name) for one in files],
        experience=before.experience,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            portfolio.document(thread, claims=form.claims, experience=form.told, actor=actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The portfolio is kept. The institution can now assess it."))
            return HttpResponseRedirect(reverse("credit:ground", kwargs={"key": key}))
    return show(
        request, "credit/claims.html", status=422 if form.errors else 200, form=form, item=item, files=files,
        upload=EvidenceForm(), title=_("Document what you have learned"), called=record.name_of(ground.learner),
        key=key, button=_("Keep"),
    )  # fmt: skip


@require_POST
def bring(request: HttpRequest, key: UUID) -> HttpResponse:
    """Bring a file of evidence."""
    form = EvidenceForm(request.POST, request.FILES)
    thread, actor = thread_of(key), actor_of(request)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            evidence.bring(thread, file.read(evidence.MOST_BYTES + 1), name=file.name or "", actor=actor)
        except EcvetError as error:
            refuse(form, error, "file")
        else:
            tell(request, _("The file is kept."))
    if form.errors:
        back = reverse("credit:ground", kwargs={"key": key})
        return show(
            request, "credit/words.html", status=422, form=form, back=back, title=_("Bring a file"), button=_("Bring"),
            lead="", files=True,
        )  # fmt: skip
    back = "credit:document" if request.POST.get("from") == "document" else "credit:ground"
    return HttpResponseRedirect(reverse(back, kwargs={"key": key}))


@require_safe
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    """A file of evidence, to be kept on disk and not shown inside the site."""
    found, data = evidence.read(key, actor=actor_of(request))
    answer = HttpResponse(data, content_type=found.media)
    answer["Content-Disposition"] = f'attachment; filename="evidence-{found.hash[8:16]}"'
    answer["Content-Security-Policy"] = "sandbox"
    return answer
