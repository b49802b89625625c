"""`python -m django export_trust DIRECTORY`: the anchor and the register, for offline verification elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from ecvet_platform.credentials.actions.trust import export


class Command(BaseCommand):
    """Writes the trust directory that `ecvet verify FILE --trust DIRECTORY` reads."""

    help = "Write the anchor's certificate and the register of institutions into a directory."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The directory."""
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files."""
        export(options["directory"])
        self.stdout.write(f"The trust of this platform is in {options['directory']}.")
