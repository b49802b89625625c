"""A person's session: begun by whatever proved who she is, ended by her, by the time limit, or from elsewhere.

Every way of signing in ends in `arrive`: it begins the session, or has the person wait at the door until the code of
her authenticator app has followed.
"""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest

from ecvet.terms import Failure, Identifier, Success
from ecvet_platform.journal import clock
from ecvet_platform.people import actions, proof, store
from ecvet_platform.people.actions import codes, sittings, staff
from ecvet_platform.people.device import device
from ecvet_platform.people.errors import NotSignedIn, NotYourInstitution
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.store import Account
from ecvet_platform.people.store.sittings import Access

_SINCE: Final = "signed_in_at"
_FOR: Final = "acting_for"
_PROVED: Final = "proved_at"
_SEEN: Final = "seen_at"
_STAFF: Final = "looks_as_staff"
_HALF: Final = "at_the_door"
_PROVIDER: Final = "provider"
_ONCE: Final = "once:"
_BACKEND: Final = "ecvet_platform.people.backend.EmailedLink"
_DOOR_MINUTES: Final = 10
_SEEN_EVERY: Final = timedelta(minutes=10)


# ------------------------------------------------------------- beginning and ending
def arrive(
    request: HttpRequest, person: Account, *, by: str, proved: bool = False, provider: tuple[str, str] | None = None
) -> bool:
    """Begin the session; False where the code of an app must follow first. `provider` is its name and ID token."""
    if not proved and codes.ways(person).code:
        at = clock.now().isoformat()
        request.session[_HALF] = {"person": str(person.id), "by": by, "at": at, "provider": provider}
        return False
    begin(request, person, by=by, proved=proved, provider=provider)
    return True


def begin(
    request: HttpRequest, person: Account, *, by: str = "link", proved: bool = False,
    provider: tuple[str, str] | None = None,
) -> None:  # fmt: skip
    """Begin a session with a new key. Raises `NotSignedIn` for an account that is not active."""
    row = store.session_user(person.id)
    if row is None:
        raise NotSignedIn()
    request.session.pop(_HALF, None)
    auth.login(request, row, backend=_BACKEND)
    at = clock.now().isoformat()
    request.session[_SINCE] = request.session[_SEEN] = at
    if proved:
        request.session[_PROVED] = at
    if provider is not None:
        request.session[_PROVIDER] = list(provider)
    actions.signed_in(person, by=by, proved=proved)
    agent = request.headers.get("User-Agent", "")
    sittings.began(person, request.session.session_key or "", by=by, device=device(agent))


def at_the_door(request: HttpRequest) -> tuple[Account, str, tuple[str, str] | None] | None:
    """Who has come by which way and waits for the code of her app to follow; None after ten minutes."""
    kept = request.session.get(_HALF)
    if not kept or clock.now() - datetime.fromisoformat(kept["at"]) > timedelta(minutes=_DOOR_MINUTES):
        return None
    person, provider = store.account(UUID(kept["person"])), kept["provider"]
    return (person, kept["by"], (provider[0], provider[1]) if provider else None) if person else None


def end(request: HttpRequest) -> None:
    """End the session and forget everything in it."""
    if request.session.get(_STAFF):
        end_staff(request)
    sittings.ended(request.session.session_key or "")
    auth.logout(request)


def is_over(request: HttpRequest) -> bool:
    """Whether the time limit of a session has passed."""
    since = request.session.get(_SINCE)
    if since is None:
        return True
    return clock.now() - datetime.fromisoformat(since) > timedelta(hours=settings.SESSION_HOURS)


def use(request: HttpRequest) -> None:
    """Remember, every ten minutes, that the session is used."""
    seen = request.session.get(_SEEN)
    if seen is None or clock.now() - datetime.fromisoformat(seen) > _SEEN_EVERY:
        request.session[_SEEN] = clock.now().isoformat()
        sittings.used(request.session.session_key or "")


# ------------------------------------------------------------- who it is
def person_of(request: HttpRequest) -> UUID | None:
    """Who is signed in by the session."""
    user = request.user
    return UUID(str(user.pk)) if user.is_authenticated else None


def actor_of(request: HttpRequest) -> Actor:
    """The person of the session as she acts now. Raises `NotSignedIn`."""
    found = account_of(request)
    if found is None:
        raise NotSignedIn()
    looking = staff_access(request)
    if looking is not None:
        return staff.acting(found, looking)
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


def address_of(request: HttpRequest) -> str:
    """The network address that somebody comes from: what the operator's proxy says last, else what the server sees."""
    said = "" if settings.DEMO else request.headers.get("X-Forwarded-For", "")
    return said.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


# ------------------------------------------------------------- what it has proved
def proved_at(request: HttpRequest) -> datetime | None:
    """When the session last showed a second factor."""
    found = request.session.get(_PROVED)
    return datetime.fromisoformat(found) if found else None


def prove(request: HttpRequest) -> None:
    """The session has just shown a second factor; it gets a new key with that."""
    before = request.session.session_key or ""
    request.session.cycle_key()
    request.session[_PROVED] = clock.now().isoformat()
    sittings.moved(before, request.session.session_key or "")


def meets(request: HttpRequest) -> Success | Failure:
    """Whether the session meets what the institution for which the person acts demands for her roles there."""
    demands = store.demands_in(request.user) if isinstance(request.user, store.SessionUser) else frozenset()
    if not demands:
        return Success()
    return proof.meets(actor_of(request).institution in demands, proved_at(request))


def may_sign(request: HttpRequest) -> Success | Failure:
    """Whether the person may sign, recognise or award with this session now (`proof.may_sign`)."""
    person = account_of(request)
    if person is None:
        return Failure(NotSignedIn())
    within = timedelta(minutes=settings.PROOF_MINUTES)
    return proof.may_sign(codes.ways(person), proved_at(request), at=clock.now(), within=within)


# ------------------------------------------------------------- staff access
def begin_staff(request: HttpRequest, access: UUID) -> None:
    """The session looks as staff from now on."""
    request.session[_STAFF] = str(access)


def end_staff(request: HttpRequest) -> None:
    """The session acts in the person's own roles again."""
    kept = request.session.pop(_STAFF, None)
    if kept:
        staff.end(UUID(kept))


def staff_access(request: HttpRequest) -> Access | None:
    """The staff access in which the session looks, read once for a request; it ends by itself."""
    kept = request.session.get(_STAFF)
    if not kept:
        return None
    person, known = person_of(request), getattr(request, "_ecvet_staff", None)
    found = known or (staff.running(UUID(kept), person) if person else None)
    if found is None:
        del request.session[_STAFF]
    request._ecvet_staff = found  # type: ignore[attr-defined]
    return found


# ------------------------------------------------------------- what is used once
def keep_once(request: HttpRequest, what: str, value: Any) -> None:
    """Keep a question (a challenge, a state) until its answer comes."""
    request.session[_ONCE + what] = {"value": value, "at": clock.now().isoformat()}


def take_once(request: HttpRequest, what: str, *, minutes: int = 5) -> Any:
    """What was kept, for the only time; None when it is not there or too old."""
    kept = request.session.pop(_ONCE + what, None)
    if not kept or clock.now() - datetime.fromisoformat(kept["at"]) > timedelta(minutes=minutes):
        return None
    return kept["value"]


def provider_of(request: HttpRequest) -> tuple[str, str] | None:
    """The provider by which the person came, and its ID token."""
    kept = request.session.get(_PROVIDER)
    return (kept[0], kept[1]) if kept else None
