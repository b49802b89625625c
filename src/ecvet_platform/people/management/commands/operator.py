"""`python -m django operator EMAIL`: who operates the server and may look as staff. Whoever has its shell decides."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ecvet.errors import EcvetError
from ecvet_platform.people import actions, store
from ecvet_platform.people.actions import staff


class Command(BaseCommand):
    """Makes a person an operator, or no longer."""

    help = "Let a person look as staff, for a limited time and with a reason; --take ends it."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address, a name for a new account, and taking it away."""
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="The person's name, where there is no account yet.")
        parser.add_argument("--take", action="store_true", help="The person is no operator any more.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what holds now."""
        email, name, take = options["email"], options["name"], options["take"]
        person = store.account_of(email.strip().lower())
        if person is None and (take or not name):
            raise CommandError(f"Nobody here has the address {email}. Give --name to make an account.")
        try:
            person = person or actions.register(email=email, name=name)
        except EcvetError as error:
            raise CommandError(f"{error} {error.what_to_do}") from error
        staff.set_operator(person, not take)
        self.stdout.write(
            f"{person.name} no longer operates this server." if take else
            f"{person.name} operates this server, and may look as staff after showing a second factor."
        )  # fmt: skip
