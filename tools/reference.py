"""Write docs/reference from the code: errors, life cycles, rules, commands. `--check` only says whether they fit."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import click
from django.conf import settings

import ecvet
from ecvet.cli import main
from ecvet.credential.status.standing import STATUS
from ecvet.credit.lifecycle import RECOGNITION, RESULT
from ecvet.errors import catalogue, facts_of
from ecvet.mobility.lifecycle import STAY
from ecvet.partnership.lifecycle import AGREEMENT
from ecvet.rules import rules

if not settings.configured:
    settings.configure(USE_I18N=False)  # the words as they stand in the code

from ecvet_platform.notices.words import TOLD
from ecvet_platform.shell.steps import STEPS

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
NOTE = "<!-- written by tools/reference.py; do not edit -->\n"


def errors() -> Iterator[str]:
    """The catalogue of everything that can be refused."""
    for module in walk_packages(ecvet.__path__, "ecvet."):
        import_module(module.name)
    yield f"# Errors\n\n{NOTE}\nEverything that the core can refuse: code, sentence, what to do, HTTP status.\n"
    yield "| Code | Sentence | What to do | Status | Facts |\n| --- | --- | --- | --- | --- |"
    for code, error in catalogue().items():
        if error.__module__.startswith("ecvet."):
            facts = ", ".join(sorted(facts_of(error)))
            yield f"| `{code}` | {error.sentence} | {error.remedy} | {error.status} | {facts} |"


def lifecycles() -> Iterator[str]:
    """The five tables and their diagrams."""
    yield f"# Life cycles\n\n{NOTE}\nFive tables decide what may happen next; buttons and the API's 409 follow.\n"
    for name, cycle in (
        ("A version of a memorandum or agreement", AGREEMENT),
        ("The stay", STAY),
        ("The result of a unit", RESULT),
        ("Validation and recognition of a unit", RECOGNITION),
        ("The status of a credential", STATUS),
    ):
        yield f"## {name}\n\n```mermaid\n{cycle.mermaid()}\n```\n"
        yield "| In | Verb | Leads to | Who | When |\n| --- | --- | --- | --- | --- |"
        for step in cycle.steps:
            who = ", ".join(sorted(step.by))
            yield f"| {step.state or '–'} | {step.verb} | {step.to} | {who} | {step.guard or '–'} |"
        yield ""


def the_rules() -> Iterator[str]:
    """The rules of the domain with their homes."""
    yield f"# Rules\n\n{NOTE}\nN normative in Recommendation 2009/C 155/02, G advised, C practice, D derived.\n"
    yield "| Rule | | What it says | Source | Enforced in | Proved by |\n| --- | --- | --- | --- | --- | --- |"
    for rule in rules():
        test = f"`{rule.test.partition('::')[2]}`" if rule.test else rule.reason
        place = f"`{rule.enforced_in}`" if rule.enforced_in else rule.reason
        yield f"| {rule.id} | {rule.status} | {rule.rule} | {rule.source} | {place} | {test} |"


def commands() -> Iterator[str]:
    """The help of every command."""
    yield f"# Commands\n\n{NOTE}\nExit codes: 0 for yes, 1 for a reasoned no, 2 for wrong usage or unreadable input.\n"
    context = click.Context(main, info_name="ecvet", max_content_width=100)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is not None:
            child = click.Context(command, info_name=f"ecvet {name}", max_content_width=100)
            yield f"## ecvet {name}\n\n```\n{command.get_help(child)}\n```\n"


def steps() -> Iterator[str]:
    """What each step is for, as the pages say it."""
    yield f"# Steps\n\n{NOTE}\nWhat the page of each step says: its purpose, who takes it, who acts next, until when.\n"
    yield "| Step | What it is for | Who takes it | Who acts next | Until when | Source |\n" + "| --- " * 6 + "|"
    for step in STEPS.values():
        told = (step.title, step.purpose, step.who, step.after, step.until, step.source)
        yield f"| {' | '.join(map(str, told))} |"


def notices() -> Iterator[str]:
    """Who is told what."""
    yield f"# Notices\n\n{NOTE}\nWhat the journal tells, to whom, in which sentence; nothing else is told.\n"
    yield "| Entry of the journal | Who is told | What they read | To do |\n" + "| --- " * 4 + "|"
    for verb, tellings in TOLD.items():
        for one in tellings:
            yield f"| `{verb}` | {'; '.join(one.who)} | {one.sentence} | {'yes' if one.act else 'no'} |"


PAGES = {
    "errors.md": errors, "lifecycles.md": lifecycles, "rules.md": the_rules, "commands.md": commands,
    "steps.md": steps, "notices.md": notices,
}  # fmt: skip


if __name__ == "__main__":
    stale = []
    for name, page in PAGES.items():
        text = "\n".join(page()).rstrip() + "\n"
        file = FOLDER / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                file.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        sys.exit(f"docs/reference is not current ({', '.join(stale)}); run: make reference")
