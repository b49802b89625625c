"""Registers the room with Django."""

from django.apps import AppConfig


class Guests(AppConfig):
    """The room `guests`."""

    name = "ecvet_platform.guests"
    label = "guests"
