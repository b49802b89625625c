"""`python -m django load_concepts FILE --language fi`: names of ESCO concepts, from a file of the Commission's."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ecvet.errors import EcvetError
from ecvet_platform.qualifications.actions import concepts


class Command(BaseCommand):
    """Keeps the names of a file's concepts in its language, so that outcomes can be linked by words."""

    help = "Load names of ESCO concepts (a CSV file with conceptUri and preferredLabel), one language after another."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file and its language."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--language", required=True, help="The language of the file, for example fi.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it and say how many there were."""
        file: Path = options["file"]
        try:
            count = concepts.load(file.read_bytes(), file.name, options["language"])
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except EcvetError as error:
            raise CommandError(f"{error} {error.what_to_do}") from error
        self.stdout.write(f"{count} concepts are known by their names in “{options['language']}”.")
