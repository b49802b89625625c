"""Pages of institutions, which are public: the list, and what one of them may do."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ecvet_platform.institutions import words
from ecvet_platform.institutions.actions import entering, members, register
from ecvet_platform.people.doors import actor_of, public, show
from ecvet_platform.people.language import country as country_name
from ecvet_platform.people.roles import Role
from ecvet_platform.people.session import person_of
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of

SIZE = 50


@public
@require_safe
def institutions(request: HttpRequest) -> HttpResponse:
    """The list of competent institutions."""
    search, country = request.GET.get("q", "")[:200], request.GET.get("country", "")[:2]
    number = int(text) if (text := request.GET.get("page", "1")).isdecimal() and 0 < len(text) < 6 else 1
    lines, count = register.page(search=search, country=country, number=max(number, 1), size=SIZE)
    rows = [
        (
            format_html('<a href="{}">{}</a>', reverse("institutions:one", kwargs={"key": one.key}), one.name),
            country_name(one.country),
        )
        for one in lines
    ]
    asked = urlencode({name: one for name, one in {"q": search, "country": country}.items() if one})
    return show(
        request, "institutions/list.html", rows=rows, count=count, page=number, pages=-(-count // SIZE),
        address=f"?{asked}", search=search, country=country,
        countries=[("", _("All countries")), *((one, country_name(one)) for one in register.countries())],
    )  # fmt: skip


@public
@require_safe
def institution(request: HttpRequest, key: UUID) -> HttpResponse:
    """One institution: what it may do, for which qualifications, since when; its public keys."""
    item = register.with_key(key)
    actor = actor_of(request) if person_of(request) else None
    held = {one for piece in item.competences for one in piece.qualifications}
    named = held.union(*(piece.qualifications for piece in item.accreditations))
    return show(
        request, "institutions/one.html", item=item, functions=words.FUNCTIONS, key_of=key_of,
        titles=qualifications.titles(named), contact=_reached(register.contact(item.id)),
        keys=register.public_keys(item.id), key=key,
        names=register.names((item.continued.by,)) if item.continued else {},
        mark=entering.mark, office=actor is not None and Role.REGISTER_OFFICE in actor.roles,
        staff=actor is not None and bool(members.grantable(actor, item.id)),
    )  # fmt: skip


def _reached(contact: Mapping[str, str]) -> list[tuple[str, str]]:
    """How to reach it, in the order of the templates; what a program named otherwise comes last, by its name."""
    known = [(str(label), contact[name]) for name, label in words.CONTACT.items() if name in contact]
    return [*known, *((name, text) for name, text in contact.items() if name not in words.CONTACT)]
