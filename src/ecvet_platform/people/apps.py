"""Registers the room with Django."""

from django.apps import AppConfig


class People(AppConfig):
    """The room `people`."""

    name = "ecvet_platform.people"
    label = "people"
