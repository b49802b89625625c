"""What a wallet may hear instead of what it asked for: each fact with the name that its specification gives the error.

`error` is the member of the answer (RFC 6749, 5.2; RFC 9449, 5; OpenID4VCI 1.0, 8.3.1, 9.3 and 11.3). No sentence
contains a token, a code or a claim (security statement 32).
"""

from typing import ClassVar

from ecvet.errors import EcvetError


class WalletRefusal(EcvetError):
    """A message of a wallet that is refused. `error` is its name in the protocol."""

    code = "wallet.request.invalid"
    sentence = "The message of the wallet is refused: {why}."
    remedy = "Ask the maker of the wallet; the metadata of this issuer say what is understood."
    status = 400
    error: ClassVar[str] = "invalid_request"


class WalletMessageUnreadable(WalletRefusal):
    """A message that does not have the form of its specification."""

    code = "wallet.message.unreadable"
    sentence = "The message cannot be read: {why}."
    error = "invalid_request"


class ScopeUnknown(WalletRefusal):
    """A scope that names no kind of credential."""

    code = "wallet.scope.unknown"
    sentence = "The scope names no credential that is issued here."
    remedy = "Take a scope from the metadata of this issuer."
    error = "invalid_scope"


class GrantInvalid(WalletRefusal):
    """A code that is unknown, used, expired, of another wallet, or without its verifier or transaction code."""

    code = "wallet.grant.invalid"
    sentence = "The code is not accepted: {why}."
    remedy = "Begin again: open the offer anew on your page."
    error = "invalid_grant"


class GrantKindUnknown(WalletRefusal):
    """A kind of grant that is not offered."""

    code = "wallet.grant.kind-unknown"
    sentence = "This kind of grant is not offered here."
    remedy = "Use an authorisation code or a pre-authorised code."
    error = "unsupported_grant_type"


class PossessionNotProved(WalletRefusal):
    """A proof of possession for a token (DPoP) that is missing, wrong, replayed or of another key (RFC 9449)."""

    code = "wallet.dpop.invalid"
    sentence = "The wallet has not proved that the token is its own: {why}."
    remedy = "Sign a new DPoP proof for this request, with the key for which the token was issued."
    error = "invalid_dpop_proof"


class TokenInvalid(WalletRefusal):
    """An access token that is unknown, expired or bound to another key."""

    code = "wallet.token.invalid"
    sentence = "The access token is not accepted: {why}."
    remedy = "Begin again: open the offer anew on your page."
    status = 401
    error = "invalid_token"


class KeyProofInvalid(WalletRefusal):
    """A proof of the key to which a credential shall be bound that does not prove it."""

    code = "wallet.proof.invalid"
    sentence = "The wallet has not proved that it holds the key: {why}."
    remedy = "Sign a new proof with the key, for this issuer."
    error = "invalid_proof"


class ProofNonceInvalid(WalletRefusal):
    """A proof with a nonce that was not given, has been used or has expired."""

    code = "wallet.proof.nonce-invalid"
    sentence = "The nonce in the proof is unknown, used or expired."
    remedy = "Ask the nonce endpoint for a new one and sign a new proof."
    error = "invalid_nonce"


class CredentialRequestInvalid(WalletRefusal):
    """A request for a credential that lacks something or says too much."""

    code = "wallet.credential.request-invalid"
    sentence = "The request for a credential is not accepted: {why}."
    error = "invalid_credential_request"


class ConfigurationUnknown(WalletRefusal):
    """A kind of credential that is not issued here or was not granted."""

    code = "wallet.credential.configuration-unknown"
    sentence = "This kind of credential was not granted."
    remedy = "Ask for what the offer or the token names."
    error = "unknown_credential_configuration"


class IdentifierUnknown(WalletRefusal):
    """A credential that is not among those granted."""

    code = "wallet.credential.identifier-unknown"
    sentence = "This credential was not granted."
    remedy = "Ask for what the offer or the token names."
    error = "unknown_credential_identifier"


class EncryptionNotOffered(WalletRefusal):
    """A wallet that wants the answer encrypted, which is not offered beyond TLS."""

    code = "wallet.credential.encryption-not-offered"
    sentence = "Answers are not encrypted here beyond TLS."
    remedy = "Ask without credential_response_encryption; the metadata do not offer it."
    error = "invalid_encryption_parameters"


class CredentialDenied(WalletRefusal):
    """A credential that was granted and cannot be issued: it was revoked or suspended, or its learner erased."""

    code = "wallet.credential.denied"
    sentence = "The credential is not issued: {why}."
    remedy = "Ask the institution that decided."
    error = "credential_request_denied"


class TransactionUnknown(WalletRefusal):
    """A deferred credential that nobody waits for."""

    code = "wallet.transaction.unknown"
    sentence = "There is no deferred credential under this transaction."
    remedy = "Begin again: open the offer anew on your page."
    error = "invalid_transaction_id"


class NotificationUnknown(WalletRefusal):
    """A notification about nothing that was issued with this token."""

    code = "wallet.notification.unknown"
    sentence = "There is no credential under this notification."
    remedy = "Send the notification_id that came with the credential, with the same token."
    error = "invalid_notification_id"


class NotificationInvalid(WalletRefusal):
    """A notification that cannot be read."""

    code = "wallet.notification.invalid"
    sentence = "The notification is not one: {why}."
    error = "invalid_notification_request"


class PresentationInvalid(WalletRefusal):
    """An answer of a wallet that does not answer: unreadable, not encrypted for the request, or of another form."""

    code = "wallet.presentation.invalid"
    sentence = "The wallet has not answered the request: {why}."
    remedy = "Ask again with a new request."
    error = "invalid_request"


class PresentationRequestUnknown(WalletRefusal):
    """A request that is unknown, expired, or answered already: each is answered once."""

    code = "wallet.presentation.request-unknown"
    sentence = "There is no open request here: it is unknown, expired or answered."
    remedy = "Ask again with a new request."
    status = 404
    error = "invalid_request"
