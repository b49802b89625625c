"""`ecvet accumulate QUALIFICATION HELD`: where a learner stands, why, and the cheapest way to finish."""

from pathlib import Path

import click

from ecvet.cli.held_credit import day, read_credit, read_equivalences
from ecvet.cli.output import NO, UNREADABLE, YES, answer, read_bytes, refuse
from ecvet.credential.names import visible
from ecvet.errors import EcvetError


@click.command("accumulate")
@click.argument("qualification", type=click.Path(path_type=Path))
@click.argument("held", type=click.Path(path_type=Path))
@click.option("--path", help="The path to read where the qualification's file holds several, for example ops.")
@click.option("--declared", multiple=True, metavar="GROUP", help="A competence area, title or group that was chosen.")
@click.option(
    "--reading",
    "readings",
    multiple=True,
    default=["S1"],
    show_default=True,
    metavar="NAME",
    help="The named reading of what the rules leave open; given again, the others are compared with the first.",
)
@click.option(
    "--what-if",
    "what_if",
    multiple=True,
    metavar="CODE[=POINTS]",
    help="Also answer as if this were held; “other=5” is other credit of 5 points.",
)
@click.option("--without", multiple=True, metavar="CODE", help="Also answer as if this were not held.")
@click.option("--alternatives", type=click.IntRange(1, 20), metavar="N", help="Up to N different ways to finish.")
@click.option(
    "--register",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Also name the nearest other qualifications among the files of a folder.",
)
@click.option("--equivalences", type=click.Path(path_type=Path), metavar="FILE", help="Equivalences by codes of units.")
@click.option(
    "--on", "on_text", metavar="DATE", help="The day of the verdict; needed for equivalences, manual decisions and age."
)
@click.option("--explain", is_flag=True, help="Say of each held unit where it counts or why it does not.")
@click.option("--complete", is_flag=True, help="Name the cheapest way to finish.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(qualification: Path, held: Path, path: str | None, declared: tuple[str, ...], readings: tuple[str, ...],
            what_if: tuple[str, ...], without: tuple[str, ...], alternatives: int | None, register: Path | None,
            equivalences: Path | None, on_text: str | None, explain: bool, complete: bool,
            as_json: bool) -> None:  # fmt: skip
    """Decide whether what a learner holds makes up a qualification.

    HELD is JSON: {"units": {"CODE": "POINTS"}, "other_units_points": ["5"]}; points may be null for those of the
    qualification. A unit that the qualification does not list counts only when its points are given as other credit.
    It may also have “overrides”, manual decisions with author, reason, legal basis, scope and end (give the day with
    --on), and “parts”, the sub-areas that are held of units: see docs/reference/held-credit.md.
    HELD may also be a study record of KOSKI: then the groups it declares and the areas it names are taken from it, and
    the verdict with free assignment is given beside that with the declared groups.
    Exit 0 complete, 1 not complete or undecided, 2 when a file cannot be read.
    """
    from ecvet.cli.answers_told import Question
    from ecvet.cli.decisions_told import overrides_told, parts_told
    from ecvet.credit.accumulation import accumulate
    from ecvet.credit.accumulation.override import accumulate_with
    from ecvet.credit.accumulation.parts import with_parts
    from ecvet.exchange import read_qualification
    from ecvet.qualification.reading import READINGS

    if strange := [name for name in readings if name not in READINGS]:
        raise click.BadParameter(f"{strange[0]}; known readings are {', '.join(READINGS)}", param_hint="--reading")
    on = day(on_text)
    try:
        credit = read_credit(read_bytes(held), held.name)
        record = credit.record()
        way = path or (record.path if record else "") or None
        towards, units = read_qualification(read_bytes(qualification), qualification.name, way)
        mine = credit.towards(towards)
        decisions = (
            read_equivalences(read_bytes(equivalences), equivalences.name, towards, mine) if equivalences else ()
        )
    except EcvetError as error:
        refuse(error, as_json=as_json, code=UNREADABLE)
    if credit.overrides and on is None:
        raise click.BadParameter("manual decisions hold on days: say which day is meant", param_hint="--on")
    record, decided = credit.record(towards.code), None
    areas = declared or (record.areas if record else ())
    try:
        mine, in_part = with_parts(towards, units, mine, credit.parts)
        if credit.overrides and on:
            decided = accumulate_with(towards, mine, credit.overrides, on=on, reading=READINGS[readings[0]],
                                      declared=areas, equivalences=decisions)  # fmt: skip
            towards, mine = decided.qualification, decided.held
    except EcvetError as error:
        refuse(error, as_json=as_json)
    question = Question(
        towards=towards, units=units, held=mine, record=record, reading=READINGS[readings[0]], equivalences=decisions,
        declared=areas, on=on,
    )  # fmt: skip
    try:
        progress = decided.progress if decided else accumulate(
            towards, mine, reading=question.reading, declared=areas, equivalences=decisions, on=on)  # fmt: skip
        values, lines = question.told(progress, explain=explain, complete=complete)
        for more, said in (
            *([overrides_told(decided)] if decided else []),
            *([parts_told(in_part, progress, complete=complete)] if credit.parts else []),
        ):
            values.update(more)
            lines += said
        question.sides()
        question.other_readings([READINGS[name] for name in readings[1:]])
        question.what_if(what_if, without)
        question.alternatives(alternatives)
        question.nearest(register)
    except EcvetError as error:
        refuse(error, as_json=as_json)
    answer(values, "\n".join(map(visible, lines)), as_json=as_json, code=YES if progress.complete else NO)
