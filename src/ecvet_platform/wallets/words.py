"""Words of wallets in the reader's language."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: Final[dict[str, str | Promise]] = {
    "": _("Handed over"),
    "credential_accepted": _("Kept by the wallet"),
    "credential_failure": _("The wallet could not keep it"),
    "credential_deleted": _("Deleted in the wallet"),
}
