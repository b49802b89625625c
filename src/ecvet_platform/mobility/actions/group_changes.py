"""A new text for a whole group: a new version for each learner, made from it, with what deviates for one kept."""

from collections.abc import Mapping

from django.db import transaction

from ecvet.mobility import LearningAgreement, can_follow, carried_over, difference
from ecvet.mobility.errors import NothingChanges
from ecvet.record import Address, Recorded, record
from ecvet.terms import Identifier, require
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import agreements, groups, proposing, together
from ecvet_platform.mobility.actions.groups import Seen
from ecvet_platform.mobility.errors import GroupUnknown
from ecvet_platform.people.roles import Actor, has_one_of


def followers(seen: Seen) -> Mapping[Identifier, Address]:
    """The threads that a new text can still be put to, each with its latest version."""
    return {one.thread: seen.lines[one.thread].head for one in seen.group.members if can_follow(one)}


def drafts(seen: Seen, text: Recorded[LearningAgreement]) -> Mapping[Identifier, LearningAgreement]:
    """The new version of each agreement that can follow, by thread."""
    return {
        one.thread: carried_over(
            seen.group.text, text, one.agreement, guardian=proposing.guardian_still(one.agreement)
        )
        for one in seen.group.members if can_follow(one)
    }  # fmt: skip


@transaction.atomic
def change(
    text: Address, draft: LearningAgreement, heads: Mapping[Identifier, Address], *, actor: Actor
) -> Address:  # fmt: skip
    """Put a new common text to everybody of the threads in `heads`, each with the latest version that was seen.

    The address of the new text, which is the group's name from now on; who is left out keeps the text before. Raises
    `NotYourRole`, `GroupUnknown`, `NothingChanges`, `VersionDoesNotFollow` when another text came meanwhile, and
    `NotForAll` with what `proposing.change` raises for each learner; then nothing is proposed.
    """
    require(has_one_of(actor, *agreements.SIGNERS))
    seen = groups.group(text, actor=actor)
    if strangers := [one for one in heads if one not in seen.lines]:
        raise GroupUnknown(name=strangers[0])
    if not difference(seen.common, draft):
        raise NothingChanges()
    by, before = agreements.institution(actor), records.record(text)
    kept = record(draft, thread=before.thread, author=by, at=clock.now(), prev=before)
    common = Recorded(draft, records.keep(kept))
    register.issue(common.address, by)
    journal.write("agreement.group", by=actor, subject=kept.thread, record=common.address)
    made = drafts(seen, common)

    def step(one: Identifier) -> Address:
        new = made.get(one) or carried_over(seen.group.text, common, _own(seen, one), guardian=None)
        return proposing.change(one, new, base=seen.versions[one], actor=actor, newest=heads[one])

    together.for_each(heads, step, called=lambda: {one: seen.lines[one].called for one in heads})
    return common.address


def newer(text: Address, *, actor: Actor) -> Address | None:
    """The text that has taken the place of one whose learners have all gone on to it; None where there is none."""
    for later in reversed(records.history(records.record(text).thread)):
        if later.address == text:
            return None
        try:
            groups.group(later.address, actor=actor)
        except GroupUnknown:
            continue
        return later.address
    return None


def _own(seen: Seen, thread: Identifier) -> LearningAgreement:
    return next(one.agreement for one in seen.group.members if one.thread == thread)
