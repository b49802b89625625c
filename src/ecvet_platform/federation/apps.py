"""Registers the room with Django."""

from django.apps import AppConfig


class Federation(AppConfig):
    """The room `federation`."""

    name = "ecvet_platform.federation"
    label = "federation"
