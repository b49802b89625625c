"""Named readings of rules of combination: how what a source leaves open is understood.

No real system states its own semantics, so every verdict names the reading it was made under, and the same tree can be
read under two. `S1` is the default and the reference reading of the Finnish structures.
"""

from dataclasses import dataclass
from typing import Final

from ecvet.qualification.combination import Surplus


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The choices that a tree leaves open. Whatever a tree says explicitly goes before the reading.

    * `surplus`: points above a group's maximum are cut off (cap) or may not be there (forbid).
    * `minimum_compels`: a group with a minimum, or with something compulsory or alternatives in it, is compulsory
      inside a used parent.
    * `one_alternative`: of several alternatives exactly one is used when their parent has no minimum of its own;
      without it, at most one.
    * `slot_kinds`: an open slot takes only the kinds of credit it names.
    * `listed_in_slots`: a unit that is listed in the qualification may also be put into an open slot.
    """

    name: str
    surplus: Surplus = Surplus.CAP
    minimum_compels: bool = True
    one_alternative: bool = True
    slot_kinds: bool = False
    listed_in_slots: bool = False


S1: Final = Reading(name="S1")
STRICT: Final = Reading(name="strict", surplus=Surplus.FORBID, slot_kinds=True)
READINGS: Final = {reading.name: reading for reading in (S1, STRICT)}
