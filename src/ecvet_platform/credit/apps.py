"""Registers the room with Django."""

from django.apps import AppConfig


class Credit(AppConfig):
    """The room `credit`."""

    name = "ecvet_platform.credit"
    label = "credit"
