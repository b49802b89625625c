"""The words for what has a fixed name in the code, for people in their own language."""

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

TERMS: Final[tuple[str | Promise, ...]] = (
    _("Unit"),
    _("Learning outcome"),
    _("Qualification"),
    _("Points"),
    _("Credit"),
    _("Memorandum of understanding"),
    _("Learning agreement"),
    _("Personal transcript"),
    _("Home institution"),
    _("Hosting institution"),
    _("Propose"),
    _("Sign"),
    _("Reject"),
    _("Withdraw"),
    _("Assess"),
    _("Transfer"),
    _("Validate"),
    _("Recognise"),
    _("Accumulate"),
    _("Award"),
    _("Issue"),
    _("Verify"),
    _("Save"),
    _("Cancel"),
    _("Back"),
    _("Search"),
)
"""The vocabulary of the Recommendation and of every form: one translation of each, whichever page uses it."""
