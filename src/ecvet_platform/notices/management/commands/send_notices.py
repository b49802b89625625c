"""`python -m django send_notices`: tell people what happened and what is due. Run it every few minutes."""

import os
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.template.defaultfilters import pluralize

from ecvet_platform.notices.actions.telling import tell


class Command(BaseCommand):
    """Makes the calls of the day, follows the journal and sends the letters."""

    help = "Remind of missing signatures, and e-mail what happened to whom it concerns. Run it every few minutes."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--every` is for a server without a timer, as the demo is."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Go on, and do it again after these seconds.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it once and say how much was done; with `--every` until whoever began it has ended."""
        parent, again = os.getppid(), "is tried again,are tried again"
        while True:
            found = tell()
            self.stdout.write(
                f"{found.calls} call{pluralize(found.calls)} made; {found.guests} guest{pluralize(found.guests)} "
                f"reminded; {found.noted} notice{pluralize(found.noted)} noted; "
                f"{found.letters} letter{pluralize(found.letters)} sent"
                f"{f', {found.failed} {pluralize(found.failed, again)}' if found.failed else ''}."
            )
            if not options["every"] or os.getppid() != parent:
                return
            connection.close()
            threading.Event().wait(options["every"])
