"""From a page of one room to the pages of others about the same thing, which the room itself may not know.

Each line of `RELATED` belongs to one page, by its name: the title of the link, the page that it leads to (with the same
key), and whether there is something for the actor to see.
"""

from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet_platform.consultations.actions import reporting
from ecvet_platform.credit.actions import access, sides
from ecvet_platform.credit.actions.documents import printing
from ecvet_platform.guests.actions import inviting
from ecvet_platform.mobility.actions import agreements
from ecvet_platform.people.addresses import address
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.errors import QualificationUnknown
from ecvet_platform.qualifications.naming import thread_of
from ecvet_platform.shell.lists import OF_PAGE
from ecvet_platform.wallets.actions import own
from ecvet_platform.wallets.actions.asking import ASKERS

Sees = Callable[[UUID, Actor], bool]


def _credit_of_agreement(key: UUID, actor: Actor) -> bool:
    return sides.may_see(thread_of(key), actor)


def _agreement_of_credit(key: UUID, actor: Actor) -> bool:
    return agreements.may_see(thread_of(key), actor)


def _credit_of_learner(key: UUID, actor: Actor) -> bool:
    return access.may_look_at(thread_of(key), actor)


def _own_credential(key: UUID, actor: Actor) -> bool:
    return any(one.credential == key for one in own.obtainable(actor))


def _guests_of_agreement(key: UUID, actor: Actor) -> bool:
    return inviting.may_see(thread_of(key), actor)


def _complement_of_agreement(key: UUID, actor: Actor) -> bool:
    return printing.has_complement(thread_of(key), actor=actor)


_COMPLEMENT: Final = (
    (_("Learning agreement complement (PDF)"), "credit:complement", _complement_of_agreement),
    (_("Learning agreement complement (Word)"), "credit:complement-docx", _complement_of_agreement),
)
"""What was done and achieved, once the stay has ended."""


def _consulted(key: UUID) -> bool:
    try:
        return bool(reporting.of_qualification(qualifications.with_key(key).value.id))
    except QualificationUnknown:  # the page refuses, and its refusal has a frame too
        return False


def _publishes(key: UUID, actor: Actor) -> bool:
    return bool(actor.roles & {Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE})


WITHOUT_KEY: Final = frozenset({"wallets:wallet"})
"""Pages of the actor's own, which take no key."""

AS_TABLE: Final = ((_("This list as a table (CSV)"), "csv"), (_("This list as a table (Excel)"), "xlsx"))

RELATED: Final[dict[str, tuple[tuple[str | Promise, str, Sees], ...]]] = {
    "qualifications:one": ((_("Write the next version"), "drafts:next", _publishes),),
    "drafts:one": ((_("Consultation on this draft"), "consultations:of-draft", _publishes),),
    "mobility:agreement": (
        (_("Credit under this agreement"), "credit:ground", _credit_of_agreement),
        *_COMPLEMENT,
        (_("Guests and papers"), "guests:list", _guests_of_agreement),
    ),
    "credit:ground": (
        (_("Learning agreement"), "mobility:agreement", _agreement_of_credit),
        *_COMPLEMENT,
        (_("Guests and papers"), "guests:list", _guests_of_agreement),
    ),
    "credentials:one": ((_("Your wallet"), "wallets:wallet", _own_credential),),
    "mobility:learner": ((_("Credit of this learner"), "credit:learner", _credit_of_learner),),
}


PUBLIC: Final[dict[str, tuple[tuple[str | Promise, str, Callable[[UUID], bool]], ...]]] = {
    "qualifications:one": ((_("Consultations before it was published"), "consultations:of-qualification", _consulted),),
}
"""The same for what everybody may see, signed in or not."""


BESIDE: Final[dict[str, tuple[tuple[str | Promise, str, frozenset[Role]], ...]]] = {
    "credentials:verify": ((_("Ask a wallet"), "wallets:ask", frozenset(ASKERS)),),
    "credentials:list": ((_("Your wallet"), "wallets:wallet", frozenset({Role.LEARNER})),),
}
"""The same for pages about nothing in particular, by the roles for whom the other page is."""


OF_GROUP: Final[dict[str, tuple[tuple[str | Promise, str, frozenset[Role]], ...]]] = {
    "mobility:group": (
        (_("Invite people without an account"), "guests:invite-group", frozenset(inviting.INVITERS)),
    ),
}  # fmt: skip
"""The same for pages about a group, whose name is the address of its text."""


def related(request: HttpRequest, actor: Actor | None) -> Iterator[tuple[str | Promise, str]]:
    """Title and address of the links that the page of a request has."""
    match = request.resolver_match
    if match is not None and match.view_name in OF_PAGE and actor is not None:
        asked = {name: str(text) for name, text in match.kwargs.items()}
        asked |= {name: str(text) for name, text in request.GET.items() if name != "page" and text}
        also = f"?{urlencode(asked)}" if asked else ""
        for called, ending in AS_TABLE:
            yield called, address("list", name=OF_PAGE[match.view_name], ending=ending) + also
    if match is not None and actor is not None:
        for title, page, roles in BESIDE.get(match.view_name, ()):
            if actor.roles & roles:
                yield title, address(page)
        for title, page, roles in OF_GROUP.get(match.view_name, ()):
            if actor.roles & roles:
                yield title, address(page, text=match.kwargs["text"])
    key = match.kwargs.get("key") if match else None
    if match is None or not isinstance(key, UUID):
        return
    for title, page, is_there in PUBLIC.get(match.view_name, ()):
        if is_there(key):
            yield title, address(page, key=key)
    if actor is None:
        return
    for title, page, sees in RELATED.get(match.view_name, ()):
        if sees(key, actor):
            yield title, address(page) if page in WITHOUT_KEY else address(page, key=key)
