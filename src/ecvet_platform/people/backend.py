"""How Django's sessions find the person again. Passkeys and OIDC become further backends beside this one."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend

from ecvet_platform.people import store


class EmailedLink(BaseBackend):
    """Signed in by an e-mailed link; who is no longer active is no longer signed in."""

    def get_user(self, user_id: Any) -> store.SessionUser | None:
        """The person of a session."""
        return store.session_user(UUID(str(user_id)))
