"""Keeping drafts: begun, changed part by part, discarded, published.

Who changes a part says which version of it was seen. Where somebody else has saved another one meanwhile, nothing is
written and both are shown; people who change different parts do not disturb each other.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from ecvet.qualification import Description, Qualification
from ecvet.qualification.editing import identified
from ecvet.record import Recorded, canonical, plain
from ecvet.record.canonical import address_of
from ecvet.terms import Identifier, require
from ecvet_platform.drafts import store
from ecvet_platform.drafts.errors import ChangedMeanwhile, DraftUnknown
from ecvet_platform.drafts.store import Kept as Kept
from ecvet_platform.drafts.store import Line as Line
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import Actor, has_one_of
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.actions import PUBLISHERS, Draft

Edit = Callable[[Draft], Draft]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a draft that is changed as one: its name, and how to find it; None where it is not there."""

    name: str
    of: Callable[[Draft], object | None]


WHOLE = Part("the whole", lambda draft: draft)


def mark(item: object) -> str:
    """What tells one version of a part from another: the hash of its content, “gone” for what is not there."""
    return "gone" if item is None else address_of(canonical(plain(item))).rpartition(":")[2][:32]


@transaction.atomic
def begin(draft: Draft, *, actor: Actor) -> Kept:
    """Keep a new draft. Raises `NotYourRole`, `NotYoursToPublish` for who could never publish it."""
    qualifications.look(draft, actor=actor)
    assert actor.institution is not None
    made = Kept(key=chance.uuid7(), draft=_ready(draft), writer=actor.institution, changed=clock.now(), by=actor.name)
    store.keep(made)
    journal.write("draft.begin", by=actor, subject=Identifier(made.key.urn))
    return made


def draft(key: UUID, *, actor: Actor, to_change: bool = False) -> Kept:
    """A draft that the actor may write. Raises `NotYourRole`, `DraftUnknown`."""
    require(has_one_of(actor, *PUBLISHERS))
    found = store.draft(key, to_change=to_change)
    if found is None or actor.institution not in (found.writer, found.draft.qualification.institution):
        raise DraftUnknown()
    return found


def lines(*, actor: Actor) -> tuple[Line, ...]:
    """The drafts of the institution for which somebody acts, the last changed first. Raises `NotYourRole`."""
    require(has_one_of(actor, *PUBLISHERS))
    return store.lines(actor.institution) if actor.institution else ()


@transaction.atomic
def change(key: UUID, part: Part, seen: str | None, edit: Edit, *, actor: Actor) -> Kept:
    """Change a part of a draft; `seen` is the mark of the version that was seen, None for what cannot get lost.

    Raises `NotYourRole`, `DraftUnknown`, `ChangedMeanwhile`, and what the edit raises.
    """
    before = draft(key, actor=actor, to_change=True)
    if seen is not None and mark(part.of(before.draft)) != seen:
        raise ChangedMeanwhile(by=before.by)
    new = _ready(edit(before.draft))
    if new == before.draft:
        return before
    qualifications.look_who(new, actor=actor)
    after = replace(before, draft=new, changed=clock.now(), by=actor.name)
    store.keep(after)
    journal.write("draft.change", by=actor, subject=Identifier(key.urn), detail={"part": part.name})
    return after


@transaction.atomic
def discard(key: UUID, seen: str, *, actor: Actor) -> None:
    """Throw a draft away as it was seen. Raises `NotYourRole`, `DraftUnknown`, `ChangedMeanwhile`."""
    before = draft(key, actor=actor, to_change=True)
    if mark(before.draft) != seen:
        raise ChangedMeanwhile(by=before.by)
    store.drop(key)
    journal.write("draft.discard", by=actor, subject=Identifier(key.urn))


def look(kept: Kept, *, actor: Actor) -> Description:
    """What was found in a draft, and whether it may be published."""
    return qualifications.look(kept.draft, actor=actor)


@transaction.atomic
def publish(key: UUID, seen: str, *, actor: Actor) -> Recorded[Qualification]:
    """Publish a draft as it was seen; then it is no draft any more.

    Raises `NotYourRole`, `DraftUnknown`, `ChangedMeanwhile`, and what `qualifications.publish` raises.
    """
    before = draft(key, actor=actor, to_change=True)
    if mark(before.draft) != seen:
        raise ChangedMeanwhile(by=before.by)
    published = qualifications.publish(before.draft, actor=actor)
    store.drop(key)
    journal.write("draft.publish", by=actor, subject=Identifier(key.urn), record=published.address)
    return published


def _ready(item: Draft) -> Draft:
    """The draft with an id at every place of its rules, by which pages and findings name them."""
    rules = item.qualification.rules
    named = replace(item.qualification, rules=replace(rules, root=identified(rules.root)))
    return replace(item, qualification=named)
