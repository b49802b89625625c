"""`python -m django follow_partners`: read again who partners are and who vouches for them. Run it twice a day."""

from typing import Any

from django.core.management.base import BaseCommand

from ecvet_platform.federation.actions.superior import fetch_all_marks
from ecvet_platform.federation.actions.vouching import follow_everybody


class Command(BaseCommand):
    """Follows the keys of partners, looks for chains to the anchors, and fetches the own institutions' marks."""

    help = "Read again who partners on other servers are, and who vouches for them. Run it twice a day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it once and say how it went."""
        found = follow_everybody()
        marks = fetch_all_marks()
        self.stdout.write(
            f"{found.read} partners read, {found.failed} failed; an anchor vouches for {found.anchored}; "
            f"{marks} superiors answered."
        )
