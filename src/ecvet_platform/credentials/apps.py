"""Registers the room with Django, and hands the room of documents the keys that seal."""

from django.apps import AppConfig


class Credentials(AppConfig):
    """The room `credentials`."""

    name = "ecvet_platform.credentials"
    label = "credentials"

    def ready(self) -> None:
        """Let documents be sealed with the keys that sign credentials, and forget the credentials of the erased."""
        from ecvet_platform.credentials.actions.issue import Held
        from ecvet_platform.credentials.actions.keys import ForDocuments
        from ecvet_platform.documents.actions import rely_on
        from ecvet_platform.mobility.actions import learners

        rely_on(ForDocuments())
        learners.rely_on(Held())
