"""What each kind of key is for, and what its renewal does, in the reader's language."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet_platform.credentials.actions.renewing import Kind, Own


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutKey:
    """What a kind of key is for, and what its renewal does."""

    title: str | Promise
    text: str | Promise
    caption: str | Promise
    mark: str | Promise
    renew: str | Promise
    then: str | Promise


_CERTIFICATE: Final = _("Fingerprint of the certificate (SHA-256)")
_DIRECTORY: Final = _(
    "A new key is made and signs from now on. This cannot be undone. Verifiers who keep the trust directory of this "
    "platform fetch it again."
)

KEYS: Final[dict[str, AboutKey]] = {
    Kind.CERTIFICATE: AboutKey(
        title=_("For credentials and documents"),
        text=_(
            "A key with a certificate (P-256): it signs credentials for wallets, their status lists, and PDF documents."
        ),
        caption=_("Keys with certificates, the newest first"), mark=_CERTIFICATE, renew=_("Renew the key"),
        then=_DIRECTORY,
    ),
    Kind.PROOFS: AboutKey(
        title=_("For badges and learner records"),
        text=_("A key under the web address of the institution here (Ed25519): it makes the proofs in Open Badges, "
               "learner records and their status lists."),
        caption=_("Keys for proofs, the newest first"), mark=_("Name of the key"), renew=_("Renew the key for proofs"),
        then=_DIRECTORY,
    ),
    Kind.RECORDS: AboutKey(
        title=_("For agreements, transcripts and decisions"),
        text=_("A key (Ed25519) with which the institution signs the records that it exchanges with its partners."),
        caption=_("Keys of records, the newest first"), mark=_("Name of the key"), renew=_("Renew the key of records"),
        then=_("A new key is made and signs from now on. This cannot be undone. What was signed before stays signed: "
               "if somebody else may have the old key, look through what was signed lately, and agree anew."),
    ),
    Own.PLATFORM: AboutKey(
        title=_("The platform’s own key"),
        text=_("With it those ask wallets for credentials who are in no register."),
        caption=_("Own keys, the newest first"), mark=_CERTIFICATE, renew=_("Renew the platform’s key"),
        then=_DIRECTORY,
    ),
    Own.ANCHOR: AboutKey(
        title=_("The anchor"),
        text=_("Everything that institutions here sign leads to it. An anchor that was renewed certifies nothing more, "
               "and stays trusted for what it certified."),
        caption=_("Anchors, the newest first"), mark=_CERTIFICATE, renew=_("Renew the anchor"),
        then=_(
            "A new anchor certifies keys from now on; the old one stays in the trust directory for what it certified. "
            "If somebody else may have it, the keys of all institutions are renewed in the same step. This cannot be "
            "undone. Verifiers fetch the trust directory again."),
    ),
}  # fmt: skip
"""The kinds of keys."""
