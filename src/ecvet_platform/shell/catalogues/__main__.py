"""The commands of translators. Without a command, every .po file is brought up to date with the code."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, Final

import click
from babel.messages.catalog import Catalog

from ecvet_platform.shell.catalogues import checks, extraction, files, memory, status, tables, terms, work

CODES: Final = (
    "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt",
    "ro", "sk", "sl", "sv",
)  # fmt: skip
"""The official languages beside English, which the texts are written in."""
PLATFORM: Final = Path(__file__).parent.parent.parent
CORE: Final = PLATFORM.parent / "ecvet"
language: Final = click.argument("code", metavar="LANGUAGE", type=click.Choice(CODES))


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """The words of ecvet in all official languages of the European Union."""
    if context.invoked_subcommand is None:
        context.invoke(update)


@main.command()
def update() -> None:
    """Bring all languages up to date with the code; begin those that are not there."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecvet_platform.shell.settings")
    django.setup()
    import_module("ecvet_platform.shell.urls")  # imports every room, and with them their errors
    template = extraction.extract(PLATFORM, CORE)
    for code in CODES:
        whole = extraction.joined(template, extraction.of_forms(code))
        _say(status.count(code, files.update(whole, code)))


@main.command(name="status")
def count() -> None:
    """How many texts of each language people confirmed, a machine drafted, and are missing."""
    for code in CODES:
        _say(status.of(code))


@main.command(name="next")
@language
@click.option("-n", "number", default=100, show_default=True, help="How many texts.")
@click.option("--area", default="", help="Only texts of this area (a room: mobility, credit, core …).")
@click.option(
    "--drafts", is_flag=True, help="What a machine drafted, to be read by a person, instead of what is missing."
)
@click.option("--part", default="1/1", show_default=True, help="The second of three shares: 2/3, for several people.")
def following(code: str, number: int, area: str, drafts: bool, part: str) -> None:
    """Print the next texts to translate as JSON."""
    catalog = _read(code)
    share, of = (int(one) for one in part.split("/"))
    chosen = [one for one in work.texts(catalog, area=area, drafts=drafts) if int(work.key(one), 16) % of == share - 1]
    click.echo(_lines(work.sheet(catalog, code, chosen[:number], _places())))
    click.echo(f"{min(number, len(chosen))} of {len(chosen)} texts", err=True)


@main.command()
@language
@click.argument("answer", type=click.File("r", encoding="utf-8"), default="-")
@click.option("--people", is_flag=True, help="A person who speaks the language made or read them: no mark of a draft.")
def take(code: str, answer: IO[str], people: bool) -> None:
    """Take translations from JSON: {"key": "text", "key": ["form 0", "form 1"]}.

    Each is checked by itself. What is refused is printed with its reasons as JSON; the others are written. Ends with 1
    when something was refused.
    """
    try:
        given = json.load(answer)
    except json.JSONDecodeError as error:
        raise click.ClickException(f"The answer is no JSON: {error}.") from error
    if isinstance(given, list):
        given = {str(one.get("key")): one.get("text") for one in given if isinstance(one, dict)}
    if not isinstance(given, dict):
        raise click.ClickException("The answer must be an object of keys and texts.")
    _take(code, lambda catalog: work.take(catalog, given, drafted=not people))


@main.command()
@click.argument("codes", metavar="[LANGUAGE]...", type=click.Choice(CODES), nargs=-1)
@click.option("--terms", "with_terms", is_flag=True, help="Also list translations that do not use the term base.")
def check(codes: Sequence[str], with_terms: bool) -> None:
    """Check the code's calls and every translation; ends with 1 when something is wrong."""
    found = list(extraction.overlooked(PLATFORM))
    for code in codes or CODES:
        catalog = _read(code)
        for one in catalog:
            if one.id and (bad := checks.wrong(one, catalog)):
                found.append(f"{code}: {files.forms(one.id)[0]!r}: {', '.join(bad)}")
        if with_terms:
            for english, said, term in terms.unused(catalog, code):
                click.echo(f"{code}: {term.english[0]} → {term.wordings[code].say}: {english!r} → {said!r}")
    for line in found:
        click.echo(line, err=True)
    sys.exit(1 if found else 0)


@main.command()
@language
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--all", "everything", is_flag=True, help="All texts, not only what is missing or drafted.")
def export(code: str, file: Path, everything: bool) -> None:
    """Write a language's missing texts and drafts to a .csv, .xlsx or .tmx file for translators."""
    catalog = _read(code)
    chosen = [one for one in catalog if one.id and (everything or tables.state(one) != tables.CONFIRMED)]
    kind = _kind(file)
    if kind == ".tmx":
        file.write_bytes(memory.write(catalog, code, chosen))
    else:
        file.write_bytes((tables.write_csv if kind == ".csv" else tables.write_xlsx)(tables.rows(catalog, chosen)))
    click.echo(f"{len(chosen)} texts are in {file}.")


@main.command(name="import")
@language
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--people", is_flag=True, help="All of the file was made or read by a person who speaks the language.")
def bring(code: str, file: Path, people: bool) -> None:
    """Take the translations of a .csv, .xlsx or .tmx file; a row that says `confirmed` loses the mark of a draft."""
    kind = _kind(file)

    def taking(catalog: Catalog) -> tuple[int, tuple[work.Refused, ...]]:
        data = file.read_bytes()
        given = memory.parse(data, code, catalog) if kind == ".tmx" else tables.parse(data, kind)
        confirmed = {name: said for name, (said, state) in given.items() if people or state == tables.CONFIRMED}
        drafts = {name: said for name, (said, _) in given.items() if name not in confirmed}
        taken, refused = work.take(catalog, confirmed, drafted=False)
        more, also = work.take(catalog, drafts, drafted=True)
        return taken + more, refused + also

    _take(code, taking)


def _take(code: str, taking: Callable[[Catalog], tuple[int, tuple[work.Refused, ...]]]) -> None:
    catalog = _read(code)
    try:
        taken, refused = taking(catalog)
    except ValueError as error:
        raise click.ClickException(f"Nothing was taken: {error}.") from error
    if taken:
        files.write(catalog, code)
    if refused:
        said = {one.key: {"text": one.text, "reasons": one.reasons} for one in refused}
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
    count = status.count(code, catalog).count
    click.echo(f"{taken} taken, {len(refused)} refused; {count.missing} of {count.whole} are missing", err=True)
    sys.exit(1 if refused else 0)


def _lines(sheet: dict[str, object]) -> str:
    """JSON with a line for each text."""
    rest = dict(sheet)
    texts = rest.pop("texts")
    assert isinstance(texts, list)
    said = ",\n".join(json.dumps(one, ensure_ascii=False) for one in texts)
    head = "".join(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)},\n" for name, value in rest.items())
    return f'{{{head}"texts": [\n{said}\n]}}'


def _say(progress: status.Progress) -> None:
    one = progress.count
    click.echo(f"{progress.code}  {one.people:5} by people  {one.drafts:5} drafts  {one.missing:5} missing")


def _read(code: str) -> Catalog:
    try:
        return files.read(code)
    except OSError as error:
        raise click.ClickException(f"There is no file for {code} yet; run the command `update` first.") from error


def _kind(file: Path) -> str:
    try:
        return tables.kind(file)
    except ValueError as error:
        raise click.ClickException(f"{error}.") from error


def _places() -> dict[str, list[str]]:
    """The files that say a text, by the text."""
    found: dict[str, list[str]] = {}
    for one in (*extraction.of_code(PLATFORM), *extraction.of_core(CORE)):
        if one.id:
            places = {place.replace("/templates/", "/").replace("/", " ", 1) for place, _ in one.locations}
            found[files.forms(one.id)[0]] = sorted({_short(place) for place in places})[:3]
    return found


def _short(place: str) -> str:
    room, _, rest = place.partition(" ")
    return rest if rest.startswith(f"{room}/") else f"{room}/{rest}" if rest else room


if __name__ == "__main__":
    main(prog_name="python -m ecvet_platform.shell.catalogues")
