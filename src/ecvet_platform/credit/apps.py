"""Registers the room with Django, and hands earlier rooms what they need to know of credit."""

from django.apps import AppConfig


class Credit(AppConfig):
    """The room `credit`."""

    name = "ecvet_platform.credit"
    label = "credit"

    def ready(self) -> None:
        """Let mobility and drafts know what learners hold already, and mobility what still needs their data."""
        from ecvet_platform.credit.actions.forgetting import Held
        from ecvet_platform.credit.actions.held import ForDrafts, ForMobility
        from ecvet_platform.drafts.actions import learners as drafts
        from ecvet_platform.mobility.actions import learners
        from ecvet_platform.mobility.actions.proposing import rely_on

        drafts.rely_on(ForDrafts())
        rely_on(ForMobility())
        learners.rely_on(Held())
