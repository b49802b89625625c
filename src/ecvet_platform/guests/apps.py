"""Registers the room with Django, and lets links end when their learner is erased."""

from django.apps import AppConfig


class Guests(AppConfig):
    """The room `guests`."""

    name = "ecvet_platform.guests"
    label = "guests"

    def ready(self) -> None:
        """Be told when a learner is erased."""
        from ecvet_platform.guests.actions.forgetting import Held
        from ecvet_platform.mobility.actions import learners

        learners.rely_on(Held())
