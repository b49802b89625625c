"""The messages of OpenID4VCI 1.0: offers, details of an authorisation, metadata, requests and answers for credentials.

Parsing takes what the specification allows, also for formats that are not issued here; what is issued is another
question. Members that are not known are passed over, as the specification demands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ecvet.credential.errors import VerificationError
from ecvet.credential.formats.strict_json import Claims, parse_json
from ecvet.credential.wallet.errors import (
    CredentialRequestInvalid,
    EncryptionNotOffered,
    NotificationInvalid,
    WalletMessageUnreadable,
)
from ecvet.credential.wallet.reading import json_object, objects, part, text, text_if, texts
from ecvet.saying import say

PRE_AUTHORISED: Final = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
CODE: Final = "authorization_code"
EVENTS: Final = frozenset({"credential_accepted", "credential_failure", "credential_deleted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionCode:
    """The second code, which reaches the learner by another way; nothing of it need be said (section 4.1.1)."""

    length: int | None = None
    input_mode: str = "numeric"
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialOffer:
    """An offer (section 4.1): by whom, which kinds, and by which grants. `code` is the pre-authorised one."""

    issuer: str
    configurations: tuple[str, ...]
    code: str | None = None
    transaction_code: TransactionCode | None = None
    by_sign_in: bool = False
    issuer_state: str | None = None

    @property
    def claims(self) -> Claims:
        """The offer as JSON."""
        grants: Claims = {}
        if self.by_sign_in:
            grants[CODE] = {} if self.issuer_state is None else {"issuer_state": self.issuer_state}
        if self.code is not None:
            grants[PRE_AUTHORISED] = {"pre-authorized_code": self.code}
            if self.transaction_code is not None:
                one = self.transaction_code
                said = {"length": one.length, "input_mode": one.input_mode, "description": one.description}
                grants[PRE_AUTHORISED]["tx_code"] = {name: item for name, item in said.items() if item}
        return {
            "credential_issuer": self.issuer, "credential_configuration_ids": list(self.configurations),
            **({"grants": grants} if grants else {}),
        }  # fmt: skip


def offer(data: bytes) -> CredentialOffer:
    """Read an offer. Raises `WalletMessageUnreadable`."""
    said = json_object(data, "credential offer")
    grants = part(said, "grants")
    coded, signed = part(grants, PRE_AUTHORISED), part(grants, CODE)
    transaction = None
    if "tx_code" in coded:
        inner = part(coded, "tx_code")
        length = inner.get("length")
        if length is not None and (isinstance(length, bool) or not isinstance(length, int) or length < 1):
            raise WalletMessageUnreadable(why=say("the length of the transaction code is no number"))
        transaction = TransactionCode(
            length=length, input_mode=text_if(inner, "input_mode") or "numeric",
            description=text_if(inner, "description") or "",
        )  # fmt: skip
    return CredentialOffer(
        issuer=text(said, "credential_issuer"), configurations=texts(said, "credential_configuration_ids"),
        code=text(coded, "pre-authorized_code") if PRE_AUTHORISED in grants else None, transaction_code=transaction,
        by_sign_in=CODE in grants, issuer_state=text_if(signed, "issuer_state"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One entry of authorization_details (section 5.1.1): a kind of credential, and the credentials once granted."""

    configuration: str
    identifiers: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()

    @property
    def claims(self) -> Claims:
        """The entry as JSON."""
        said: Claims = {"type": "openid_credential", "credential_configuration_id": self.configuration}
        return {**said, "credential_identifiers": list(self.identifiers)} if self.identifiers else said


def details(data: bytes) -> tuple[Detail, ...]:
    """Read authorization_details; entries of other types are passed over. Raises `WalletMessageUnreadable`."""
    try:
        listed = parse_json(data, "authorization_details")
    except VerificationError as error:
        raise WalletMessageUnreadable(why=say("authorization_details are not JSON")) from error
    found = objects({"authorization_details": listed}, "authorization_details")
    return tuple(
        Detail(
            configuration=text(one, "credential_configuration_id"), locations=texts(one, "locations", needed=False),
            identifiers=texts(one, "credential_identifiers", needed=False),
        )
        for one in found if text(one, "type") == "openid_credential"
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """A kind of credential that an issuer offers: format, scope, the algorithms of its proofs, the type where named."""

    format: str
    scope: str | None
    proof_algorithms: tuple[str, ...]
    vct: str | None


def configurations(said: Claims) -> dict[str, Configuration]:
    """The kinds in the metadata of an issuer. Raises `WalletMessageUnreadable`."""
    listed = part(said, "credential_configurations_supported")
    if not listed:
        raise WalletMessageUnreadable(why=say("credential_configurations_supported is missing"))
    return {name: _configuration(part(listed, name)) for name in listed}


def _configuration(said: Claims) -> Configuration:
    jwt = part(part(said, "proof_types_supported"), "jwt")
    return Configuration(
        format=text(said, "format"), scope=text_if(said, "scope"), vct=text_if(said, "vct"),
        proof_algorithms=texts(jwt, "proof_signing_alg_values_supported") if jwt else (),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerMetadata:
    """Where an issuer is asked what (section 12.2.4)."""

    issuer: str
    servers: tuple[str, ...]
    credential_endpoint: str
    nonce_endpoint: str | None
    deferred_endpoint: str | None
    notification_endpoint: str | None
    configurations: Mapping[str, Configuration]


def issuer_metadata(data: bytes) -> IssuerMetadata:
    """Read the metadata of an issuer. Raises `WalletMessageUnreadable`."""
    said = json_object(data, "issuer metadata")
    issuer = text(said, "credential_issuer")
    return IssuerMetadata(
        issuer=issuer, servers=texts(said, "authorization_servers", needed=False) or (issuer,),
        credential_endpoint=text(said, "credential_endpoint"), nonce_endpoint=text_if(said, "nonce_endpoint"),
        deferred_endpoint=text_if(said, "deferred_credential_endpoint"),
        notification_endpoint=text_if(said, "notification_endpoint"), configurations=configurations(said),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialRequest:
    """A request for a credential (section 8.2): either a kind or one credential, with the proofs of its keys."""

    configuration: str | None
    identifier: str | None
    proofs: tuple[str, ...]


def credential_request(data: bytes, *, most: int) -> CredentialRequest:
    """Read a request. Raises `CredentialRequestInvalid`, `EncryptionNotOffered`."""
    no = CredentialRequestInvalid
    said = json_object(data, "request", no)
    if "credential_response_encryption" in said:
        raise EncryptionNotOffered()
    kind, one = said.get("credential_configuration_id"), said.get("credential_identifier")
    if (kind is None) == (one is None) or not isinstance(kind or one, str):
        raise no(why=say("it names either a credential_configuration_id or a credential_identifier"))
    proofs = said.get("proofs")
    if not isinstance(proofs, dict) or len(proofs) != 1:
        raise no(why=say("it has no proofs of one type"))
    listed = proofs.get("jwt")
    if not isinstance(listed, list) or not listed or not all(isinstance(item, str) for item in listed):
        raise no(why=say("its proofs are not of the type jwt"))
    if len(listed) > most:
        raise no(why=say("it has {number} proofs, more than {most}", number=len(listed), most=most))
    return CredentialRequest(configuration=kind, identifier=one, proofs=tuple(listed))


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialResponse:
    """An answer (section 8.3): credentials, or the transaction under which they are fetched later."""

    credentials: tuple[Any, ...] = ()
    transaction: str | None = None
    interval: int | None = None
    notification: str | None = None

    @property
    def claims(self) -> Claims:
        """The answer as JSON."""
        if self.transaction is not None:
            return {"transaction_id": self.transaction, "interval": self.interval}
        said: Claims = {"credentials": [{"credential": one} for one in self.credentials]}
        return {**said, "notification_id": self.notification} if self.notification else said


def credential_response(data: bytes) -> CredentialResponse:
    """Read an answer; the credentials are as they came, texts or objects. Raises `WalletMessageUnreadable`."""
    said = json_object(data, "answer")
    transaction, interval = text_if(said, "transaction_id"), said.get("interval")
    if transaction is not None:
        if isinstance(interval, bool) or not isinstance(interval, int) or interval < 1:
            raise WalletMessageUnreadable(why=say("interval is no number"))
        return CredentialResponse(transaction=transaction, interval=interval)
    found = tuple(one.get("credential") for one in objects(said, "credentials"))
    if not all(isinstance(one, str | dict) and one for one in found):
        raise WalletMessageUnreadable(why=say("a credential is missing"))
    return CredentialResponse(credentials=found, notification=text_if(said, "notification_id"))


@dataclass(frozen=True, slots=True)
class Notification:
    """What became of a credential in the wallet (section 11.1)."""

    id: str
    event: str


def notification(data: bytes) -> Notification:
    """Read a notification. Raises `NotificationInvalid`."""
    said = json_object(data, "notification", NotificationInvalid)
    name, event = said.get("notification_id"), said.get("event")
    if not isinstance(name, str) or not isinstance(event, str) or event not in EVENTS:
        raise NotificationInvalid(why=say("it has no notification_id or no event that is known"))
    return Notification(name, event)
