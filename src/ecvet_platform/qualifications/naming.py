"""How things are found: by a text whatever its accents, and by a key that fits into the address of a page.

No database folds accents alike (SQLite knows no Greek, PostgreSQL needs an extension), so what is searched is folded
here, once when it is written and once when it is asked for.
"""

import unicodedata
from uuid import NAMESPACE_URL, UUID, uuid5

from ecvet.terms import Identifier, LangString

_URN = "urn:uuid:"


def fold(*texts: str) -> str:
    """The texts without accents and capitals, in one line: “Ελλάδα” and “ΕΛΛΑΔΑ” fold alike."""
    spread = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    return " ".join("".join(one for one in spread if not unicodedata.combining(one)).replace("ς", "σ").split())


def fold_all(*texts: LangString | str | None) -> str:
    """The texts in all their languages, folded, each word group once."""
    plain = [text for one in texts if one for text in ([one] if isinstance(one, str) else dict(one.texts).values())]
    return fold(*dict.fromkeys(plain))


def key_of(identifier: Identifier) -> UUID:
    """The key of an identifier in addresses: the UUID it carries, else the one that follows from its URI (RFC 9562)."""
    if identifier.startswith(_URN):
        return UUID(identifier.removeprefix(_URN))
    return uuid5(NAMESPACE_URL, identifier)


def key_text(identifier: Identifier) -> str:
    """The same as text, for the lines of a list."""
    return identifier[len(_URN) :] if identifier.startswith(_URN) else str(uuid5(NAMESPACE_URL, identifier))


def thread_of(key: UUID) -> Identifier:
    """The thread whose key this is."""
    return Identifier(key.urn)
