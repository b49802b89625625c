"""The engine against a second encoding of S1, on learners mutated from real ones and real rules as they are published.

The encoding is written from the six sentences of the definition alone. It reads the published file by itself, so that
an error in the reader of the format would show as well. `ECVET_LEARNERS` says how many learners are invented.
"""

import json
import os
import random  # noqa: TID251 - with a fixed seed
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ortools.sat.python import cp_model

from ecvet.credit.accumulation import Held, accumulate
from ecvet.exchange import read_qualification
from ecvet.qualification.qualification import Qualification

LEARNERS = int(os.environ.get("ECVET_LEARNERS") or ("200" if os.environ.get("ECVET_THOROUGH") else "20"))
ALTERNATIVES = ("osaamisala", "tutkintonimike")
PLAIN = ("määritelty", "vieras", None)
Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rules:
    """One path of a published file: its tree, and code and points of each unit by reference."""

    root: Tree
    codes: dict[str, str]
    sizes: dict[str, int | None]
    counts_points: bool


@dataclass(frozen=True, slots=True)
class Learner:
    """Points by code of unit, and the points of other credit."""

    units: dict[str, int]
    other: list[int]


@dataclass(frozen=True, slots=True)
class Here:
    """A node of the tree in the model: whether it is used, and its counted points."""

    used: Any
    counted: Any


class Encoding:
    """The question whether the root can be used, with or without more units and credit."""

    def __init__(self, rules: Rules, learner: Learner, *, more: bool):
        self.rules, self.learner, self.more = rules, learner, more
        self.model: Any = cp_model.CpModel()
        self.places: dict[str, list[Any]] = {}
        self.pieces: list[list[Any]] = [[] for _ in learner.other]
        self.added: list[Any] = []
        self.root = self.group(rules.root)
        for places in self.places.values():  # sentence 1: in at most one place
            self.model.add(sum(places) <= 1)
        for slots in self.pieces:
            self.model.add(sum(slots) <= 1)
        self.model.add(self.root.used == 1)  # sentence 6

    def optimum(self) -> int | None:
        """The most counted points, or with `more` the fewest to be added; None where there is no way."""
        if self.more:
            self.model.minimize(sum(self.added))
        else:
            self.model.maximize(self.root.counted)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(self.model)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        return int(solver.objective_value) if status == cp_model.OPTIMAL else None

    def node(self, node: Tree) -> Here:
        if "_tutkinnonOsaViite" in node:
            return self.unit(node)
        return self.group(node) if node.get("osat") else self.slot(node)

    def unit(self, node: Tree) -> Here:
        code = self.rules.codes[str(node["_tutkinnonOsaViite"])]
        used = self.model.new_bool_var("")
        points = self.learner.units.get(code)
        if points is None and self.more:
            points = self.rules.sizes[code] or 0
            self.added.append(points * used)
        elif points is None:
            self.model.add(used == 0)
        self.places.setdefault(code, []).append(used)
        return Here(used, (points or 0) * used)

    def slot(self, node: Tree) -> Here:  # sentence 5
        put = [self.model.new_bool_var("") for _ in self.learner.other]
        for piece, here in zip(self.pieces, put, strict=True):
            piece.append(here)
        filled, total = list(put), sum(points * here for points, here in zip(self.learner.other, put, strict=True))
        if self.more:
            steps = self.model.new_int_var(0, 400, "")
            some = self.model.new_bool_var("")
            self.model.add(steps >= 1).only_enforce_if(some)
            self.model.add(steps == 0).only_enforce_if(some.negated())
            filled.append(some)
            total = total + steps
            self.added.append(steps)
        return self.bounded(node, self.any_of(filled), total, None)

    def group(self, node: Tree) -> Here:
        below = [(child, self.node(child)) for child in node["osat"]]
        used = self.any_of([here.used for _, here in below])
        for child, here in below:  # sentence 3
            if compulsory(child):
                self.model.add(here.used == 1).only_enforce_if(used)
        for role in ALTERNATIVES:  # sentence 4
            ways = [here.used for child, here in below if "osat" in child and child.get("rooli") == role]
            self.model.add(sum(ways) <= 1)
            if ways and not has_minimum(node):
                self.model.add(sum(ways) == 1).only_enforce_if(used)
        return self.bounded(node, used, sum(here.counted for _, here in below), sum(here.used for _, here in below))

    def bounded(self, node: Tree, used: Any, total: Any, children: Any) -> Here:  # sentence 2
        points, count = bounds(node, "laajuus"), bounds(node, "koko")
        counted = self.model.new_int_var(0, 10_000, "")
        if points[1] is None:
            self.model.add(counted == total)
        else:
            whole = self.model.new_int_var(0, 100_000, "")
            self.model.add(whole == total)
            self.model.add_min_equality(counted, [whole, points[1]])
        if points[0] is not None:
            self.model.add(counted >= points[0]).only_enforce_if(used)
        if children is not None and count[0] is not None:
            self.model.add(children >= count[0]).only_enforce_if(used)
        if children is not None and count[1] is not None:
            self.model.add(children <= count[1]).only_enforce_if(used)
        return Here(used, counted)

    def any_of(self, some: list[Any]) -> Any:
        used = self.model.new_bool_var("")
        self.model.add_max_equality(used, [*some, self.model.new_constant(0)])
        return used


def bounds(node: Tree, name: str) -> tuple[int | None, int | None]:
    window = (node.get("muodostumisSaanto") or {}).get(name) or {}
    return whole(window.get("minimi")), whole(window.get("maksimi"))


def whole(number: float | None) -> int | None:
    assert number is None or number == int(number)
    return None if number is None else int(number)


def has_minimum(node: Tree) -> bool:
    return bool(bounds(node, "laajuus")[0] or bounds(node, "koko")[0])


def compulsory(node: Tree) -> bool:
    if "_tutkinnonOsaViite" in node:
        return bool(node.get("pakollinen"))
    if node.get("rooli") not in PLAIN:
        return False
    return has_minimum(node) or any(
        compulsory(child) or child.get("rooli") in ALTERNATIVES for child in node.get("osat") or ()
    )


@cache
def published(file: Path, path: str) -> tuple[Rules, Qualification]:
    data = file.read_bytes()
    tree = json.loads(data)
    way = next(one for one in tree["suoritustavat"] if one["suoritustapakoodi"] == path)
    named = {str(unit["id"]): unit["koodiArvo"] for unit in tree["tutkinnonOsat"]}
    codes = {str(link["id"]): named[str(link["_tutkinnonOsa"])] for link in way["tutkinnonOsaViitteet"]}
    sizes = {codes[str(link["id"])]: whole(link.get("laajuus")) for link in way["tutkinnonOsaViitteet"]}
    rules = Rules(way["rakenne"], codes, sizes, bounds(way["rakenne"], "laajuus")[0] is not None)
    return rules, read_qualification(data, file.name, path)[0]


def invented(cases: list[Any], number: int) -> Iterator[tuple[Any, Learner]]:
    """Learners beside the real edge: a unit less, another more, other points, more or less credit from outside."""
    chance = random.Random(2009)
    for _ in range(number):
        case = chance.choice(cases)
        units, other = {code: int(one) for code, one in case["units"].items()}, list(case["other_units_points"])
        sizes = published(case["file"], case["suoritustapa"])[0].sizes
        for _ in range(chance.randint(1, 4)):
            match chance.randrange(5):
                case 0 if units:
                    units.pop(chance.choice(sorted(units)))
                case 1:
                    code = chance.choice(sorted(sizes))
                    units[code] = sizes[code] or 0
                case 2 if units:
                    code = chance.choice(sorted(units))
                    units[code] = max(0, units[code] + chance.choice((-5, -1, 1, 5, 10)))
                case 3 if other:
                    other.pop(chance.randrange(len(other)))
                case _:
                    other.append(chance.randint(0, 20))
        yield case, Learner(units, [int(one) for one in other])


@pytest.mark.rule("R-COMP-5", "R-COMP-6", "R-COMP-8", "R-COMP-14")
def test_engine_and_second_encoding_agree_on_invented_learners(corpus: Path) -> None:
    folder = corpus / "register"
    cases = json.loads((folder / "learner-cases.json").read_text())["cases"]
    for case in cases:
        case["file"] = folder / "qualifications" / case["qualification_file"]
    wrong, verdicts = [], set()
    for case, learner in invented(cases, LEARNERS):
        rules, qualification = published(case["file"], case["suoritustapa"])
        found = accumulate(
            qualification, Held.of({code: Decimal(n) for code, n in learner.units.items()}, learner.other)
        )
        most = Encoding(rules, learner, more=False).optimum()
        expected: dict[str, Any] = {"complete": most is not None}
        if rules.counts_points:
            if most is not None:
                expected["counted"] = most
            expected["fewest"] = Encoding(rules, learner, more=True).optimum()
        fewest = found.completion and found.completion.points
        told = {"complete": found.complete, "counted": found.counted_points, "fewest": fewest}
        verdicts.add(found.complete)
        if any(told[name] != one for name, one in expected.items()):
            wrong.append((case["id"], learner, expected, told))
    assert wrong == []
    assert verdicts == {True, False}
