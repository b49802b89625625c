"""A new common text for a whole group: what it says for each learner, whose deviations stay (R-LA-8, R-LA-12).

Three texts are laid beside each other: the common text before, the new one, and a learner's own agreement. Where the
learner's differs from the one before, it was agreed for this learner and stays; everything else follows the new text.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from ecvet.mobility.agreement import AgreedUnit, LearningAgreement, Party, Role
from ecvet.mobility.group import Member
from ecvet.mobility.lifecycle import State
from ecvet.record import Recorded
from ecvet.terms import Identifier

_PERSONAL: Final = frozenset({Role.LEARNER, Role.GUARDIAN})
_APART: Final = frozenset({"parties", "units", "group", "amendment", "progress"})
_TOGETHER: Final = frozenset({"outcomes", "part"})
_OVER: Final = frozenset({State.ENDED, State.CLOSED, State.CANCELLED, State.NO_SHOW})


def can_follow(member: Member) -> bool:
    """Whether a learner's agreement can still be changed: something is proposed or in force, and the stay not over."""
    return (member.proposed or member.in_force) and member.stay not in _OVER


def carried_over(
    before: Recorded[LearningAgreement], text: Recorded[LearningAgreement], own: LearningAgreement, *,
    guardian: Identifier | None,
) -> LearningAgreement:  # fmt: skip
    """The new common text for one learner; `own` is the agreement made from the text before, with its deviations.

    `guardian` is who signs for the learner too, None once the learner is of age (R-LA-9).
    """
    was, new = before.value, text.value
    persons = [one for one in own.parties if one.role is Role.LEARNER]
    if guardian is not None:
        persons.append(Party(role=Role.GUARDIAN, id=guardian))
    merged: LearningAgreement = _merged(own, was, new, _APART)
    return replace(
        merged, parties=(*_parties(own, was, new), *persons), units=tuple(_units(own, was, new)),
        group=text.address, amendment=new.amendment, progress=own.progress or new.progress,
    )  # fmt: skip


def _merged(own: Any, was: Any, new: Any, apart: frozenset[str] = frozenset()) -> Any:
    """The new value with those members of the learner's own that differ from the one before; plans go member-wise."""
    kept = {}
    for field in fields(new):
        mine, old, now = (getattr(one, field.name) for one in (own, was, new))
        if field.name in apart or mine == old:
            continue
        deep = field.name == "assessment" and is_dataclass(now)
        kept[field.name] = _merged(mine, old, now) if deep else mine
    return replace(new, **kept)


def _units(own: LearningAgreement, was: LearningAgreement, new: LearningAgreement) -> Iterator[AgreedUnit]:
    """The new units, without those that the learner alone had left out; then those that only the learner has."""
    for one in new.units:
        mine, old = own.unit(one.unit), was.unit(one.unit)
        if mine is not None and old is not None:
            yield _unit(mine, old, one)
        elif mine is not None or old is None:
            yield mine or one
    for one in own.units:
        if new.unit(one.unit) is None and one != was.unit(one.unit):
            yield one


def _unit(own: AgreedUnit, was: AgreedUnit, new: AgreedUnit) -> AgreedUnit:
    """Which outcomes and whether they are only a part belong together."""
    if own.outcomes == was.outcomes:
        made: AgreedUnit = _merged(own, was, new, _TOGETHER)
        return made
    made = _merged(own, was, new)
    return replace(made, outcomes=own.outcomes, part=own.part)


def _parties(own: LearningAgreement, was: LearningAgreement, new: LearningAgreement) -> Iterator[Party]:
    for role in Role:
        if role in _PERSONAL:
            continue
        mine, old = own.party(role), was.party(role)
        wanted = mine if mine != old else new.party(role)
        source = own if mine != old else new
        yield from (one for one in source.parties if one.role is role and one.id == wanted)
