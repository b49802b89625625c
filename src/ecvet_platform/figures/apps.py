"""Registers the room with Django."""

from django.apps import AppConfig


class Figures(AppConfig):
    """The room `figures`."""

    name = "ecvet_platform.figures"
    label = "figures"
