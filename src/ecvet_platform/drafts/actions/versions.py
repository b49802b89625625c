"""What a draft changes against the published version that it replaces."""

from ecvet.qualification import Qualification, Unit
from ecvet.qualification.differences import Difference, differences
from ecvet.terms import Identifier
from ecvet_platform.drafts.actions import dividing
from ecvet_platform.drafts.store import Kept
from ecvet_platform.qualifications import actions as qualifications

Changes = tuple[Qualification, tuple[Difference, ...], dict[Identifier, Unit]]


def changes(kept: Kept) -> Changes | None:
    """The version that the draft replaces, what differs, and the units of both; None where it replaces nothing."""
    item = kept.draft.qualification
    before = qualifications.find(item.replaces) if item.replaces else None
    if before is None:
        return None
    old = {one.value.id: one.value for one in qualifications.units_of(before.value.id)}
    new = dividing.units_of(kept.draft)
    return before.value, differences(before.value, item, old, new), old | new
