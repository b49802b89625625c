"""Registers the room with Django."""

from django.apps import AppConfig


class Credentials(AppConfig):
    """The room `credentials`."""

    name = "ecvet_platform.credentials"
    label = "credentials"
