"""A person's calendar: the last days of what waits for her, and the stays in which she has a part (RFC 5545).

It names no learner, because calendars are kept by others: each entry says the kind of step and leads to its page.
"""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ecvet.exchange.icalendar import MEDIA, Day, write_calendar
from ecvet.mobility import State
from ecvet.terms import Identifier
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements
from ecvet_platform.notices.actions import choosing
from ecvet_platform.people import actions as people
from ecvet_platform.people import store as accounts
from ecvet_platform.people.doors import public
from ecvet_platform.people.language import speaking
from ecvet_platform.people.roles import Actor
from ecvet_platform.shell.dashboard import waiting_for
from ecvet_platform.shell.steps import STEPS

MOST: Final = 500
_OVER: Final = frozenset({State.CANCELLED.value, State.NO_SHOW.value})


@public
@never_cache
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a link, for programs that nobody signs in to. Raises `CalendarUnknown`."""
    return _answer(choosing.reader(secret))


def _answer(person: Identifier) -> HttpResponse:
    key = accounts.id_of(person)
    account = accounts.account(key) if key else None
    assert account is not None, "the link was found to lead to somebody"
    with speaking(account.language or settings.LANGUAGE_CODE):
        found = {one.uid: one for actor in _as_whom(account.id) for one in days(actor)}
        data = write_calendar(list(found.values())[:MOST], name=_("ecvet: what waits for me"), at=clock.now())
    answer = HttpResponse(data, content_type=MEDIA)
    answer["Content-Disposition"] = 'attachment; filename="ecvet.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def days(actor: Actor) -> Iterator[Day]:
    """What waits with a last day, and the stays that were not called off."""
    today = clock.today()
    for one in waiting_for(actor, today):
        if one.until is not None:
            yield Day(
                uid=f"{one.step or 'step'}-{one.address.strip('/').replace('/', '-')}@{_host()}", first=one.until,
                title=_("Last day: %(step)s") % {"step": STEPS[one.step].title if one.step in STEPS else one.kind},
                url=settings.SITE + one.address,
            )  # fmt: skip
    lines, _count = agreements.page(actor=actor, size=MOST)
    for line in lines:
        if line.in_force and line.stay not in _OVER:
            yield Day(
                uid=f"stay-{line.key}@{_host()}", first=line.starts, last=line.ends, busy=False,
                title=_("Stay abroad: %(title)s") % {"title": line.title},
                url=settings.SITE + reverse("mobility:agreement", kwargs={"key": line.key}),
            )  # fmt: skip


def _as_whom(person: UUID) -> tuple[Actor, ...]:
    """The person as she acts for each of her institutions, or for herself alone."""
    return tuple(people.actor(person, one) for one in people.institutions(person) or (None,))


def _host() -> str:
    return str(settings.SITE).partition("://")[2].partition(":")[0].partition("/")[0]
