"""Proofs about the rules themselves, for the linter: is there a complete selection at all, and with which points?"""

from decimal import Decimal

from ecvet.credit.accumulation.compile import Compiled, compile_rules
from ecvet.credit.accumulation.formulate import formulate
from ecvet.credit.accumulation.ground import Ground
from ecvet.credit.accumulation.held import Held
from ecvet.credit.accumulation.solve import Outcome, solve
from ecvet.credit.accumulation.supply import supply
from ecvet.qualification.combination import Group
from ecvet.qualification.lint import Reach
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading

SECONDS = 20.0


def prove(qualification: Qualification, reading: Reading = S1, /) -> Reach:
    """What selections the rules allow, with all listed units and any open credit at hand (R-COMP-7, R-POINTS-3)."""
    tree = compile_rules(qualification, reading)
    ground = _ground(tree)
    outcome, _ = solve(ground.programme, SECONDS)
    if outcome is not Outcome.OPTIMAL:
        return Reach(satisfiable=False if outcome is Outcome.INFEASIBLE else None)
    alone = solve(formulate(tree, supply(tree, Held(), (), None), Held(), adding=False).programme, SECONDS)
    return Reach(
        satisfiable=True,
        empty_completes=alone[0] is Outcome.OPTIMAL,
        anything_completes=not any(tree.compulsory[child] for child in tree.children[0]) and _is_loose(tree),
        least=_extreme(tree, +1) if tree.has_points else None,
        most=_extreme(tree, -1) if tree.has_points else None,
        optional_choices=tuple(tree.ids[n] for n in range(len(tree.nodes)) if _is_optional_choice(tree, n)),
    )


def _ground(tree: Compiled) -> Ground:
    return formulate(tree, supply(tree, Held(), (), None), Held(), adding=True)


def _is_loose(tree: Compiled) -> bool:
    """Whether the root asks for nothing: no minimum, nothing compulsory, no alternatives, more than one part."""
    root = tree.nodes[0]
    bounds = [root.points, root.count, root.units, root.choose] if isinstance(root, Group) else []
    return (
        not any(window and window.minimum for window in bounds)
        and not tree.alternatives[0]
        and (len(tree.children[0]) > 1)
    )


def _extreme(tree: Compiled, sign: int) -> Decimal | None:
    """The least points that complete (all of them used), or the most that count."""
    ground = _ground(tree)
    terms = ground.weigh(ground.options) if sign > 0 else ground.points[0]
    cost = ground.programme.cost
    cost[:] = [0] * len(cost)
    for column, factor in terms.items():
        cost[column] = sign * factor
    outcome, values = solve(ground.programme, SECONDS)
    if outcome is not Outcome.OPTIMAL:
        return None
    return sum(factor * values[column] for column, factor in terms.items()) / ground.scale


def _is_optional_choice(tree: Compiled, n: int) -> bool:
    """Whether a group with alternatives, of which the tree asks for none, can be complete without one (R-COMP-4)."""
    node = tree.nodes[n]
    if not isinstance(node, Group) or node.choose or not any(choice.least == 0 for choice in tree.alternatives[n]):
        return False
    ground = _ground(tree)
    ground.programme.row(ground.used[n], lower=1)
    for choice in tree.alternatives[n]:
        for child in choice.children:
            ground.programme.row(ground.used[child], upper=0)
    return solve(ground.programme, SECONDS)[0] is Outcome.OPTIMAL
