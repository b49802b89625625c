"""Pages on which a register office enters institutions: what they are called, what they may do, who accredits them."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecvet.errors import EcvetError
from ecvet.partnership import Accreditation, Competence, CompetentInstitution
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import entering, register
from ecvet_platform.institutions.forms.entering import AccreditationForm, FunctionForm, InstitutionForm, SuccessionForm
from ecvet_platform.journal import clock
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.people.roles import Role
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of

office = for_roles(Role.REGISTER_OFFICE)


@office
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter an institution that is not here yet."""
    form = InstitutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        item = form.institution()
        try:
            entering.begin(item, actor=actor_of(request), contact=form.contact())
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("%(name)s is entered. Say now what it may do.") % {"name": item.name})
            return HttpResponseRedirect(_page(item))
    return _form(request, form, _("Enter an institution"))


@office
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change what an institution is called and how to reach it."""
    item = register.with_key(key)
    initial = InstitutionForm.of(item, register.contact(item.id))
    form = InstitutionForm(request.POST or None, before=item, initial=initial)
    if request.method == "POST" and form.is_valid():
        entering.describe(form.institution(), actor=actor_of(request), contact=form.contact())
        return _saved(request, item)
    return _form(request, form, _("Change names and contact"), item)


@office
@require_http_methods(["GET", "POST"])
def function(request: HttpRequest, key: UUID, mark: str = "") -> HttpResponse:
    """Enter functions of an institution; with a mark, change one or take back what was a mistake."""
    item, actor = register.with_key(key), actor_of(request)
    before = entering.competence(item.id, mark) if mark else None
    initial = FunctionForm.of(before) if before else {"start": clock.today()}
    form = FunctionForm(request.POST or None, initial=initial, qualifications=_choices(item, before))
    if request.method == "POST" and before and request.POST.get("step") == "remove":
        entering.regrant(item.id, mark, None, actor=actor)
        return _saved(request, item)
    if request.method == "POST" and form.is_valid():
        try:
            if before:
                first, *more = form.competences()
                entering.regrant(item.id, mark, first, actor=actor)
                if more:
                    entering.grant(item.id, *more, actor=actor)
            else:
                entering.grant(item.id, *form.competences(), actor=actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            return _saved(request, item)
    return _form(request, form, _("What it is competent for"), item, removable=before is not None)


@office
@require_http_methods(["GET", "POST"])
def accreditation(request: HttpRequest, key: UUID, mark: str = "") -> HttpResponse:
    """Enter an accreditation; with a mark, change it or take back what was a mistake."""
    item, actor = register.with_key(key), actor_of(request)
    before = entering.accreditation(item.id, mark) if mark else None
    initial = AccreditationForm.of(before) if before else {"start": clock.today()}
    form = AccreditationForm(request.POST or None, initial=initial, qualifications=_choices(item, before))
    if request.method == "POST" and before and request.POST.get("step") == "remove":
        entering.reaccredit(item.id, mark, None, actor=actor)
        return _saved(request, item)
    if request.method == "POST" and form.is_valid():
        try:
            if before:
                entering.reaccredit(item.id, mark, form.accreditation(), actor=actor)
            else:
                entering.accredit(item.id, form.accreditation(), actor=actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            return _saved(request, item)
    return _form(request, form, _("Accreditation"), item, removable=before is not None)


@office
@require_http_methods(["GET", "POST"])
def succession(request: HttpRequest, key: UUID) -> HttpResponse:
    """A school merges or moves to another provider: who continues it, since when, and who may act."""
    item, before = register.with_key(key), register.with_key(key).continued
    known = {"by": before.by, "since": before.since, "source": before.source} if before else {}
    form = SuccessionForm(request.POST or None, initial={"with_people": True, **known})
    if request.method == "POST" and form.is_valid():
        try:
            entering.let_continue(item.id, actor=actor_of(request), **form.cleaned_data)
        except EcvetError as error:
            refuse(form, error)
        else:
            return _saved(request, item)
    return _form(request, form, _("Continued by another institution"), item)


def _form(request: HttpRequest, form: forms.Form, heading: str, item: CompetentInstitution | None = None,
          removable: bool = False) -> HttpResponse:  # fmt: skip
    return show(
        request, "institutions/enter.html", status=422 if form.errors else 200, form=form, heading=heading, item=item,
        key=key_of(item.id) if item else None, removable=removable,
    )  # fmt: skip


def _saved(request: HttpRequest, item: CompetentInstitution) -> HttpResponse:
    tell(request, _("Saved. Everybody sees it now."))
    return HttpResponseRedirect(_page(item))


def _page(item: CompetentInstitution) -> str:
    return reverse("institutions:one", kwargs={"key": key_of(item.id)})


def _choices(item: CompetentInstitution, before: Competence | Accreditation | None) -> list[tuple[str, str]]:
    """The qualifications of its country, its own everywhere, and those it was entered for."""
    own = (
        *qualifications.lines(country=item.country, limit=100),
        *qualifications.lines(institution=item.id, limit=100),
    )
    titles = {line.id: f"{line.title} ({line.code}, {line.version})" for line in own}
    named = before.qualifications if before else frozenset[Identifier]()
    known = qualifications.titles(named)
    return list({**titles, **{one: str(known.get(one, one)) for one in sorted(named)}}.items())
