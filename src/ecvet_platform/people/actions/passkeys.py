"""Passkeys (WebAuthn Level 3): registered under a name, used to sign in and to prove, removed.

The challenge is kept in the session by the door, used once and for five minutes. User verification is required, so a
passkey is two factors: the device, and the finger, face or PIN that opens it. Attestation is not asked for: which make
of device people use is nobody's business here.
"""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ecvet.saying import say
from ecvet.terms import Failure, require
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people import proof
from ecvet_platform.people.actions import notices, self_of
from ecvet_platform.people.errors import PasskeyCopied, PasskeyRefused, PasskeyUnknown
from ecvet_platform.people.store import Account, account, proofs
from ecvet_platform.people.store.proofs import Key

MOST: Final = 20
LONGEST_NAME: Final = 60
_VERIFIED: Final = UserVerificationRequirement.REQUIRED
State = dict[str, Any]
Options = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Came:
    """Who came with which passkey."""

    person: Account
    key: Key


def is_site(host: str) -> bool:
    """Whether passkeys work on the site that is called so: they belong to one name, and never to a bare number."""
    name = urlsplit(f"//{host}").hostname or ""
    return name == settings.PASSKEY_SITE or name.endswith(f".{settings.PASSKEY_SITE}")


def of(person: Account) -> tuple[Key, ...]:
    """The passkeys of a person, the oldest first."""
    return proofs.passkeys(person.id)


def begin_new(person: Account) -> tuple[Options, State]:
    """What the browser is asked for to make a passkey, and what the session keeps."""
    user = PublicKeyCredentialUserEntity(id=person.id.bytes, name=person.email, display_name=person.name)
    options, state = _server().register_begin(
        user, [_descriptor(key) for key in proofs.passkeys(person.id)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED,
    )  # fmt: skip
    return dict(options)["publicKey"], _plain(state)


@transaction.atomic
def register(person: Account, name: str, answer: str, state: State | None) -> None:
    """Keep the passkey that a browser made. Raises `PasskeyRefused`."""
    found = _checked(lambda: _server().register_complete(_state(state), _read(answer)))
    data = found.credential_data
    called = name.strip()[:LONGEST_NAME]
    if data is None or data.public_key.get(3) not in CoseKey.supported_algorithms():
        raise PasskeyRefused(why=say("it signs in a way that was not asked for"))
    if len(proofs.passkeys(person.id)) >= MOST:
        raise PasskeyRefused(why=say("there are too many already"))
    kept = proofs.add_passkey(
        person.id, credential=_written(data.credential_id), data=bytes(data), name=called, count=found.counter,
        at=clock.now(),
    )  # fmt: skip
    if not kept:
        raise PasskeyRefused(why=say("it is registered already"))
    journal.write("person.add-passkey", by=self_of(person), subject=person.identifier)
    notices.changed(person, notices.PASSKEY_ADDED)


def begin(person: Account | None) -> tuple[Options, State]:
    """What the browser is asked for to show a passkey: any for this site, or one of a person who is known already."""
    known = [_descriptor(key) for key in proofs.passkeys(person.id) if not key.suspended] if person else None
    options, state = _server().authenticate_begin(known or None, user_verification=_VERIFIED)
    return dict(options)["publicKey"], _plain(state)


@transaction.atomic
def check(answer: str, state: State | None, *, of: Account | None = None) -> Came | Failure:
    """Whose passkey answered. What speaks against it is an answer, so that its entry in the journal stays."""
    try:
        response = AuthenticationResponse.from_dict(_read(answer))
    except PasskeyRefused as error:
        return Failure(error)
    except Exception:  # whatever a stranger's bytes do to the parser, they are no passkey
        return Failure(PasskeyRefused(why=say("the browser's answer cannot be read")))
    key = proofs.passkey(_written(response.raw_id))
    person = account(key.person) if key else None
    if key is None or person is None or (of is not None and of.id != person.id):
        return Failure(PasskeyUnknown())
    if response.response.user_handle not in (None, person.id.bytes):
        return _fail(person, PasskeyUnknown())
    if key.suspended:
        return _fail(person, PasskeyCopied())
    try:
        _checked(lambda: _server().authenticate_complete(
            _state(state), [AttestedCredentialData(key.data)], _read(answer)
        ))  # fmt: skip
    except PasskeyRefused as error:
        return _fail(person, error)
    told = response.response.authenticator_data.counter
    if proof.is_copied(key.count, told) or not proofs.use_passkey(key, count=told, at=clock.now()):
        proofs.suspend_passkey(key, at=clock.now())
        notices.changed(person, notices.PASSKEY_COPIED)
        return _fail(person, PasskeyCopied())
    return Came(person, key)


@transaction.atomic
def remove(person: Account, key: UUID) -> None:
    """Forget a passkey, unless it is the last way in. Raises `LastWayIn`, `PasskeyUnknown`."""
    mine = next((one for one in proofs.passkeys(person.id) if one.id == key), None)
    if mine is None:
        raise PasskeyUnknown()
    if not mine.suspended:
        issuers = [one.issuer for one in settings.PROVIDERS]
        require(proof.may_do_without_passkey(proofs.ways(person.id), issuers))
    proofs.remove_passkey(person.id, key)
    journal.write("person.remove-passkey", by=self_of(person), subject=person.identifier)
    notices.changed(person, notices.PASSKEY_REMOVED)


def rename(person: Account, key: UUID, name: str) -> None:
    """Call a passkey otherwise. Raises `PasskeyUnknown`."""
    if not proofs.rename_passkey(person.id, key, name.strip()[:LONGEST_NAME]):
        raise PasskeyUnknown()


def _fail(person: Account, error: PasskeyRefused | PasskeyUnknown | PasskeyCopied) -> Failure:
    journal.write("person.fail", by=self_of(person), subject=person.identifier, detail={"by": "passkey"})
    return Failure(error)


def _server() -> Fido2Server:
    site = PublicKeyCredentialRpEntity(name="ecvet", id=settings.PASSKEY_SITE)
    return Fido2Server(site, verify_origin=_is_origin)


def _is_origin(origin: str) -> bool:
    """Whether a page at this origin may use passkeys: https at the site's name, plain http on this machine only."""
    parts = urlsplit(origin)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == "localhost")
    return secure and is_site(parts.netloc) and origin == f"{parts.scheme}://{parts.netloc}"


def _state(state: State | None) -> State:
    if state is None:
        raise PasskeyRefused(why=say("it took too long, or the page was sent twice"))
    return state


def _read(answer: str) -> dict[str, Any]:
    try:
        found = json.loads(answer) if len(answer) < 50_000 else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise PasskeyRefused(why=say("the browser's answer cannot be read"))
    return found


def _checked(check: Any) -> Any:
    """What the library found. Whatever it has against an answer, and however it says so, is one refusal."""
    try:
        return check()
    except PasskeyRefused:
        raise
    except Exception as error:
        raise PasskeyRefused(why=say("its answer does not fit this site and this moment")) from error


def _descriptor(key: Key) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(
        type=PublicKeyCredentialType.PUBLIC_KEY, id=AttestedCredentialData(key.data).credential_id
    )


def _plain(state: Any) -> State:
    return {"challenge": str(state["challenge"]), "user_verification": _VERIFIED.value}


def _written(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
