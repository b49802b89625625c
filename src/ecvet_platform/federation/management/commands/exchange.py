"""`python -m django exchange`: send to partners what was done here, and fetch what is missing. Run it every minute."""

import os
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from ecvet_platform.federation.actions.exchanging import exchange


class Command(BaseCommand):
    """Follows the journal, sends what is due, fetches what has gaps; each night it compares with all partners."""

    help = "Send to partners on other servers what was done here, and fetch what is missing. Run it every minute."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--every` is for a server without a timer; `--compare` compares now and not only at night."""
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="Go on, and do it again after these seconds."
        )
        parser.add_argument("--compare", action="store_true", help="Compare with all partners now.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it once and say how much was done; with `--every` until whoever began it has ended."""
        parent = os.getppid()
        while True:
            found = exchange(compare_now=options["compare"])
            self.stdout.write(str(found))
            if not options["every"] or os.getppid() != parent:
                return
            connection.close()
            threading.Event().wait(options["every"])
