"""Registers the room with Django, and forgets for the erased."""

from django.apps import AppConfig


class Wallets(AppConfig):
    """The room `wallets`."""

    name = "ecvet_platform.wallets"
    label = "wallets"

    def ready(self) -> None:
        """Forget what is remembered about learners who are erased."""
        from ecvet_platform.mobility.actions import learners
        from ecvet_platform.wallets.actions.own import Held

        learners.rely_on(Held())
