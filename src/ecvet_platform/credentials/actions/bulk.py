"""Issue the credentials of many decisions: looked through first, then step by step, going on where it stopped.

A run remembers the last decision that it looked at. Each step is one transaction, so a run that is killed loses and
doubles nothing; a page, a program or the command `issue_batches` takes the next one. A decision that cannot be issued
is noted with its reason and stops nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from ecvet.errors import EcvetError
from ecvet.saying import say
from ecvet.terms import Identifier, LangString, require
from ecvet_platform.credentials.actions import issue
from ecvet_platform.credentials.actions.issue import ISSUERS
from ecvet_platform.credentials.actions.keys import key_of
from ecvet_platform.credentials.actions.losses import Lost, losses
from ecvet_platform.credentials.errors import BatchUnknown, NothingIsDue, NotInEffect
from ecvet_platform.credentials.store import batches as store
from ecvet_platform.credentials.store import credentials
from ecvet_platform.credentials.store.batches import Batch as Batch
from ecvet_platform.credentials.store.batches import Refused as Refused
from ecvet_platform.credentials.store.batches import Selection as Selection
from ecvet_platform.credit.store import facts
from ecvet_platform.credit.store.facts import Fact
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people import store as accounts
from ecvet_platform.people.roles import Actor, has_one_of
from ecvet_platform.qualifications import actions as qualifications

KINDS: Final = ("recognition", "award")
STEP: Final = 100
"""Decisions in one step: a page is answered within seconds."""

LOOKED: Final = 500
"""Decisions that are looked through beforehand; what is due beyond them is only counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run would do: how many are due, what could not be issued, and what each form would leave out.

    `looked` are the decisions that were looked through; reasons and losses are theirs.
    """

    due: int
    looked: int
    refused: tuple[Refused, ...]
    lost: tuple[tuple[Lost, int], ...]


def choices(*, actor: Actor) -> Mapping[Identifier, LangString]:
    """The qualifications about which the actor's institution decided."""
    own = _institution(actor)
    return qualifications.titles(frozenset(facts.qualifications_of(own, *KINDS)))


def plan(selection: Selection, *, actor: Actor) -> Plan:
    """Look through what is due; nothing is written. Raises `NotYourRole`."""
    own = _institution(actor)
    by = institutions.institution(own)
    due, refused, lost = 0, list[Refused](), Counter[Lost]()
    for _, fact in _due(own, selection):
        due += 1
        if due > LOOKED:
            continue
        try:
            lost.update(losses(issue.drafted(fact), by))
        except NotInEffect:  # a refusal, or a decision that another has replaced: nothing is due
            due -= 1
        except EcvetError as error:
            refused.append(Refused(fact.address, error.code, str(error)))
    return Plan(due=due, looked=min(due, LOOKED), refused=tuple(refused), lost=_together(lost))


@transaction.atomic
def begin(selection: Selection, *, actor: Actor) -> Batch:
    """Begin a run. Raises `NotYourRole`, `NothingIsDue`."""
    own = _institution(actor)
    first = (fact for _, (_, fact) in zip(range(LOOKED), _due(own, selection), strict=False))
    if not any(issue.still_stands(fact.address) for fact in first):
        raise NothingIsDue()
    made = store.begin(own, actor.person, actor.name, selection, clock.now())
    journal.write("credential.begin-batch", by=actor, subject=own, detail={"batch": str(made.id)})
    return made


def batch(key: UUID, *, actor: Actor) -> Batch:
    """A run of the actor's institution. Raises `NotYourRole`, `BatchUnknown`."""
    found = store.one(key)
    if found is None or found.institution != _institution(actor):
        raise BatchUnknown(name=key)
    return found


def batches(*, actor: Actor) -> tuple[Batch, ...]:
    """The runs of the actor's institution, the latest first. Raises `NotYourRole`."""
    return store.of_institution(_institution(actor))


def step(key: UUID, *, actor: Actor) -> Batch:
    """The next step of a run. Raises `NotYourRole`, `BatchUnknown`, `KeyUnusable`."""
    batch(key, actor=actor)
    return _step(key, actor)


def work(key: UUID) -> Batch:
    """The next step of a run, for whoever began it and still issues for the institution; else the run ends.

    For the command; raises `BatchUnknown`, `KeyUnusable`.
    """
    found = store.one(key)
    if found is None:
        raise BatchUnknown(name=key)
    actor = Actor(person=found.person, name=found.name, institution=found.institution, roles=frozenset(ISSUERS))
    if found.person not in {one.identifier for one in accounts.members(found.institution, *ISSUERS)}:
        store.note(found, after=found.after, issued=0, refused=(), done=True)
        return store.one(key) or found
    return _step(key, actor)


def unfinished() -> tuple[UUID, ...]:
    """The runs that are not done, the first one first."""
    return store.unfinished()


@transaction.atomic
def _step(key: UUID, actor: Actor) -> Batch:
    found = store.hold(key)
    if found is None:
        raise BatchUnknown(name=key)
    if found.done:
        return found
    signer = key_of(institutions.institution(found.institution), by=actor)
    after, issued, looked, refused = found.after, 0, 0, list[Refused]()
    due = _due(found.institution, found.selection, after)
    for number, fact in (one for one, _ in zip(due, range(STEP), strict=False)):
        try:
            with transaction.atomic():
                issue.made_of(fact, signer, actor=actor)
            issued += 1
        except NotInEffect:
            pass
        except EcvetError as error:
            refused.append(Refused(fact.address, error.code, str(error)))
        after, looked = number, looked + 1
    store.note(found, after=after, issued=issued, refused=tuple(refused), done=looked < STEP)
    return store.one(key) or found


def _due(institution: Identifier, selection: Selection, after: int = 0) -> Iterator[tuple[int, Fact]]:
    """The decisions of a selection that have no credential, in the order in which they were made."""
    pages = facts.pages_of_institution(
        institution, *((selection.kind,) if selection.kind else KINDS), qualification=selection.qualification,
        since=selection.since, until=selection.until, after=after,
    )  # fmt: skip
    for page in pages:
        issued = credentials.having(fact.address for _, fact in page)
        yield from ((number, fact) for number, fact in page if fact.address not in issued)


def _together(lost: "Counter[Lost]") -> tuple[tuple[Lost, int], ...]:
    """One line for each form and loss, with how many credentials it is of."""
    found = Counter[Lost]()
    for one, count in lost.items():
        for each in one.losses:
            found[Lost(form=one.form, losses=(each,))] += count
        if one.impossible:
            found[Lost(form=one.form, impossible=one.impossible)] += count
    return tuple(sorted(found.items(), key=lambda item: (item[0].form, -item[1])))


def _institution(actor: Actor) -> Identifier:
    require(has_one_of(actor, *ISSUERS))
    if actor.institution is None:
        raise BatchUnknown(name=say("no institution"))
    return actor.institution
