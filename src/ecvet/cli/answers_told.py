"""Further answers of `ecvet accumulate`: each adds its own member to the JSON object and its own lines to the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ecvet.cli.held_credit import unit_named
from ecvet.cli.output import FileUnreadable, read_bytes
from ecvet.cli.progress_told import headline, plain, points_text, text, titles, verdict, way, way_lines
from ecvet.correspondence.equivalence import Equivalence
from ecvet.credit.accumulation import Held, Piece, Progress, answers
from ecvet.credit.accumulation.answers.candidates import named_units
from ecvet.credit.accumulation.answers.sides import surplus
from ecvet.errors import EcvetError
from ecvet.exchange import PathNotChosen, read_qualification
from ecvet.exchange.koski import StudyRecord
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import Reading
from ecvet.qualification.unit import Unit
from ecvet.terms import decimal


@dataclass(slots=True, kw_only=True)
class Question:
    """One question with everything that was given; `values` and `lines` grow with each answer."""

    towards: Qualification
    units: tuple[Unit, ...]
    held: Held
    record: StudyRecord | None
    reading: Reading
    declared: tuple[str, ...]
    equivalences: tuple[Equivalence, ...]
    on: date | None
    values: dict[str, object] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    @property
    def names(self) -> Mapping[str, str]:
        """What the units are called."""
        return titles(self.towards, self.units)

    def told(self, progress: Progress, *, explain: bool, complete: bool) -> tuple[dict[str, object], list[str]]:
        """The verdict itself, and what a record says of itself."""
        self.values.update(plain(self.towards, progress, explain=explain, complete=complete))
        self.lines += text(self.towards, progress, names=self.names, explain=explain, complete=complete)
        if self.record is not None:
            self._record(self.record)
        return self.values, self.lines

    def _record(self, record: StudyRecord) -> None:
        achieved = [unit.code for unit in record.units if unit.grade]
        listed = {piece.code for piece in self.held.units}
        here = [one for one in named_units(self.towards, self.units) if one.code not in listed]
        strange = [answers.Named(code=unit.code, title=unit.title, points=unit.points) for unit in record.units
                   if unit.grade and unit.code not in self.towards.rules.units]  # fmt: skip
        found = answers.candidates(strange, here)
        self.values["record"] = {
            "aim": "qualification" if record.whole else "units",
            "state": record.state,
            "achieved": achieved,
            "points": points_text(record.points),
            "findings": [one.sentence for one in record.findings()],
        }
        self.values["candidates"] = [
            {"from": one.from_, "to": one.to, "title": one.title, "same_points": one.same_points} for one in found
        ]
        if not record.whole:
            self.lines.append(f"  the record aims at units only, and these are achieved: {', '.join(achieved)}")
        self.lines += [f"  the record: {one.sentence}" for one in record.findings()]
        self.lines += [f"  candidate for an equivalence: {one.from_} = {one.to} ({one.title})" for one in found]

    def _asked(self) -> dict[str, Any]:
        return {"equivalences": self.equivalences, "on": self.on}

    def sides(self) -> None:
        """By declared groups and by free assignment, where something was declared."""
        if not self.declared and not any(piece.declared for piece in (*self.held.units, *self.held.other)):
            return
        both = answers.declared_and_free(
            self.towards, self.held, reading=self.reading, declared=self.declared, **self._asked()
        )
        self.values["free_assignment"] = {**verdict(both.free), "surplus_points": points_text(surplus(both.free))}
        self.values["declared_differs"] = both.differ
        self.values["differences"] = list(both.why)
        if both.differ:
            self.lines.append(f"  with free assignment: {headline(both.free)}")
            self.lines += [f"    {sentence}" for sentence in both.why]

    def other_readings(self, readings: Sequence[Reading]) -> None:
        """The same under other readings."""
        if not readings:
            return
        found = answers.under_readings(self.towards, self.held, readings, declared=self.declared, **self._asked())
        self.values["readings"] = [verdict(one) for one in found]
        self.lines += [f"  under the reading {one.reading}: {headline(one)}" for one in found]

    def what_if(self, add: Sequence[str], without: Sequence[str]) -> None:
        """As if units were held or not."""
        if not add and not without:
            return
        then = answers.what_if(self.towards, self.held, add=[self._piece(one) for one in add], without=without,
                               reading=self.reading, declared=self.declared, **self._asked())  # fmt: skip
        self.values["what_if"] = {
            "add": list(add), "without": list(without), **verdict(then.after), "changes": list(then.changes),
            "min_additional_points": then.after.completion and points_text(then.after.completion.points),
        }  # fmt: skip
        self.lines.append(f"  then: {headline(then.after)}")
        self.lines += [f"    {sentence}" for sentence in then.changes]

    def _piece(self, said: str) -> Piece:
        code, given, points = said.partition("=")
        size = decimal(points) if given else None
        if code == "other":
            return Piece(points=size)
        link = self.towards.link(code)
        return Piece(code=code, points=size, unit=link.unit if link else unit_named(code))

    def alternatives(self, most: int | None) -> None:
        """Other ways to finish."""
        if most is None:
            return
        found = answers.alternatives(
            self.towards, self.held, most, reading=self.reading, declared=self.declared, **self._asked()
        )
        self.values["alternatives"] = [way(one) for one in found]
        for number, one in enumerate(found, 1):
            self.lines += way_lines(f"way {number} to finish", one, self.names)

    def nearest(self, folder: Path | None) -> None:
        """The nearest other qualifications of a register."""
        if folder is None:
            return
        register, unread = read_register(folder)
        found = answers.nearest(register, self.held, but=self.towards.code, reading=self.reading, **self._asked())
        self.values["nearest"] = [
            {"qualification": one.qualification.code, "path": one.qualification.path or None,
             "title": str(one.qualification.title), "complete": one.progress.complete, **way(one.completion)}
            for one in found
        ]  # fmt: skip
        self.values["register_unread"] = unread
        for one in found:
            points = points_text(one.completion.points)
            need = f"{len(one.completion.add)} units" if points is None else f"{points} points"
            name = f"{one.qualification.title} {one.qualification.path}".strip()
            self.lines.append(f"  near: {name} ({one.qualification.code}) needs {need} more")


def read_register(folder: Path) -> tuple[list[Qualification], list[str]]:
    """All qualifications of a folder, on all their paths, and the names of the files that are none."""
    if not folder.is_dir():
        raise FileUnreadable(file=folder, why="it is not a folder")
    found, unread = [], []
    for file in sorted(one for one in folder.iterdir() if one.suffix in (".json", ".yaml", ".yml", ".xml")):
        try:
            found += _every_path(file.name, read_bytes(file))
        except EcvetError:
            unread.append(file.name)
    return found, unread


def _every_path(name: str, data: bytes) -> list[Qualification]:
    try:
        return [read_qualification(data, name)[0]]
    except PathNotChosen as several:
        return [read_qualification(data, name, path)[0] for path in str(several.facts["paths"]).split(", ")]
