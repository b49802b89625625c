"""Pages of the office: the list, the rounds on a draft, opening one, its page, prolonging and closing it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.errors import EcvetError
from ecvet.qualification.consultation import rate
from ecvet_platform.consultations import words
from ecvet_platform.consultations.actions import analysing, answering, consulting, stakeholders
from ecvet_platform.consultations.forms.asking import ProlongForm, RoundForm
from ecvet_platform.drafts.actions import keeping
from ecvet_platform.institutions.actions import register
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.people.roles import has_one_of
from ecvet_platform.qualifications.actions import PUBLISHERS

office = for_roles(*PUBLISHERS)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The consultations of the institution, and those in which somebody is asked."""
    actor = actor_of(request)
    lines = consulting.lines(actor=actor)
    return show(
        request, "consultations/list.html", lines=lines, mine=answering.mine(actor=actor), words=words,
        state=consulting.state, asks=bool(has_one_of(actor, *PUBLISHERS)),
    )  # fmt: skip


@office
@require_safe
def of_draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """The rounds on a draft, and the way to the next one."""
    actor = actor_of(request)
    found = consulting.of_draft(key, actor=actor)
    kept = keeping.draft(key, actor=actor)
    return show(
        request, "consultations/draft.html", found=found, key=key, title=kept.draft.qualification.title, words=words,
        state=consulting.state, running=any(consulting.state(one) in ("open", "over") for one in found),
    )  # fmt: skip


@office
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put the draft as it is seen to consultation."""
    actor = actor_of(request)
    kept = keeping.draft(key, actor=actor)
    seen = request.POST.get("seen", keeping.mark(kept.draft))
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = consulting.begin(
                key, seen, deadline=data["deadline"], minimum=data["minimum"],
                asked=register.said(data["asked"], get_language() or "en"), actor=actor,
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error)
            seen = keeping.mark(kept.draft)
        else:
            tell(request, _("The text is frozen. Now invite the people whom you ask."))
            return HttpResponseRedirect(reverse("consultations:one", kwargs={"key": made.id}))
    return show(
        request, "consultations/begin.html", status=422 if form.errors else 200, form=form, key=key, seen=seen,
        title=kept.draft.qualification.title,
    )  # fmt: skip


@office
@require_safe
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """A round: where it stands, who is asked, what to do next."""
    return _one(request, key, ProlongForm())


@office
@require_POST
def prolong(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let it last longer."""
    form = ProlongForm(request.POST)
    if form.is_valid():
        try:
            consulting.prolong(key, form.cleaned_data["deadline"], actor=actor_of(request))
        except EcvetError as error:
            refuse(form, error, "deadline")
        else:
            tell(request, _("The consultation lasts longer now."))
            return HttpResponseRedirect(reverse("consultations:one", kwargs={"key": key}))
    return _one(request, key, form)


@office
@require_POST
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """End it."""
    consulting.close(key, actor=actor_of(request))
    tell(request, _("The consultation is closed; comments can now be answered."))
    return HttpResponseRedirect(reverse("consultations:one", kwargs={"key": key}))


def _one(request: HttpRequest, key: UUID, form: ProlongForm) -> HttpResponse:
    actor = actor_of(request)
    item = consulting.office(key, actor=actor)
    asked = stakeholders.asked(key, actor=actor)
    answered = sum(one.submitted is not None for one in asked)
    return show(
        request, "consultations/one.html", status=422 if form.errors else 200, item=item, key=key, asked=asked,
        answered=answered, rate=rate(answered, len(asked)), state=consulting.state(item), words=words, form=form,
        unanswered=analysing.unanswered(key), institution=register.names((item.institution,))[item.institution],
        again=item.number > 1,
    )  # fmt: skip
