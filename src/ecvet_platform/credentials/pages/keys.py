"""The keys with which an institution signs credentials: public, and renewed by its own people."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ecvet.credential.errors import EndNotPossible
from ecvet.errors import EcvetError
from ecvet.terms import require
from ecvet_platform.credentials import words
from ecvet_platform.credentials.actions import keys
from ecvet_platform.credentials.forms import RenewForm
from ecvet_platform.institutions.actions import register
from ecvet_platform.people.doors import actor_of, public, refuse, show, tell
from ecvet_platform.people.session import person_of


@public
@require_safe
def certificates(request: HttpRequest, key: UUID) -> HttpResponse:
    """Since when and until when each key signs."""
    item = register.with_key(key)
    renews = person_of(request) is not None and bool(keys.may_renew(item.id, actor=actor_of(request)))
    return show(
        request, "credentials/keys.html", item=item, key=key, held=keys.held(item), words=words, renews=renews,
        fingerprint=keys.fingerprint,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, key: UUID) -> HttpResponse:
    """A new key from now on."""
    item, actor = register.with_key(key), actor_of(request)
    require(keys.may_renew(item.id, actor=actor))
    form = RenewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            keys.renew(item, why=form.reason, back=form.back, actor=actor)
        except EndNotPossible as error:
            refuse(form, error, "until")
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The institution signs with a new key from now on."))
            return HttpResponseRedirect(reverse("credentials:keys", kwargs={"key": key}))
    return show(request, "credentials/renew.html", status=422 if form.errors else 200, form=form, item=item, key=key)
