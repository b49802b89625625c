"""Registers the room with Django, and hands documents and institutions the keys that seal."""

from django.apps import AppConfig


class Credentials(AppConfig):
    """The room `credentials`."""

    name = "ecvet_platform.credentials"
    label = "credentials"

    def ready(self) -> None:
        """Give institutions the keys that sign credentials, seal documents with them, and forget for the erased."""
        from ecvet_platform.credentials.actions.giving import ForInstitutions
        from ecvet_platform.credentials.actions.issue import Held
        from ecvet_platform.credentials.actions.keys import ForDocuments
        from ecvet_platform.documents.actions import rely_on
        from ecvet_platform.institutions.actions import keys
        from ecvet_platform.mobility.actions import learners

        rely_on(ForDocuments())
        keys.rely_on(ForInstitutions())
        learners.rely_on(Held())
