"""`python -m django enter_learners list.xlsx --as bruno@school.example`: learners of a list, for operators."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ecvet.errors import EcvetError
from ecvet.mobility.roster import Answer
from ecvet.terms import identifier
from ecvet_platform.mobility.actions import rosters
from ecvet_platform.mobility.words import ANSWERED, ANSWERS, said
from ecvet_platform.people import actions as people


class Command(BaseCommand):
    """Looks through a list line by line and enters its learners, all or none."""

    help = "Enter the learners of a list (CSV or Excel) as a coordinator; --dry-run only says what would become of it."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, who brings it, and how it is understood."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="email", required=True, help="e-mail address of the coordinator")
        parser.add_argument("--institution", default="", help="for which of the coordinator's institutions")
        parser.add_argument("--qualification", default="", help="identifier of what those follow who name none")
        parser.add_argument("--columns", default="", help="what the columns are, for example names,family_name,,email")
        parser.add_argument("--encoding", default="", help="for example cp1250, where it is recognised wrongly")
        parser.add_argument("--language", default="en", help="language of the file, for its code page")
        parser.add_argument("--leave-out", action="store_true", help="enter the others when lines cannot be read")
        parser.add_argument("--dry-run", action="store_true", help="enter nobody")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what became of each line."""
        try:
            self._enter(options)
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except EcvetError as error:
            raise CommandError(f"{error}\n  code: {error.code}\n  what to do: {error.what_to_do}") from error

    def _enter(self, options: dict[str, Any]) -> None:
        where = identifier(options["institution"]) if options["institution"] else None
        actor = people.actor_with_email(options["email"], where)
        follows = identifier(options["qualification"]) if options["qualification"] else None
        rows, columns = rosters.table(
            options["file"].read_bytes(), columns=options["columns"], encoding=options["encoding"],
            language=options["language"],
        )  # fmt: skip
        found = rosters.look(rows, columns, actor=actor, qualification=follows)
        if not options["dry_run"] and (options["leave_out"] or not found.count(Answer.REFUSED)):
            found = rosters.enter(rows, columns, actor=actor, qualification=follows, leave_out=True)
        for line in found.lines:
            answer = (ANSWERED if found.entered else ANSWERS)[line.answer]
            why = "".join(f"\n      {said(one)}" for one in line.why)
            self.stdout.write(f"{line.number:>5}  {answer}: {line.called}{why}")
        counts = {one: found.count(one) for one in Answer}
        done = "entered" if found.entered else "would be entered"
        self.stdout.write(
            f"{counts[Answer.READ]} {done}, {counts[Answer.KNOWN]} known, {counts[Answer.REFUSED]} cannot be read."
        )
        if not options["dry_run"] and not found.entered:
            raise CommandError("Nobody was entered. Correct the lines that cannot be read, or say --leave-out.")
