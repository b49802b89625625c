"""Make a document: set it, and seal it where its institution has a key.

The keys belong to the room of credentials, which comes later in the story; `rely_on` lets it hand in what this one
needs of it, once, when the platform starts.
"""

from enum import StrEnum
from typing import Final, Protocol

from django.conf import settings
from django.utils import translation

from ecvet.credential.keys import IssuerKey
from ecvet.terms import Identifier
from ecvet_platform.documents.errors import FormatUnknown, LanguageUnknown
from ecvet_platform.documents.fields import FRAME
from ecvet_platform.documents.typeset import typeset
from ecvet_platform.documents.values import Document


class Format(StrEnum):
    """As what a document is handed out: to keep and to prove, or to edit."""

    PDF = "pdf"
    WORD = "docx"


MEDIA: Final = "application/pdf"
MEDIA_OF: Final = {
    Format.PDF: MEDIA,
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The media types of the formats."""

CHECK: Final = "verify/records/"
"""Where the page stands that checks a record by its address, on every platform: what the QR codes lead to."""


class Keys(Protocol):
    """What this room needs of the one that keeps the keys."""

    def key(self, institution: Identifier) -> IssuerKey | None:
        """The key of an institution with its certificates, where it has one."""


_keys: list[Keys] = []


def rely_on(keys: Keys) -> None:
    """Take a room as the one that keeps the keys with which documents are sealed."""
    _keys[:] = [keys]


def pdf(document: Document) -> bytes:
    """The PDF of a document, sealed where its institution has a key. Raises `CharacterMissing`."""
    key = next((found for one in _keys if (found := one.key(document.sealer)) is not None), None)
    made = typeset(document, sealed=key is not None)
    if key is None:
        return made
    from ecvet_platform.documents.seal import seal  # only who seals waits for pyHanko to be read

    with translation.override(document.language):
        reason = str(FRAME["reason"])
    return seal(made, key, name=document.sealed_by, reason=reason)


def made(document: Document, form: Format) -> bytes:
    """A document in one of the formats. Raises what `pdf` raises."""
    if form is Format.PDF:
        return pdf(document)
    from ecvet_platform.documents.word import word  # only who edits waits for python-docx to be read

    return word(document)


def format_of(asked: str) -> Format:
    """The format that somebody asked for; a PDF when none was. Raises `FormatUnknown`."""
    if asked in ("", *Format):
        return Format(asked or Format.PDF)
    raise FormatUnknown(format=asked[:20])


def language(asked: str) -> str:
    """The language of a document that somebody asked for. Raises `LanguageUnknown`."""
    if asked not in dict(settings.LANGUAGES):
        raise LanguageUnknown(language=asked[:20])
    return asked
