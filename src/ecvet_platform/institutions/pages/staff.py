"""An operator of the server begins to look at what an institution sees."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecvet.errors import EcvetError
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.forms.members import StaffForm
from ecvet_platform.people import session
from ecvet_platform.people.actions import staff
from ecvet_platform.people.doors import refuse, show, tell
from ecvet_platform.people.errors import NotAnOperator


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say why and for how long; then the pages show what the institution's people see."""
    item, person = register.with_key(key), session.account_of(request)
    if person is None or not person.is_operator:
        raise NotAnOperator()
    form = StaffForm(request.POST or None, initial={"minutes": staff.MINUTES[0]})
    if request.method == "POST" and form.is_valid():
        try:
            access = staff.begin(
                person, item.id, reason=form.cleaned_data["reason"], minutes=form.cleaned_data["minutes"],
                proved=session.proved_at(request),
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error, "reason" if error.code == "people.staff.reason-missing" else None)
        else:
            session.begin_staff(request, access)
            tell(request, _("You look as staff now."))
            return HttpResponseRedirect(reverse("start"))
    return show(request, "institutions/staff.html", status=422 if form.errors else 200, form=form, item=item, key=key)
