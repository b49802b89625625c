"""Registers the room with Django."""

from django.apps import AppConfig


class Mobility(AppConfig):
    """The room `mobility`."""

    name = "ecvet_platform.mobility"
    label = "mobility"
