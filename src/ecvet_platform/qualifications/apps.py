"""Registers the room with Django."""

from django.apps import AppConfig


class Qualifications(AppConfig):
    """The room `qualifications`."""

    name = "ecvet_platform.qualifications"
    label = "qualifications"
