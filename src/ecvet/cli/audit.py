"""`ecvet audit`: where every learner of a file stands, in the order of the file, on this machine or a cluster."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ecvet.cli.output import NO, UNREADABLE, YES, FileUnreadable, answer, read_bytes, refuse
from ecvet.errors import EcvetError

if TYPE_CHECKING:
    from ecvet.cli.audit_files import Answers, Input
    from ecvet.population import Register

Unread = list[tuple[str, EcvetError]]


class RegisterEmpty(EcvetError):
    """A folder without a single qualification that can be read."""

    code = "cli.audit.register-empty"
    sentence = "No qualification can be read in {folder}: {why}."
    remedy = "Put qualification files (ecvet/1, ePerusteet, openECVET) into it; `ecvet lint` says what is wrong."
    status = 422


@click.command("audit")
@click.option("--register", "folder", required=True, type=click.Path(path_type=Path), help="Folder of qualifications.")
@click.option("--held", required=True, type=click.Path(path_type=Path), help="One learner a line, as JSON.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the results here, and go on here after a stop.")
@click.option("--workers", type=click.IntRange(1, 512), help="Processes on this machine.  [default: one per core]")
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler instead, for example tcp://127.0.0.1:8786.")
@click.option("--reading", default="S1", show_default=True, help="The named reading of what the rules leave open.")
@click.option(
    "--complete",
    "explained",
    is_flag=True,
    help="Also what counts of an incomplete record, all that is "
    "missing, and the points of the cheapest way to finish; some ten times slower.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end (needs --out).")
def command(folder: Path, held: Path, out: Path | None, workers: int | None, cluster: str | None, reading: str,
            explained: bool, as_json: bool) -> None:  # fmt: skip
    """Decide for many learners whether what they hold makes up their qualification.

    A line of HELD: {"learner": "1", "qualification": "CODE", "path": "ops", "units": {"A": "35"},
    "other_units_points": ["5"], "declared": ["1590"]}; the qualification by code, identifier or name of file. There is
    one result line for each, in order; a bad line is answered with an error and stops nothing. Exit 0 when every
    learner was decided or is honestly undecided, 1 when some lines were refused, 2 when a file cannot be read.
    """
    from ecvet.cli.audit_files import Input, Run, answers, verdict_of
    from ecvet.qualification.reading import READINGS

    if reading not in READINGS:
        raise click.BadParameter(f"known readings are {', '.join(READINGS)}", param_hint="--reading")
    if as_json and out is None:
        raise click.UsageError("--json needs --out: without it the results themselves go to the standard output")
    if cluster and workers:
        raise click.UsageError("--workers are processes of this machine; a cluster brings its own")
    try:
        register, unread = _register(folder, reading, explained)
        source = Input.of(held, known=out is not None)
        state = {"input": source.digest, "register": register.fingerprint}
        other = "version of the register, reading, or kind of answer,"
        with answers(out, source, Run(name="audit", state=state, other=other, verdict=verdict_of)) as results:
            _run(register, source, results, workers, cluster)
            _end(results.counts, results.before, len(register.packed), unread, as_json, aside=out is None)
    except EcvetError as error:
        refuse(error, as_json=as_json, code=UNREADABLE)


def _run(register: "Register", source: "Input", results: "Answers", workers: int | None, cluster: str | None) -> None:
    from ecvet.cli.workers import open_workers, work_off
    from ecvet.population import audit

    if source.total is None or results.before < source.total:
        with open_workers(register, workers, cluster) as (executor, number):
            work_off(
                source, results, lambda lines, first: audit(executor, lines, register, first=first, ahead=4 * number)
            )


def _register(folder: Path, reading: str, explained: bool) -> tuple["Register", Unread]:
    """All files of the folder. Raises `FileUnreadable`, `RegisterEmpty`."""
    from ecvet.population import read_register
    from ecvet.qualification.reading import READINGS

    if not folder.is_dir():
        raise FileUnreadable(file=folder, why="it is no folder")
    unread: Unread = []
    register, refused = read_register(_files(folder, unread), READINGS[reading], explained=explained)
    unread += refused
    if not register.packed:
        raise RegisterEmpty(folder=folder, why="; ".join(str(error) for _, error in unread[:3]) or "it has no files")
    return register, unread


def _files(folder: Path, unread: Unread) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if file.is_file() and not any(part.startswith(".") for part in name.parts):
            try:
                yield name.as_posix(), read_bytes(file)
            except FileUnreadable as error:
                unread.append((name.as_posix(), error))


def _end(counts: "Counter[str]", before: int, size: int, unread: Unread, as_json: bool, aside: bool) -> NoReturn:
    """The summary: on the standard output, or aside when the results went there."""
    values: dict[str, object] = {
        "learners": counts.total(),
        **{name: counts[name] for name in ("complete", "incomplete", "undecided", "refused")},
        "answered_before": before,
        "register": size,
        "unreadable": [{"file": file, "code": error.code, "title": str(error), "remedy": error.what_to_do}
                       for file, error in unread],
    }  # fmt: skip
    lines = [f"{counts.total()} learners: {counts['complete']} complete, {counts['incomplete']} not complete, "
             f"{counts['undecided']} undecided, {counts['refused']} refused"]  # fmt: skip
    lines += [f"answered before: {before}"] if before else []
    lines += [f"not in the register: {error} ({error.code})" for _, error in unread]
    code = NO if counts["refused"] else YES
    if aside:
        click.echo("\n".join(lines), err=True)
        sys.exit(code)
    answer(values, "\n".join(lines), as_json=as_json, code=code)
