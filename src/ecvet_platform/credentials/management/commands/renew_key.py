"""`python -m django renew_key anchor|platform|INSTITUTION`: a new key, by whoever has the server's shell."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ecvet.credential.ended import Why
from ecvet.errors import EcvetError
from ecvet.terms import Identifier
from ecvet_platform.credentials.actions import renewing
from ecvet_platform.credentials.actions.platform_keys import SERVER
from ecvet_platform.credentials.actions.renewing import Kind, Own
from ecvet_platform.institutions.actions import register


class Command(BaseCommand):
    """Renews a key and says what signs from now on."""

    help = "Renew the anchor, the platform's own key, or a key of an institution (by its identifier)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose key, which, why, and since when it is not safe."""
        parser.add_argument("whose", help="anchor, platform, or the identifier of an institution")
        parser.add_argument("--kind", choices=[str(one) for one in Kind], default=Kind.CERTIFICATE.value)
        parser.add_argument("--why", choices=[str(one) for one in Why], default=Why.REGULAR.value)
        parser.add_argument("--until", metavar="ISO", help="The last safe moment of a compromised key, with its zone.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Renew it."""
        whose, why, back = options["whose"], Why(options["why"]), _moment(options["until"])
        try:
            if whose in list(Own):
                renewing.RENEW[Own(whose)](why=why, back=back, actor=SERVER)
                now = renewing.of_platform()[Own(whose)][0]
            else:
                institution, kind = register.institution(Identifier(whose)), Kind(options["kind"])
                renewing.renew(institution, kind, why=why, back=back, actor=SERVER)
                now = renewing.of(institution)[kind][0]
        except EcvetError as error:
            raise CommandError(f"{error} {error.what_to_do}") from error
        self.stdout.write(f"From now on signs {now.mark}. Export the trust directory again (export_trust).")


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}” is not a moment such as 2026-05-04T12:00+02:00") from error
    if found.tzinfo is None:
        raise CommandError(f"“{text}” has no zone; write for example {text}Z")
    return found
