"""Registers the room with Django, and hands mobility what it needs to know of credit."""

from django.apps import AppConfig


class Credit(AppConfig):
    """The room `credit`."""

    name = "ecvet_platform.credit"
    label = "credit"

    def ready(self) -> None:
        """Let mobility know what learners hold already, and what still needs their data."""
        from ecvet_platform.credit.actions.forgetting import Held
        from ecvet_platform.credit.actions.held import ForMobility
        from ecvet_platform.mobility.actions import learners
        from ecvet_platform.mobility.actions.proposing import rely_on

        rely_on(ForMobility())
        learners.rely_on(Held())
