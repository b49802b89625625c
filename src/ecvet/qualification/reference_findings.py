"""Requirements across the tree that name what is not there, or wait for each other.

Unresolved references (R-COMP-6), circles of prerequisites (R-COMP-13), and double counting between groups that cannot
share (R-COMP-5); what is wrong with a requirement by itself is in `requirement_findings`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import dropwhile

from ecvet.qualification.combination import Combination, Group, walk
from ecvet.qualification.qualification import Qualification
from ecvet.saying import say
from ecvet.terms import Finding, Severity


def reference_findings(qualification: Qualification) -> Iterator[Finding]:
    """All findings of this kind in the rules of a qualification."""
    yield from _requirements(qualification)
    yield from _sharing(qualification.rules)


def _requirements(qualification: Qualification) -> Iterator[Finding]:
    """Requirements across the tree that name unknown units, or wait for each other."""
    rules, known = qualification.rules, set(qualification.rules.units)
    named: list[tuple[str, Sequence[str]]] = [("a barred set", one.units) for one in rules.barred]
    named += [("a prerequisite", (one.unit, *one.needs)) for one in rules.prerequisites]
    named += [("a corequisite", one.units) for one in rules.corequisites]
    named += [("an exemption", (one.unit,)) for one in rules.exemptions]
    named += [("a minimum grade", one.units) for one in rules.minimum_grades]
    for what, codes in named:
        for code in codes:
            if code not in known:
                yield Finding(
                    "R-COMP-6",
                    Severity.ERROR,
                    code,
                    say(
                        "Unresolved reference: {what} names unit {code}, which has no place in the rules.",
                        what=what,
                        code=code,
                    ),
                    say("Correct the code, or give the unit a place."),
                )
    circle = _circle(rules)
    if circle:  # R-COMP-13
        yield Finding(
            "R-COMP-13",
            Severity.ERROR,
            circle[0],
            say("Prerequisites go round in a circle: {circle}.", circle=" → ".join(circle)),
            say("Remove one of them; nobody could begin."),
        )


def _sharing(rules: Combination) -> Iterator[Finding]:
    """Rules of double counting for groups that are not there, that lie in each other, or for one group alone."""
    places = {place.id: place for place in walk(rules.root)}
    shared = dict.fromkeys(name for rule in rules.double_counts for name in rule.groups)
    for name in shared:
        if name not in places or not isinstance(places[name].node, Group):
            yield Finding(
                "R-COMP-6",
                Severity.ERROR,
                "tree",
                say("Unresolved reference: units may count twice in “{name}”, which is none of the groups.", name=name),
                say("Correct the id, or give the group this id."),
            )
            continue
        above = places[name].parent
        while above is not None:
            if above in shared:
                yield Finding(
                    "R-COMP-5",
                    Severity.ERROR,
                    "tree",
                    say(
                        "“{above}” and “{name}” share units with others, and one lies inside the other.",
                        above=above,
                        name=name,
                    ),
                    say("Let only one share; what counts in the inner counts in the outer."),
                )
            above = places[above].parent
    for rule in rules.double_counts:
        if len(set(rule.groups)) < 2:
            yield Finding(
                "R-COMP-5",
                Severity.ERROR,
                rule.groups[0] if rule.groups else "tree",
                say("A rule of double counting names fewer than two groups."),
                say("Name the groups between which a unit may count twice."),
            )


def _circle(rules: Combination) -> tuple[str, ...]:
    """A circle of prerequisites, if there is one: each unit needs the next, the last is the first (R-COMP-13).

    What needs one of several is not held up as long as one of them is free.
    """
    needs = _held_up(rules)
    if not needs:
        return ()
    here, path = next(iter(needs)), dict[str, None]()
    while here not in path:
        path[here] = None
        here = needs[here]
    return (*dropwhile(lambda unit: unit != here, path), here)


def _held_up(rules: Combination) -> dict[str, str]:
    """The units that nobody could ever begin, each with one that it waits for and that is held up too."""
    asking = rules.prerequisites
    unmet, waiting = Counter(rule.unit for rule in asking), dict[str, list[int]]()
    missing, free = [0] * len(asking), list[str]()

    def met(number: int) -> None:
        unit = asking[number].unit
        unmet[unit] -= 1
        if not unmet[unit]:
            free.append(unit)

    for number, rule in enumerate(asking):
        open_ = {need for need in rule.needs if need in unmet}
        missing[number] = len(open_) if not rule.any_of else int(bool(open_) and open_ == set(rule.needs))
        for need in open_:
            waiting.setdefault(need, []).append(number)
    for number in range(len(asking)):
        if not missing[number]:
            met(number)
    while free:
        for number in waiting.get(free.pop(), ()):
            missing[number] -= 1
            if not missing[number]:
                met(number)
    return {rule.unit: next(need for need in rule.needs if unmet.get(need))
            for rule, left in zip(asking, missing, strict=True) if left > 0}  # fmt: skip
