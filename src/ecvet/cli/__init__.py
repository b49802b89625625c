"""The command `ecvet`. One file per command, imported only when it is called; the platform adds its own commands.

Every command exits with 0 for yes, 1 for a reasoned no, 2 for wrong usage or unreadable input; with `--json` it prints
exactly one JSON object. Commands of other packages come through the entry point group `ecvet.commands`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

_JSON: Final = "ecvet.json"
_OWN: Final = ("accumulate", "audit", "convert", "issue", "lint", "migrate", "plan", "rules", "seal", "show", "verify")


class _Commands(click.Group):
    """Finds a command by its name, without importing the others."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[_JSON] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Wrong usage is an answer, too: with `--json` it is one object, and exit 2 as ever."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if not ctx.meta[_JSON]:
                raise
            from ecvet.cli.output import UNREADABLE, WrongUsage, refuse

            refuse(WrongUsage(why=error.format_message().rstrip(".")), as_json=True, code=UNREADABLE)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*_OWN, *(point.name for point in _points())})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _OWN:
            found = import_module(f"ecvet.cli.{cmd_name}").command
            assert isinstance(found, click.Command)
            return found
        for point in _points().select(name=cmd_name):
            try:
                loaded = point.load()
            except ModuleNotFoundError as error:
                raise click.ClickException(
                    f"“ecvet {cmd_name}” needs the platform ({error.name} is missing): pip install 'ecvet[platform]'"
                ) from error
            assert isinstance(loaded, click.Command)
            return loaded
        return None


def _points() -> "EntryPoints":
    from importlib.metadata import entry_points  # here, because it costs a cold `ecvet verify` an eighth of its time

    return entry_points(group="ecvet.commands")


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ecvet")
def main() -> None:
    """Units of learning outcomes across borders: describe, agree, assess, transfer, validate, recognise, accumulate."""
