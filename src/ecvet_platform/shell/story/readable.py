"""The story that was told, as text for people and as values for programs."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ecvet_platform.shell.story.run import Told
from ecvet_platform.shell.story.world import Step

_NEXT: Final = """\
See the same story in the browser: ecvet up --demo (prints one sign-in link per role).
Read about it: docs/learn/story.md. The rules behind it: ecvet rules."""

_ALREADY_TOLD: Final = frozenset({"agree", "assess", "transfer", "validate"})
"""What the others do as Alba did; in short only what is different is told."""


def values(told: Told) -> dict[str, object]:
    """One JSON object."""
    return {
        "steps": [_value(one) for one in told.steps],
        "verified": told.verified,
        "database": told.database,
        "others": {name: [_value(one) for one in steps] for name, steps in told.others.items()},
        "journal": {"entries": told.entries, "head": told.head},
    }


def text(told: Told, *, kept: Path | None) -> str:
    """Three lines for each step, one for those of the side stories, and where to go next."""
    lines = [f"The story on {told.database}: Alba learns in Tampere and is assessed in Malta.", ""]
    for number, one in enumerate(told.steps, 1):
        lines += [
            f"{number:>2}  {one.verb.upper()}  {one.on.day} {one.on:%B %Y}, {one.who}",
            f"    {one.what}",
            f"    {one.record}", "",
        ]  # fmt: skip
    for name, steps in told.others.items():
        lines += [f"{name}:", *_short(steps), ""]
    lines += [f"The journal holds {told.entries} entries, and its chain is unbroken: {told.head}", ""]
    if kept is not None:
        lines += [f"Kept in {kept}: verify with  ecvet verify {kept}/alba.sd-jwt --trust {kept}/trust", ""]
    return "\n".join((*lines, _NEXT))


def _short(steps: Iterable[Step]) -> Iterator[str]:
    for one in steps:
        if one.verb not in _ALREADY_TOLD:
            yield f"    {one.on}  {one.verb:<10}  {one.what} ({one.who})"


def _value(one: Step) -> dict[str, object]:
    return {
        "verb": one.verb, "record": one.record, "by": one.by, "who": one.who, "on": one.on.isoformat(),
        "what": one.what,
    }  # fmt: skip
