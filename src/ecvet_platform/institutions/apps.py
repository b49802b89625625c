"""Registers the room with Django."""

from django.apps import AppConfig


class Institutions(AppConfig):
    """The room `institutions`."""

    name = "ecvet_platform.institutions"
    label = "institutions"
