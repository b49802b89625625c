"""Learners made up over real rules, by a seed: some who hold enough, some who lack something, some who hold too much.

Nothing here asks the engine. A learner walks down the tree, takes what is compulsory and some of the rest until the
minima of each group are met, and fills open slots with other credit; then, for a part of them, something is taken away,
added or made smaller.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from ecvet.credit.accumulation import Held
from ecvet.exchange import read_qualification
from ecvet.qualification.combination import Group, OpenSlot, UnitPlace
from ecvet.qualification.qualification import Qualification

CORPUS = Path(os.environ.get("ECVET_CORPUS", Path(__file__).parent.parent.parent / "shared" / "data"))


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner of the benchmark: towards what, holding what, and the verdict where it is known beforehand."""

    towards: Qualification
    held: Held
    expected: bool | None = None


def exact(number: Any) -> Decimal:
    """A JSON number as points."""
    return Decimal(str(number)).normalize() + 0


def open_cases() -> list[Learner]:
    """The learner cases of the corpus, with their expected verdicts; none without the corpus."""
    file = CORPUS / "register" / "learner-cases.json"
    if not file.is_file():
        return []
    known: dict[tuple[str, str], Qualification] = {}
    found = []
    for case in json.loads(file.read_text())["cases"]:
        key = (case["qualification_file"], case["suoritustapa"])
        if key not in known:
            source = CORPUS / "register" / "qualifications" / key[0]
            known[key] = read_qualification(source.read_bytes(), key[0], key[1])[0]
        units = {code: exact(points) for code, points in case["units"].items()}
        held = Held.of(units, map(exact, case["other_units_points"]))
        found.append(Learner(known[key], held, case["expected"]["complete"]))
    return found


def own_qualifications() -> list[Qualification]:
    """What the benchmark runs over without the corpus: the examples of the project."""
    from ecvet.examples import names, qualification

    return [qualification(name)[0] for name in names()]


def made_up(towards: list[Qualification], number: int, seed: int = 2009) -> Iterator[Learner]:
    """So many different learners, over the qualifications in turn."""
    chance, seen = Random(seed), set[tuple[int, Held]]()
    for n in range(number):
        qualification = towards[n % len(towards)]
        held = _one(qualification, chance)
        for _ in range(20):
            if (id(qualification), held) not in seen:
                break
            held = _one(qualification, chance)
        seen.add((id(qualification), held))
        yield Learner(qualification, held)


def _one(qualification: Qualification, chance: Random) -> Held:
    sizes = {link.code: (link.points.value, (link.most or link.points).value)
             for link in qualification.units if link.points}  # fmt: skip
    units: dict[str, Decimal] = {}
    other: list[Decimal] = []
    _walk(qualification.rules.root, sizes, units, other, chance)
    for _ in range(chance.choice((0, 0, 0, 1, 2, 4))):  # more than is needed
        code = chance.choice(list(sizes) or [""])
        if code and code not in units:
            units[code] = sizes[code][0]
    if other or chance.random() < 0.5:
        other += [Decimal(chance.choice((1, 2, 3, 5, 10))) for _ in range(chance.choice((0, 0, 1, 3)))]
    lost = chance.choice((0, 0, 0, 0, 0, 1, 1, 2, 4))
    for _ in range(min(lost, len(units))):
        units.pop(chance.choice(list(units)))
    if other and chance.random() < 0.25:
        other.pop(chance.randrange(len(other)))
    if units and chance.random() < 0.1:  # a unit with other points than the qualification's
        code = chance.choice(list(units))
        if sizes.get(code, (0, 0))[0] == sizes.get(code, (0, 0))[1] and units[code] > 2:
            units[code] -= 1
    order = list(units.items())
    chance.shuffle(order)
    chance.shuffle(other)
    return Held.of(dict(order), other)


def _walk(group: Group, sizes: dict[str, tuple[Decimal, Decimal]], units: dict[str, Decimal],
          other: list[Decimal], chance: Random) -> Decimal:  # fmt: skip
    """Take from a group until its minima are met; the points taken."""
    children = list(group.children)
    chance.shuffle(children)
    choosing = [one for one in children if isinstance(one, Group) and one.role.chooses]
    children = [one for one in children if one not in choosing]
    children.sort(key=lambda one: (not one.compulsory, not isinstance(one, Group), chance.random()))
    if choosing:
        children.insert(0, chance.choice(choosing))
    least = (group.points.minimum if group.points else None) or Decimal(0)
    fewest = max(int((window.minimum if window else None) or 0) for window in (group.count, group.units))
    points, taken = Decimal(0), 0
    for child in children:
        needed = points < least or taken < fewest
        compels = child.compulsory or (isinstance(child, Group) and (child in choosing or _asks(child)))
        if not (compels or needed or (not least and not fewest and chance.random() < 0.4)):
            continue
        if isinstance(child, Group):
            points += _walk(child, sizes, units, other, chance)
        elif isinstance(child, UnitPlace):
            if child.unit in units:
                continue
            low, high = sizes.get(child.unit, (Decimal(0), Decimal(0)))
            units[child.unit] = high if chance.random() < 0.7 else low
            points += units[child.unit]
        elif isinstance(child, OpenSlot):
            most = child.points.maximum if child.points else None
            want = max(least - points, (child.points.minimum if child.points else None) or Decimal(0), Decimal(1))
            want = want if most is None else min(want, most)
            for piece in _split(want, chance):
                other.append(piece)
                points += piece
        taken += 1
    return points


def _asks(group: Group) -> bool:
    return any(window and window.minimum for window in (group.points, group.count, group.units)) or any(
        child.compulsory or (isinstance(child, Group) and _asks(child)) for child in group.children
    )


def _split(points: Decimal, chance: Random) -> list[Decimal]:
    """Points in one to three pieces."""
    found = []
    while points > 0:
        piece = points if len(found) == 2 or chance.random() < 0.5 else min(points, Decimal(chance.choice((3, 5, 10))))
        found.append(piece)
        points -= piece
    return found
