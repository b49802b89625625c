"""What a person's work waits for elsewhere: who acts next, with which step, and by which day. Beside `dashboard`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecvet_platform.credit.actions import looking
from ecvet_platform.credit.actions.sides import Party
from ecvet_platform.credit.words import VERBS
from ecvet_platform.dossier.actions import contents, erasing
from ecvet_platform.institutions.actions import memoranda, register
from ecvet_platform.mobility.actions import agreements, learners
from ecvet_platform.mobility.words import ROLES
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.naming import key_of

MOST: Final = 20
"""How many lines the start page shows; the lists have them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """One line: what it is, its page, who acts next with which step, and by which day, where there is one."""

    title: str
    address: str
    who: str
    step: str
    until: date | None = None


Provider = Callable[[Actor], Iterable[UnderWay]]


def signatures(actor: Actor) -> Iterator[UnderWay]:
    """Agreements that others have still to sign."""
    found = agreements.unsigned(actor)
    parties = {party for _line, missing in found for _role, party in missing}
    called = learners.names({line.learner for line, _missing in found} | parties)
    where, people = register.names(parties), learners.people_named(parties)
    for line, missing in found:
        for role, party in missing:
            who = called.get(party) or people.get(party) or where[party]
            yield UnderWay(
                title=_("Learning agreement of %(name)s") % {"name": called.get(line.learner, line.learner)},
                address=reverse("mobility:agreement", kwargs={"key": line.key}), who=f"{who} ({ROLES[role]})",
                step=_("Sign"), until=line.respond_by or line.starts,
            )  # fmt: skip


def answers(actor: Actor) -> Iterator[UnderWay]:
    """Memoranda that other institutions have still to answer."""
    found = memoranda.unsigned(actor)
    names = register.names(who for _thread, who, _until in found)
    for thread, who, until in found:
        address = reverse("institutions:memorandum", kwargs={"key": key_of(thread)})
        yield UnderWay(
            title=_("Memorandum of understanding"), address=address, who=names[who], step=_("Sign"), until=until
        )


def decisions(actor: Actor) -> Iterator[UnderWay]:
    """Units that others have to assess, hand over, validate or recognise."""
    for line, ahead in looking.elsewhere(actor=actor):
        unit = line.unit.in_(get_language() or "en", "en")
        yield UnderWay(
            title=f"{unit}, {line.learner}", address=reverse("credit:case", kwargs={"key": line.case.id}),
            who=line.learner if ahead.party is Party.LEARNER else line.institutions[ahead.institution],
            step=str(VERBS.get(ahead.verb, ahead.verb)), until=ahead.until,
        )  # fmt: skip


def erasures(actor: Actor) -> Iterator[UnderWay]:
    """Requests for erasure that the home institution has to answer."""
    for one in contents.mine(actor):
        for asked in erasing.of_learner(one.id, actor=actor):
            if asked.answer is erasing.Answer.OPEN:
                yield UnderWay(
                    title=_("Your request for erasure"), address=reverse("dossier:record", kwargs={"key": one.key}),
                    who=register.names((asked.home,))[asked.home], step=_("Answer"), until=asked.due,
                )  # fmt: skip


PROVIDERS: Final[tuple[Provider, ...]] = (answers, signatures, decisions, erasures)


def under_way(actor: Actor) -> tuple[UnderWay, ...]:
    """What waits for others, what has a day first, the earliest first; a page shows the first `MOST` of it."""
    found = [one for provider in PROVIDERS for one in provider(actor)]
    return tuple(sorted(found, key=lambda one: (one.until is None, one.until or date.max)))
