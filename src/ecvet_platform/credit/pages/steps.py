"""Which page a step of the life cycles is taken on; several verbs of one decision share a page."""

from typing import Final
from uuid import UUID

from django.urls import reverse

from ecvet.credit.lifecycle import Verb
from ecvet_platform.credit.words import VERBS

PAGES: Final[tuple[tuple[str, Verb, frozenset[Verb]], ...]] = (
    ("credit:validate", Verb.VALIDATE, frozenset({Verb.VALIDATE})),
    ("credit:ask", Verb.ASK, frozenset({Verb.ASK})),
    ("credit:recognise", Verb.RECOGNISE, frozenset({Verb.RECOGNISE, Verb.REFUSE, Verb.REVERSE})),
    ("credit:answer", Verb.CHANGE, frozenset({Verb.CHANGE})),
    ("credit:appeal", Verb.APPEAL, frozenset({Verb.APPEAL})),
)
"""The page, the verb by which its button is called, the verbs that lead to it."""


def buttons(key: UUID, verbs: tuple[Verb, ...]) -> list[tuple[str, str]]:
    """Text and address of the buttons of a case."""
    return [
        (str(VERBS[called]), reverse(page, kwargs={"key": key}))
        for page, called, leading in PAGES
        if leading.intersection(verbs)
    ]
