"""`python -m django issue_batches`: go on with every run that issues credentials and is not done. For a timer."""

from typing import Any

from django.core.management.base import BaseCommand

from ecvet.errors import EcvetError
from ecvet_platform.credentials.actions import bulk


class Command(BaseCommand):
    """Works off the runs step by step; stopped at any time, it goes on where it was."""

    help = "Issue the credentials of all runs that were begun and are not done."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work, and say what became of each run."""
        for key in bulk.unfinished():
            try:
                while not (found := bulk.work(key)).done:
                    continue
            except EcvetError as error:  # its key is lost, say; other institutions' runs go on
                self.stderr.write(f"{key}: {error} {error.what_to_do}")
            else:
                self.stdout.write(f"{key}: {found.issued} issued, {len(found.refused)} refused.")
