"""`python -m django anchor`: list the anchors of this server, choose one with its key, or give one up."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ecvet.errors import EcvetError
from ecvet.federation.token import key_from
from ecvet.terms import Identifier
from ecvet_platform.federation.actions import anchors, partners
from ecvet_platform.people.roles import Actor

OPERATOR = Actor(
    person=Identifier("urn:ecvet:operator"), name="operator", institution=None, roles=frozenset()
)  # fmt: skip


class Command(BaseCommand):
    """Anchors without a browser: the key that was compared is given, so that nothing fetched is believed."""

    help = "List the anchors of this server; choose one with its public key, or give one up."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--choose` with `--key`, or `--give-up`; nothing: the list."""
        parser.add_argument("--choose", metavar="ADDRESS", help="Choose the anchor with this address in the network.")
        parser.add_argument("--key", metavar="X", help="Its public key (the member x of its JWK), as it was compared.")
        parser.add_argument("--give-up", metavar="ADDRESS", help="Let this anchor count no longer.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked, and list the anchors."""
        try:
            if options["choose"]:
                self._choose(options["choose"], options["key"])
            if options["give_up"]:
                anchors.give_up(Identifier(options["give_up"]), by=OPERATOR)
        except EcvetError as error:
            raise CommandError(f"{error} {error.what_to_do}") from error
        for entity, kids, since in anchors.lines():
            self.stdout.write(f"{entity}  since {since:%Y-%m-%d}  {', '.join(kids)}")

    def _choose(self, entity: str, x: str | None) -> None:
        if not x:
            raise CommandError("Give the key that was compared with --key; what is only fetched is not believed.")
        found = partners.opened(partners.fetch(entity), entity)
        signer = partners.signer(found)
        if signer.jwk["x"] != x:
            raise CommandError(f"{entity} signs with another key, {signer.jwk['x']}. Call its people.")
        key = key_from({"kid": signer.kid, "kty": "OKP", "crv": "Ed25519", "x": x})
        anchors.keep(Identifier(entity), [key], by=OPERATOR, who=OPERATOR.person)
