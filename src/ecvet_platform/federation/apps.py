"""Registers the room with Django."""

from django.apps import AppConfig


class Federation(AppConfig):
    """The room `federation`."""

    name = "ecvet_platform.federation"
    label = "federation"

    def ready(self) -> None:
        """Forget the persons that travelled beside records when a learner is erased."""
        from ecvet_platform.federation.actions.forgetting import Held
        from ecvet_platform.mobility.actions import learners

        learners.rely_on(Held())
