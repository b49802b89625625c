"""Registers the room with Django, and hands the register of qualifications what it needs of institutions."""

from django.apps import AppConfig


class Institutions(AppConfig):
    """The room `institutions`."""

    name = "ecvet_platform.institutions"
    label = "institutions"

    def ready(self) -> None:
        """Let the register sign, and know who is empowered."""
        from ecvet_platform.institutions.actions.register import ForTheRegister
        from ecvet_platform.qualifications.actions import rely_on

        rely_on(ForTheRegister())
