"""The keys of institutions, which are public, and of the platform: what they are for, and renewing them."""

from typing import TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ecvet.credential.errors import EndNotPossible
from ecvet.errors import EcvetError
from ecvet.terms import require
from ecvet_platform.credentials import words
from ecvet_platform.credentials.actions import platform_keys, renewing
from ecvet_platform.credentials.actions.proof_keys import did_of
from ecvet_platform.credentials.actions.renewing import Kind, Own
from ecvet_platform.credentials.forms import RenewForm
from ecvet_platform.institutions.actions import register
from ecvet_platform.people.doors import actor_of, for_roles, public, refuse, show, tell
from ecvet_platform.people.roles import Role
from ecvet_platform.people.session import person_of

E = TypeVar("E", Kind, Own)


@public
@require_safe
def certificates(request: HttpRequest, key: UUID) -> HttpResponse:
    """Since when and until when each key signs."""
    item = register.with_key(key)
    here = person_of(request) is not None
    renews = {kind for kind in Kind if here and renewing.may_renew(item.id, kind, actor=actor_of(request))}
    return show(
        request, "credentials/keys.html", item=item, key=key, held=renewing.of(item), words=words, renews=renews,
        did=did_of(item.id),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, key: UUID, kind: str = Kind.CERTIFICATE) -> HttpResponse:
    """A new key from now on."""
    item, actor, which = register.with_key(key), actor_of(request), _known(Kind, kind)
    require(renewing.may_renew(item.id, which, actor=actor))
    form = RenewForm(request.POST or None, dated=which is not Kind.RECORDS)
    if request.method == "POST" and form.is_valid():
        try:
            renewing.renew(item, which, why=form.reason, back=form.back, actor=actor)
        except EndNotPossible as error:
            refuse(form, error, "until")
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The institution signs with a new key from now on."))
            return HttpResponseRedirect(reverse("credentials:keys", kwargs={"key": key}))
    return show(
        request, "credentials/renew.html", status=422 if form.errors else 200, form=form, name=item.name,
        about=words.KEYS[which], back=reverse("credentials:keys", kwargs={"key": key}),
    )  # fmt: skip


@for_roles(Role.REGISTER_OFFICE)
@require_safe
def of_platform(request: HttpRequest) -> HttpResponse:
    """The keys of the platform itself."""
    return show(request, "credentials/platform_keys.html", held=renewing.of_platform(), words=words)


@for_roles(Role.REGISTER_OFFICE)
@require_http_methods(["GET", "POST"])
def renew_platform(request: HttpRequest, kind: str) -> HttpResponse:
    """A new key of the platform, or a new anchor."""
    which, actor = _known(Own, kind), actor_of(request)
    require(platform_keys.may_renew(actor=actor))
    form = RenewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            renewing.RENEW[which](why=form.reason, back=form.back, actor=actor)
        except EndNotPossible as error:
            refuse(form, error, "until")
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The new key counts from now on."))
            return HttpResponseRedirect(reverse("credentials:platform-keys"))
    return show(
        request, "credentials/renew.html", status=422 if form.errors else 200, form=form, name=_("This platform"),
        about=words.KEYS[which], back=reverse("credentials:platform-keys"),
    )  # fmt: skip


def _known(kinds: type[E], name: str) -> E:
    if name not in list(kinds):
        raise Http404(name)
    return kinds(name)
