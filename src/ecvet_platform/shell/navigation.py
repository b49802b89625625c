"""The links of the page's head, by role. A room adds its line here."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.urls import get_script_prefix
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecvet_platform.people.addresses import address
from ecvet_platform.people.roles import Actor, Role


@dataclass(frozen=True, slots=True)
class Link:
    """A link to the page `name`, for people with one of the roles; for every signed-in person when none is named."""

    title: str | Promise
    name: str
    roles: frozenset[Role] = frozenset()


_STAFF: Final = frozenset({Role.COORDINATOR, Role.ASSESSOR, Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE})

NAVIGATION: Final[tuple[Link, ...]] = (
    Link(_("Start"), "start"),
    Link(_("Qualifications"), "qualifications:list"),
    Link(_("Drafts"), "drafts:list", frozenset({Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE})),
    Link(_("Consultations"), "consultations:list", frozenset({Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE})),
    Link(_("Institutions"), "institutions:list"),
    Link(_("Memoranda"), "institutions:memoranda", _STAFF | {Role.MENTOR}),
    Link(
        _("Network"),
        "federation:network",
        frozenset({Role.COORDINATOR, Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE}),
    ),
    Link(_("Learners"), "mobility:learners", _STAFF),
    Link(_("Agreements"), "mobility:agreements"),
    Link(_("Credit"), "credit:list"),
    Link(_("Credentials"), "credentials:list"),
    Link(
        _("Figures"),
        "figures:figures",
        frozenset({Role.COORDINATOR, Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE}),
    ),
    Link(_("Your record"), "dossier:choose", frozenset({Role.LEARNER})),
    Link(_("Your wallet"), "wallets:wallet", frozenset({Role.LEARNER})),
    Link(_("Keys"), "credentials:platform-keys", frozenset({Role.REGISTER_OFFICE})),
    Link(_("Verify"), "credentials:verify"),
    Link(_("Search"), "search"),
)

BEGINNINGS: Final[tuple[Link, ...]] = (
    Link(_("Write a qualification"), "drafts:begin", frozenset({Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE})),
    Link(_("Enter an institution"), "institutions:enter", frozenset({Role.REGISTER_OFFICE})),
    Link(_("Propose a learning agreement"), "mobility:propose", frozenset({Role.COORDINATOR})),
    Link(_("Your credit"), "credit:list", frozenset({Role.LEARNER})),
    Link(_("Your credentials"), "credentials:list", frozenset({Role.LEARNER})),
    Link(_("Verify a credential"), "credentials:verify", frozenset({Role.VERIFIER})),
    Link(_("Ask a wallet"), "wallets:ask", frozenset({Role.VERIFIER})),
)
"""Where people begin for whom nothing waits."""


def beginnings_for(actor: Actor) -> tuple[dict[str, object], ...]:
    """The links of the start page when nothing waits: title and address."""
    return tuple(
        {"title": link.title, "address": address(link.name)} for link in BEGINNINGS if actor.roles & link.roles
    )


def links_for(actor: Actor, path: str) -> tuple[tuple[str, str, bool], ...]:
    """The links that a person sees: title, address, and whether the page shown lies under it."""
    known = _links(actor.roles, get_language(), get_script_prefix())
    return tuple((title, to, path == to or (to != "/" and path.startswith(to))) for title, to in known)


@lru_cache(maxsize=1024)
def _links(roles: frozenset[Role], _language: str | None, _prefix: str) -> tuple[tuple[str, str], ...]:
    """What those with the same roles see who read in the same language."""
    return tuple((str(link.title), address(link.name)) for link in NAVIGATION if not link.roles or roles & link.roles)
