"""Registers the room with Django."""

from django.apps import AppConfig


class Drafts(AppConfig):
    """The room `drafts`."""

    name = "ecvet_platform.drafts"
    label = "drafts"
