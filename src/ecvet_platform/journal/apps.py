"""Registers the room with Django."""

from django.apps import AppConfig


class Journal(AppConfig):
    """The room `journal`."""

    name = "ecvet_platform.journal"
    label = "journal"
