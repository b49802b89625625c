"""Where something that was told is seen: the page of its subject, by the beginning of the sentence's name."""

from typing import Final

from django.urls import reverse

from ecvet_platform.notices.store.notices import Notice
from ecvet_platform.qualifications.naming import key_of

PLACES: Final[tuple[tuple[str, str], ...]] = (
    ("agreement.", "mobility:agreement"),
    ("memorandum.", "institutions:memorandum"),
    ("stay.", "mobility:agreement"),
    ("paper.", "guests:list"),
    ("credit.award", "credit:learner"),
    ("credit.", "credit:ground"),
    ("credential.", "credentials:list"),
    ("keys.", "credentials:keys"),
    ("platform.", "credentials:platform-keys"),
    ("learner.", "mobility:learner"),
    ("erasure.", "dossier:erasures"),
)
"""The beginning of a sentence's name and the page, which takes the key of the subject where it takes one."""

WITHOUT_KEY: Final = frozenset({"credentials:list", "credentials:platform-keys", "dossier:erasures"})


def place(one: Notice) -> str:
    """The address of the page, without the server."""
    name = next(page for start, page in PLACES if one.told.startswith(start))
    return reverse(name) if name in WITHOUT_KEY else reverse(name, kwargs={"key": key_of(one.subject)})
