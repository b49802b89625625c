"""Pages of the office: counts, comments with replies, and what the draft as it stands now changed."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ecvet.errors import EcvetError
from ecvet.qualification.consultation import Opinion, State
from ecvet.qualification.consultation.report import changed, where
from ecvet.terms import LangString
from ecvet_platform.consultations import words
from ecvet_platform.consultations.actions import analysing, consulting, document, replying
from ecvet_platform.consultations.actions.analysing import Comment
from ecvet_platform.consultations.actions.consulting import Consultation
from ecvet_platform.consultations.forms.asking import ReplyForm, WantedForm
from ecvet_platform.consultations.pages.asking import office
from ecvet_platform.people.doors import actor_of, refuse, show, tell
from ecvet_platform.people.language import country


@office
@require_safe
def analysis(request: HttpRequest, key: UUID) -> HttpResponse:
    """Counts by country and group, places with most disagreement first."""
    place = request.GET.get("place", "")
    found = analysing.analysis(key, actor=actor_of(request), place=place)
    return show(
        request, "consultations/analysis.html", found=found, key=key, words=words, share=document.share,
        opinions=tuple(Opinion), country_name=country, places=_places(found.consultation), place=place,
        group_name=document.group_name,
    )  # fmt: skip


@office
@require_http_methods(["GET", "POST"])
def comments(request: HttpRequest, key: UUID) -> HttpResponse:
    """The comments by place, and a reply to those that are ticked."""
    actor = actor_of(request)
    item = consulting.office(key, actor=actor)
    everything = analysing.comments(key, actor=actor)
    filters = WantedForm(
        request.GET, places=_places(item), countries=_countries(everything)
    )  # fmt: skip
    found = analysing.comments(key, actor=actor, wanted=filters.wanted)
    differs = [(one.place.key, words.named(one.place)) for one in changed(analysing.changed(item))]
    form = ReplyForm(
        request.POST or None, comments=[(one.name, str(one.said.comment)) for one in everything], places=differs
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            replying.reply(
                key, form.verdict_given, LangString.of({get_language() or "en": data["reason"]}),
                tuple(data["comments"]), places=tuple(data["places"]), actor=actor,
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The reply is kept; it will stand in the report."))
            query = request.GET.urlencode()
            back = reverse("consultations:comments", kwargs={"key": key})
            return HttpResponseRedirect(f"{back}?{query}" if query else back)
    return show(
        request, "consultations/comments.html", status=422 if form.errors else 200, item=item, key=key, found=found,
        filters=filters, form=form, words=words, who=document.who, count=len(everything),
        may_reply=consulting.state(item) in (State.OVER, State.CLOSED),
        ticked=request.POST.getlist("comments"),
    )  # fmt: skip


@office
@require_safe
def changes(request: HttpRequest, key: UUID) -> HttpResponse:
    """What differs from the text that was consulted on, with the comments because of which it does."""
    actor = actor_of(request)
    item = consulting.office(key, actor=actor)
    because: dict[str, list[Comment]] = {}
    for one in analysing.comments(key, actor=actor):
        for place in one.reply.places if one.reply else ():
            because.setdefault(place, []).append(one)
    return show(
        request, "consultations/changes.html", item=item, key=key, found=changed(analysing.changed(item)),
        because=because, words=words, who=document.who,
    )  # fmt: skip


def _places(item: Consultation) -> list[tuple[str, str]]:
    return [(one.key, words.named(where(one))) for one in analysing.places(item)]


def _countries(found: Iterable[Comment]) -> list[tuple[str, str]]:
    codes = {one.said.country for one in found if one.said.country}
    return sorted(((code, country(code)) for code in codes), key=lambda one: one[1])
