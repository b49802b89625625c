"""Registers the shell with Django and makes the languages ready."""

import logging

from django.apps import AppConfig
from django.conf import settings

from ecvet_platform.people import telling
from ecvet_platform.shell import pseudo
from ecvet_platform.shell.catalogues import compile_all


class Shell(AppConfig):
    """The room `shell`."""

    name = "ecvet_platform.shell"
    label = "shell"

    def ready(self) -> None:
        """Say how facts are told, and compile the languages whose texts are newer than their compiled form."""
        from ecvet_platform.shell import facts  # imports the rooms, which Django knows only now

        telling.know(facts.WORDS, facts.NAMED, facts.WAYS)
        try:
            compile_all(settings.CATALOGUES, settings.LOCALE_PATHS[0])
            if settings.DEBUG:
                pseudo.write(settings.PLATFORM, settings.LOCALE_PATHS[0])
        except OSError as error:  # `ecvet up` refuses such a folder with a remedy; other commands need no languages
            logging.getLogger(__name__).info("languages were not compiled: %s", error)
