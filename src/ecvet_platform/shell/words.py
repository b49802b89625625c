"""The words for what has a fixed name in the code, for people in their own language."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
