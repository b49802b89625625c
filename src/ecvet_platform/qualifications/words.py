"""Words of the register in the reader's language, for what has a fixed name in the code."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet.qualification import OutcomeKind
from ecvet.qualification.combination import Role
from ecvet.terms import Severity

KINDS: Final[dict[OutcomeKind, str | Promise]] = {
    OutcomeKind.KNOWLEDGE: _("Knowledge"),
    OutcomeKind.SKILLS: _("Skills"),
    OutcomeKind.COMPETENCE: _("Competence"),
}

ROLES: Final[dict[Role, str | Promise]] = {
    Role.DEFINED: "",
    Role.FOREIGN: _("from another document"),
    Role.AREA: _("competence area"),
    Role.TITLE: _("title"),
    Role.BRANCH: _("alternative"),
}

SEVERITIES: Final[dict[Severity, str | Promise]] = {
    Severity.ERROR: _("To mend"),
    Severity.WARNING: _("Please look"),
    Severity.FLAG: _("For information"),
}
