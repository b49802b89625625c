"""What the roles of people, and their ways to sign in, are called in the reader's language."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet_platform.people.roles import Role

ROLES: Final[dict[Role, str | Promise]] = {
    Role.COORDINATOR: _("Coordinator"),
    Role.ASSESSOR: _("Assessor"),
    Role.MENTOR: _("Workplace mentor"),
    Role.LEARNER: _("Learner"),
    Role.COMPETENT_INSTITUTION: _("Competent institution"),
    Role.REGISTER_OFFICE: _("Register office"),
    Role.VERIFIER: _("Verifier"),
}

WAYS: Final[dict[str, str | Promise]] = {
    "link": _("by a link sent by e-mail"),
    "passkey": _("by a passkey"),
    "provider": _("by an account elsewhere"),
}
