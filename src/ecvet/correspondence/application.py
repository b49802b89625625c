"""When a decided equivalence may be applied: on its days, in its direction, in one step (R-UNIT-12).

Two equivalences in a row are not a third: what connects A with B and B with C was decided for other reasons by other
bodies, so A for C needs a decision of its own. The same version needs no equivalence at all.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from ecvet.correspondence.equivalence import Equivalence
from ecvet.correspondence.errors import NoEquivalence
from ecvet.saying import Said, say
from ecvet.terms import Failure, Identifier, Success


def applicable(equivalences: Iterable[Equivalence], held: frozenset[Identifier], on: date) -> tuple[Equivalence, ...]:
    """The equivalences that hold on that day and whose units are all held, in the order given."""
    return tuple(one for one in equivalences if on in one.valid and one.from_ <= held)


def counts_for(
    held: frozenset[Identifier], wanted: Identifier, equivalences: Iterable[Equivalence], on: date
) -> Success | Failure:
    """Whether the unit versions held count for the version wanted on the day the credit is used (R-UNIT-12).

    The relation “replaces” between two versions says nothing here: only an explicit equivalence does.
    """
    if wanted in held:
        return Success()
    known = tuple(equivalences)
    if any(wanted in one.to for one in applicable(known, held, on)):
        return Success()
    names = tuple(sorted(held)) or say("nothing")
    return Failure(NoEquivalence(held=names, wanted=wanted, on=on, why=next(_reasons(held, wanted, known, on))))


def _reasons(
    held: frozenset[Identifier], wanted: Identifier, known: tuple[Equivalence, ...], on: date
) -> Iterator[Said]:
    for one in known:
        if wanted in one.to and one.from_ <= held:
            yield say("the equivalence holds {period}", period=one.valid)
    for one in known:
        if wanted in one.to and on in one.valid and one.from_ & held:
            yield say("the equivalence also needs {units}", units=one.from_ - held)
    if any(wanted in one.from_ and one.to & held for one in known):
        yield say("the equivalence holds in the other direction only")
    reached = frozenset(unit for one in applicable(known, held, on) for unit in one.to)
    if any(wanted in one.to for one in applicable(known, held | reached, on)):
        yield say("two equivalences in a row are not one")
    yield say("no equivalence was decided")
