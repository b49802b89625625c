"""Registers the room with Django, and lets share links end when their learner is erased."""

from django.apps import AppConfig


class Dossier(AppConfig):
    """The room `dossier`."""

    name = "ecvet_platform.dossier"
    label = "dossier"

    def ready(self) -> None:
        """Be told when a learner is erased."""
        from ecvet_platform.dossier.actions.sharing import Held
        from ecvet_platform.mobility.actions import learners

        learners.rely_on(Held())
