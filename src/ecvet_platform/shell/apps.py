"""Registers the room with Django."""

from django.apps import AppConfig


class Shell(AppConfig):
    """The room `shell`."""

    name = "ecvet_platform.shell"
    label = "shell"
