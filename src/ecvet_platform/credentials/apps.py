"""Registers the room with Django, and hands the room of documents the keys that seal."""

from django.apps import AppConfig


class Credentials(AppConfig):
    """The room `credentials`."""

    name = "ecvet_platform.credentials"
    label = "credentials"

    def ready(self) -> None:
        """Let documents be sealed with the keys that sign credentials."""
        from ecvet_platform.credentials.actions.keys import ForDocuments
        from ecvet_platform.documents.actions import rely_on

        rely_on(ForDocuments())
