"""What differs between two versions of an agreement, field by field, for reading them side by side (R-LA-12)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Final, TypeAlias

from ecvet.mobility.agreement import AgreedUnit, LearningAgreement, Party

_Item: TypeAlias = Party | AgreedUnit
_BY_NAME: Final = frozenset({"units", "parties"})
_ABOUT_THE_CHANGE: Final = frozenset({"amendment"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that differs. `of` names the unit (its identifier) or the party (its role), empty for the agreement.

    `old` and `new` are the values themselves, None where there is none: a unit or party that was added or left out is
    one change of the field “unit” or “party”.
    """

    field: str
    of: str = ""
    old: object = None
    new: object = None


def difference(old: LearningAgreement, new: LearningAgreement) -> tuple[Change, ...]:
    """All changes from one version to another, in the order of the fields; empty when they say the same.

    Why it is changed is said beside the changes and is none of them.
    """
    return (
        *_listed("party", _parties(old), _parties(new)),
        *_listed("unit", {str(one.unit): one for one in old.units}, {str(one.unit): one for one in new.units}),
        *_fields(old, new, "", _BY_NAME | _ABOUT_THE_CHANGE),
    )


def _parties(agreement: LearningAgreement) -> dict[str, Party]:
    """By role; a second guardian is told from the first by number."""
    named: dict[str, Party] = {}
    for party in agreement.parties:
        count = len([one for one in named.values() if one.role == party.role])
        named[f"{party.role} {count + 1}" if count else str(party.role)] = party
    return named


def _listed(kind: str, old: Mapping[str, _Item], new: Mapping[str, _Item]) -> Iterator[Change]:
    for name in sorted(old.keys() | new.keys()):
        was, is_ = old.get(name), new.get(name)
        if was is None or is_ is None:
            yield Change(field=kind, of=name, old=was, new=is_)
        else:
            yield from _fields(was, is_, name, frozenset())


def _fields(old: LearningAgreement | _Item, new: object, of: str, without: frozenset[str]) -> Iterator[Change]:
    for field in fields(old):
        was, is_ = getattr(old, field.name), getattr(new, field.name)
        if field.name not in without and was != is_:
            yield Change(field=field.name, of=of, old=was, new=is_)
