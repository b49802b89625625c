"""Pages of those who are asked: the whole, part by part, and handing in; with an account or behind a guest's link."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.errors import EcvetError
from ecvet_platform.consultations import words
from ecvet_platform.consultations.actions import answering
from ecvet_platform.consultations.actions.answering import Asked
from ecvet_platform.consultations.forms.answering import PartForm, SubmitForm
from ecvet_platform.guests.actions.opening import Guest
from ecvet_platform.guests.pages.links import opened
from ecvet_platform.institutions.actions import register
from ecvet_platform.people.doors import actor_of, refuse, show, tell
from ecvet_platform.qualifications.naming import key_of
from ecvet_platform.qualifications.words import KINDS, ROLES


@dataclass(frozen=True, slots=True)
class Way:
    """How the pages of one answer are addressed: the names of the three pages, and what they take."""

    name: str
    given: dict[str, object]

    def home(self) -> str:
        """The page of the whole."""
        return reverse(f"consultations:{self.name}", kwargs=self.given)

    def part(self, number: int) -> str:
        """The page of a part."""
        return reverse(f"consultations:{self.name}-part", kwargs={**self.given, "number": number})

    def submit(self) -> str:
        """Where the answer is handed in."""
        return reverse(f"consultations:{self.name}-submit", kwargs=self.given)


# ------------------------------------------------------------- with an account
@require_safe
def member(request: HttpRequest, key: UUID) -> HttpResponse:
    """What somebody with an account is asked."""
    return _home(request, answering.by_member(key, actor=actor_of(request)), Way("answer", {"key": key}))


@require_http_methods(["GET", "POST"])
def member_part(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """One part."""
    return _part(request, answering.by_member(key, actor=actor_of(request)), Way("answer", {"key": key}), number)


@require_POST
def member_submit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand in."""
    return _submit(request, answering.by_member(key, actor=actor_of(request)), Way("answer", {"key": key}))


# ------------------------------------------------------------- behind a link
@require_safe
@opened
def guest(request: HttpRequest, found: Guest, secret: str) -> HttpResponse:
    """What somebody without an account is asked."""
    return _home(request, answering.by_guest(found), Way("guest", {"secret": secret}))


@require_http_methods(["GET", "POST"])
@opened
def guest_part(request: HttpRequest, found: Guest, secret: str, number: int) -> HttpResponse:
    """One part."""
    return _part(request, answering.by_guest(found), Way("guest", {"secret": secret}), number)


@require_POST
@opened
def guest_submit(request: HttpRequest, found: Guest, secret: str) -> HttpResponse:
    """Hand in."""
    return _submit(request, answering.by_guest(found), Way("guest", {"secret": secret}))


# ------------------------------------------------------------- both
def _home(request: HttpRequest, asked: Asked, way: Way, form: SubmitForm | None = None) -> HttpResponse:
    item, who = asked.consultation, asked.stakeholder
    return show(
        request, "consultations/answer.html", status=422 if form is not None else 200, asked=asked, item=item,
        way=way, form=form or SubmitForm(initial={"anonymous": who.anonymous}), words=words,
        may_answer=answering.may_answer(item), said=sum(one.said for one in asked.parts),
        places=sum(len(one.places) for one in asked.parts),
        institution=register.names((item.institution,))[item.institution],
    )  # fmt: skip


def _part(request: HttpRequest, asked: Asked, way: Way, number: int) -> HttpResponse:
    if number >= len(asked.parts):
        return HttpResponseRedirect(way.home())
    part, last = asked.parts[number], number + 1 == len(asked.parts)
    form = PartForm(request.POST or None, places=part.places, views=asked.views)
    if request.method == "POST" and form.is_valid():
        try:
            answering.save(asked, form.views)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("Your change is kept, and it counts.") if asked.stakeholder.submitted else
                 _("It is kept. It counts when you have submitted your answer."))  # fmt: skip
            goes_on = request.POST.get("then") == "next" and not last
            return HttpResponseRedirect(way.part(number + 1) if goes_on else way.home())
    return show(
        request, "consultations/part.html", status=422 if form.errors else 200, form=form, asked=asked, part=part,
        way=way, last=last, words=words, kinds=KINDS, roles=ROLES, key_of=key_of,
        item=asked.draft.qualification, may_answer=answering.may_answer(asked.consultation),
        by_code={link.code: None for link in asked.draft.qualification.units},
    )  # fmt: skip


def _submit(request: HttpRequest, asked: Asked, way: Way) -> HttpResponse:
    form = SubmitForm(request.POST)
    if form.is_valid():
        try:
            answering.submit(asked, anonymous=form.cleaned_data["anonymous"])
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("Thank you: your answer counts. You can change it until the last day."))
            return HttpResponseRedirect(way.home())
    return _home(request, asked, way, form)
