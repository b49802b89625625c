"""How Django keeps sessions here: in its own table, read with one short query instead of a row that is built each time.

What is kept, how it is signed and when it ends stays Django's. The signature of a text is checked once in a process,
not for each request: it stays the same for the same text and the same secrets. The text is read each time.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends import db
from django.core import signing
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

_READ: Final = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """The sessions of the database."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Django's own table."""
        return db.SessionStore.get_model_class()

    def load(self) -> dict[str, Any]:
        """What a session holds; nothing where it is unknown or over, and then its key is not used again."""
        database = connections[DEFAULT_DB_ALIAS]
        until = database.ops.adapt_datetimefield_value(timezone.now())
        with database.cursor() as cursor:
            cursor.execute(_READ, [self.session_key, until])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        return dict(self.decode(found[0]))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What a signed text says; nothing where its signature is not ours."""
        text = session_data if isinstance(session_data, str) else session_data.decode()
        secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        try:
            return dict(json.loads(_signed(text, self.key_salt, secrets)))
        except (signing.BadSignature, ValueError):
            return dict(super().decode(text))  # which says so in the log


class _AsItIs:
    """Leaves the bytes that were signed as they are."""

    def dumps(self, obj: bytes) -> bytes:
        return obj

    def loads(self, data: bytes) -> bytes:
        return data


@lru_cache(maxsize=1024)
def _signed(text: str, salt: str, secrets: Sequence[str]) -> bytes:
    """What was signed with one of the secrets. Raises `BadSignature`."""
    found = signing.loads(text, key=secrets[0], fallback_keys=list(secrets[1:]), salt=salt, serializer=_AsItIs)
    return bytes(found)
