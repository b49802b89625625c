"""What the roles of people are called, in the reader's language."""

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
