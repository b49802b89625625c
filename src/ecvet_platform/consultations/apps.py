"""Registers the room with Django, and lets guests be invited to a consultation."""

from django.apps import AppConfig


class Consultations(AppConfig):
    """The room `consultations`."""

    name = "ecvet_platform.consultations"
    label = "consultations"

    def ready(self) -> None:
        """Hand the errand of stakeholders without account to the room of guests."""
        from ecvet_platform.consultations.actions.stakeholders import ERRAND
        from ecvet_platform.guests.actions import errands

        errands.rely_on(ERRAND)
