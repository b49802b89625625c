"""One line of a population in, one line out: a learner with what is held, and the verdict.

In: `{"learner": "…", "qualification": "CODE, id or name of file", "path": "ops", "units": {"A": "35"},
"other_units_points": ["5"], "declared": ["1590"]}`; only learner and qualification must be there.
Out: `{"line": 1, "learner": "…", "qualification": "CODE", "path": "ops", "reading": "S1", "complete": true,
"counted_points": "180", "missing": […], "undecided": […]}`, complete null where undecided; or `{"line", "learner",
"error": {code, title, remedy}}` where the line was refused. A verdict alone counts points for a yes only, and of what
is missing names what proves the no; an explained answer counts for a no too, names all, and has the
`min_additional_points` of the cheapest way to finish, at ten times the cost.
"""

import json
from decimal import Decimal
from typing import Any, Final

from ecvet.credit.accumulation import accumulate, verdict
from ecvet.errors import EcvetError
from ecvet.exchange import FileDangerous, FileNotUnderstood
from ecvet.exchange.held_file import MEMBERS, read_held
from ecvet.exchange.parsing import read_json, text_of
from ecvet.population.errors import LearnerNotDecided, LineUnreadable
from ecvet.population.register import Register
from ecvet.terms import decimal_text

MAX_LINE: Final = 1024 * 1024
"""Bytes; a line of a million held units is refused before anything is built from it."""
_ALL: Final = MEMBERS | {"learner", "qualification", "path", "declared"}


def decide(register: Register, number: int, line: bytes) -> bytes:
    """The result line for line `number` of the input, without its line end. Never raises."""
    learner = None
    try:
        tree = _tree(number, line)
        learner = tree["learner"]
        answer = _verdict(register, number, tree)
    except EcvetError as error:
        answer = _refusal(error)
    except Exception as error:  # one learner's trouble, whatever it is, may not stop a country's
        answer = _refusal(LearnerNotDecided(line=number, why=type(error).__name__))
    text = json.dumps({"line": number, "learner": learner, **answer}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")  # a lone surrogate becomes its JSON escape


def _tree(number: int, line: bytes) -> dict[str, Any]:
    """The members of a line. Raises `LineUnreadable`."""
    if len(line) > MAX_LINE:
        raise LineUnreadable(line=number, why=f"it is longer than {MAX_LINE} bytes")
    try:
        tree = read_json(text_of(line, f"line {number}"), f"line {number}")
    except (FileNotUnderstood, FileDangerous) as error:
        raise LineUnreadable(line=number, why=error.facts["why"]) from error
    if not isinstance(tree, dict):
        raise LineUnreadable(line=number, why="it is no JSON object")
    for name in ("learner", "qualification"):
        if not isinstance(tree.get(name), str) or not tree[name]:
            raise LineUnreadable(line=number, why=f"it has no text “{name}”")
    strange = sorted(tree.keys() - _ALL)
    if strange:
        raise LineUnreadable(line=number, why=f"it has an unknown member “{strange[0][:40]}”")
    return tree


def _verdict(register: Register, number: int, tree: dict[str, Any]) -> dict[str, object]:
    path, declared = tree.get("path"), tree.get("declared")
    if not isinstance(path, str | None):
        raise LineUnreadable(line=number, why="its path is no text")
    if not isinstance(declared, list | None) or not all(isinstance(one, str) for one in declared or ()):
        raise LineUnreadable(line=number, why="“declared” is no list of texts")
    towards = register.find(tree["qualification"], path or None)
    held = read_held({name: tree[name] for name in MEMBERS & tree.keys()}, f"line {number}")
    named = {"qualification": towards.code, "path": towards.path or None, "reading": register.reading.name}
    if register.explained:
        found = accumulate(towards, held, reading=register.reading, declared=declared or ())
        return {
            **named,
            "complete": found.complete,
            "counted_points": _text(found.counted_points),
            "missing": found.missing,
            "undecided": found.undecided,
            "min_additional_points": _text(found.completion.points) if found.completion else None,
        }
    said = verdict(towards, held, reading=register.reading, declared=declared or ())
    return {
        **named,
        "complete": said.complete,
        "counted_points": _text(said.counted_points),
        "missing": said.why if said.complete is False else (),
        "undecided": said.why if said.complete is None else (),
    }


def _text(points: Decimal | None) -> str | None:
    return None if points is None else decimal_text(points)


def _refusal(error: EcvetError) -> dict[str, object]:
    return {"error": {"code": error.code, "title": str(error), "remedy": error.what_to_do}}
