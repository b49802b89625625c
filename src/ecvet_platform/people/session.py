"""A person's session: begun by whatever proved who she is, ended by her or by the time limit.

Every way of signing in (the e-mailed link now, passkeys and OIDC later) ends in `begin`.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest

from ecvet.terms import Identifier
from ecvet_platform.journal import clock
from ecvet_platform.people import actions, store
from ecvet_platform.people.errors import NotSignedIn, NotYourInstitution
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.store import Account

_SINCE: Final = "signed_in_at"
_FOR: Final = "acting_for"
_BACKEND: Final = "ecvet_platform.people.backend.EmailedLink"


def begin(request: HttpRequest, person: Account) -> None:
    """Begin a session with a new key. Raises `NotSignedIn` for an account that is not active."""
    row = store.session_user(person.id)
    if row is None:
        raise NotSignedIn()
    auth.login(request, row, backend=_BACKEND)
    request.session[_SINCE] = clock.now().isoformat()


def end(request: HttpRequest) -> None:
    """End the session and forget everything in it."""
    auth.logout(request)


def person_of(request: HttpRequest) -> UUID | None:
    """Who is signed in by the session."""
    user = request.user
    return UUID(str(user.pk)) if user.is_authenticated else None


def actor_of(request: HttpRequest) -> Actor:
    """The person of the session as she acts now. Raises `NotSignedIn`."""
    found = account_of(request)
    if found is None:
        raise NotSignedIn()
    mine, chosen = memberships_of(request), request.session.get(_FOR)
    try:
        return actions.acting(found, mine, Identifier(chosen) if chosen else None)
    except NotYourInstitution:  # she was a member when she chose it
        del request.session[_FOR]
        return actions.acting(found, mine)


def account_of(request: HttpRequest) -> Account | None:
    """The account of the session."""
    return store.account_in(request.user) if isinstance(request.user, store.SessionUser) else None


def memberships_of(request: HttpRequest) -> dict[Identifier, frozenset[Role]]:
    """The roles of the session's person by institution, read once for a request, together with the person."""
    return store.memberships_in(request.user) if isinstance(request.user, store.SessionUser) else {}


def act_for(request: HttpRequest, institution: Identifier) -> None:
    """Choose the institution to act for. Raises `NotSignedIn`, `NotYourInstitution`."""
    person = person_of(request)
    if person is None:
        raise NotSignedIn()
    actions.actor(person, institution)
    request.session[_FOR] = institution


def is_over(request: HttpRequest) -> bool:
    """Whether the time limit of a session has passed."""
    since = request.session.get(_SINCE)
    if since is None:
        return True
    return clock.now() - datetime.fromisoformat(since) > timedelta(hours=settings.SESSION_HOURS)
