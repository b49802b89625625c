"""Registers the room with Django."""

from django.apps import AppConfig


class Notices(AppConfig):
    """The room `notices`."""

    name = "ecvet_platform.notices"
    label = "notices"
