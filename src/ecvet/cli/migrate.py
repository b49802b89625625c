"""`ecvet migrate OLD NEW HELD`: what a new version of a qualification keeps and takes away, for whom."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ecvet.cli.held_credit import Credit, day, read_credit, read_equivalences
from ecvet.cli.output import NO, UNREADABLE, YES, answer, read_bytes, refuse
from ecvet.cli.progress_told import headline, points_text
from ecvet.errors import EcvetError

if TYPE_CHECKING:
    from ecvet.correspondence.equivalence import Equivalence
    from ecvet.credit.accumulation.migration import Changes, Moved
    from ecvet.qualification.qualification import Qualification


@click.command("migrate")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("held", type=click.Path(path_type=Path))
@click.option("--old-path", help="The path to read where the old version's file holds several.")
@click.option("--new-path", help="The path to read where the new version's file holds several.")
@click.option("--equivalences", type=click.Path(path_type=Path), metavar="FILE", help="Equivalences by codes of units.")
@click.option("--on", "on_text", metavar="DATE", help="The day of the verdicts; needed for equivalences and age.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(old: Path, new: Path, held: Path, old_path: str | None, new_path: str | None, equivalences: Path | None,
            on_text: str | None, as_json: bool) -> None:  # fmt: skip
    """Report what becomes of learners when version NEW replaces version OLD.

    HELD is what one learner holds, as for `ecvet accumulate`, or lines of it (*.jsonl), each with a "learner" if
    need be.
    Exit 0 when nobody loses anything, 1 when somebody does, 2 when a file cannot be read.
    """
    from ecvet.credit.accumulation.migration import changes, migrate
    from ecvet.exchange import read_qualification

    on = day(on_text)
    try:
        before, mine = read_qualification(read_bytes(old), old.name, old_path)
        after, yours = read_qualification(read_bytes(new), new.name, new_path)
        learners = [(name, credit.towards(before)) for name, credit in _learners(held)]
        everybody = (one for _, one in learners)
        decisions: tuple[Equivalence, ...] = ()
        if equivalences:
            data = read_bytes(equivalences)
            decisions = read_equivalences(data, equivalences.name, *everybody, after, before)
        sides = changes(before, after, decisions, described=(mine, yours))
        moved = list(migrate(before, after, learners, equivalences=decisions, on=on))
    except EcvetError as error:
        refuse(error, as_json=as_json, code=UNREADABLE)
    code = NO if any(one.affected for one in moved) else YES
    answer(_plain(sides, moved), _text(before, after, sides, moved), as_json=as_json, code=code)


def _learners(file: Path) -> Iterator[tuple[str, Credit]]:
    """One learner, or one for each line of a *.jsonl file, by the name given or the number of the line."""
    import json

    from ecvet.exchange.parsing import read_json

    data = read_bytes(file)
    if file.suffix != ".jsonl":
        yield file.stem, read_credit(data, file.name)
        return
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        name = f"{file.name} line {number}"
        tree: Any = read_json(line.decode("utf-8", "replace"), name)
        learner = str(number)
        if isinstance(tree, dict) and "units" in tree:
            learner = str(tree.pop("learner", number))
            line = json.dumps(tree).encode()
        yield learner, read_credit(line, name)


def _plain(sides: "Changes", moved: "list[Moved]") -> dict[str, object]:
    return {
        "kept": list(sides.kept),
        "dropped": list(sides.dropped),
        "new": list(sides.new),
        "missing_equivalences": list(sides.missing),
        "candidates": [{"from": one.from_, "to": one.to, "title": one.title, "same_points": one.same_points}
                       for one in sides.candidates],
        "affected": sum(one.affected for one in moved),
        "learners": [
            {"learner": one.learner, "affected": one.affected,
             "before": {"complete": one.before.complete, "counted_points": points_text(one.before.counted_points)},
             "after": {"complete": one.after.complete, "counted_points": points_text(one.after.counted_points)},
             "kept": list(one.kept), "lost": list(one.lost), "missing_equivalences": list(one.missing)}
            for one in moved
        ],
    }  # fmt: skip


def _text(before: "Qualification", after: "Qualification", sides: "Changes", moved: "list[Moved]") -> str:
    lines = [f"{before.title} {before.code} → {after.code}: {len(sides.kept)} unit codes kept, {len(sides.dropped)} "
             f"dropped, {len(sides.new)} new; {len(sides.missing)} without an equivalence"]  # fmt: skip
    for one in sides.candidates:
        size = {True: ", same points", False: ", other points", None: ""}[one.same_points]
        lines.append(f"  candidate for an equivalence: {one.from_} = {one.to} ({one.title}{size})")
    lines.append(f"  {sum(one.affected for one in moved)} of {len(moved)} learners are affected")
    for learner in moved:
        if learner.affected:
            lines.append(f"  {learner.learner}: {headline(learner.before)} → {headline(learner.after)}")
            lines += [f"    counts no more: {code}" for code in learner.lost]
    return "\n".join(lines)
