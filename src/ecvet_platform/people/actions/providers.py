"""Signing in by a provider of OpenID Connect: where to send a person, and who came back.

Descriptions and keys of providers are kept for an hour; an unknown key has them fetched anew, at most once a minute.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from joserfc.jwk import KeySet

from ecvet.saying import say
from ecvet.terms import require
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people import oidc, proof
from ecvet_platform.people.actions import notices, self_of
from ecvet_platform.people.errors import (
    ProviderAway,
    ProviderRefused,
    ProviderStranger,
    ProviderTaken,
    ProviderUnknown,
)
from ecvet_platform.people.internet import NoAnswer, Reply
from ecvet_platform.people.oidc import Asked, Metadata, Said
from ecvet_platform.people.providers import Provider
from ecvet_platform.people.store import Account, account, account_of, proofs
from ecvet_platform.people.store.proofs import Known

KEPT: Final = timedelta(hours=1)
AT_MOST_EVERY: Final = timedelta(minutes=1)
JSON: Final = {"Accept": "application/json"}


@dataclass
class _Cache:
    """What is known of providers, in this process."""

    described: dict[str, tuple[datetime, Metadata]] = field(default_factory=dict)
    keys: dict[str, tuple[datetime, KeySet, frozenset[str]]] = field(default_factory=dict)

    def clear(self) -> None:
        """Forget everything."""
        self.described.clear()
        self.keys.clear()


cache: Final = _Cache()


def provider(name: str) -> Provider:
    """The provider with this name. Raises `ProviderUnknown`."""
    found = next((one for one in settings.PROVIDERS if one.name == name), None)
    if found is None:
        raise ProviderUnknown()
    return found


def begin(name: str, *, back: str, then: str) -> tuple[str, Asked]:
    """Where to send a person, and what the session keeps. Raises `ProviderUnknown`, `ProviderAway`."""
    chosen = provider(name)
    asked = Asked(
        provider=name, state=chance.token(), nonce=chance.token(), verifier=chance.token(), back=back, next=then
    )
    return oidc.question(chosen, _described(chosen), asked), asked


def finish(name: str, asked: Asked | None, answer: dict[str, str]) -> tuple[Said, str]:
    """Who came back, and the ID token for signing out there. `answer` is the query of the address.

    Raises `ProviderUnknown`, `ProviderAway`, and `ProviderRefused` with the check that failed.
    """
    chosen = provider(name)

    def no(why: str) -> ProviderRefused:
        return ProviderRefused(title=chosen.title, why=why)

    if asked is None or asked.provider != name or not answer.get("state") or answer["state"] != asked.state:
        raise no(say("nobody here asked for it, or it took too long"))
    where = _described(chosen)
    if ("iss" in answer or where.names_issuer) and answer.get("iss") != chosen.issuer:
        raise no(say("it is from another issuer"))  # RFC 9207: another provider's answer (mix-up)
    if "error" in answer or not answer.get("code"):
        raise no(say("it says that nobody was signed in"))
    form, headers = oidc.token_form(chosen, where, asked, answer["code"])
    reply = _post(chosen, where.token, form, {**JSON, **headers})
    if reply.status != 200:
        raise no(say("the code is not accepted"))
    token, access = oidc.id_token(chosen, reply.body)
    claims = oidc.claims(chosen, token, _keys(chosen, where, oidc.key_id(token)), nonce=asked.nonce, at=clock.now())
    return oidc.said(chosen, _with_details(chosen, where, claims, access)), token


@transaction.atomic
def whose(name: str, said: Said) -> Account:
    """The account that belongs to who came: by the stored name, else by an address that is verified, which is stored.

    Raises `ProviderStranger`.
    """
    at, known = clock.now(), proofs.known_as(said.issuer, said.subject)
    if known is not None:
        proofs.use_subject(known.id, at=at)
        found = account(known.person)
    else:
        found = account_of(said.email) if said.email else None
        if found is not None:
            _tie(found, said, name=name)
    if found is None:
        raise ProviderStranger(title=provider(name).title)
    return found


@transaction.atomic
def tie(name: str, said: Said, *, to: Account) -> None:
    """Remember that a signed-in person is who came back. Raises `ProviderTaken`."""
    known = proofs.known_as(said.issuer, said.subject)
    if known is not None and known.person != to.id:
        raise ProviderTaken(title=provider(name).title)
    if known is None:
        _tie(to, said, name=name)


def ties(person: Account) -> tuple[Known, ...]:
    """The providers that know a person."""
    return proofs.subjects(person.id)


@transaction.atomic
def untie(person: Account, key: int) -> None:
    """Forget by which name a provider knows a person. Raises `LastWayIn`, `ProviderUnknown`."""
    mine = next((one for one in proofs.subjects(person.id) if one.id == key), None)
    if mine is None:
        raise ProviderUnknown()
    issuers = [one.issuer for one in settings.PROVIDERS]
    require(proof.may_do_without_provider(proofs.ways(person.id), mine.issuer, issuers))
    proofs.remove_subject(person.id, key)
    journal.write("person.untie-provider", by=self_of(person), subject=person.identifier)


def sign_out_at(name: str, token: str, *, back: str) -> str | None:
    """Where a person can sign out of the provider too (RP-Initiated Logout 1.0); None where there is no such place."""
    try:
        chosen = provider(name)
        where = _described(chosen).end_session
    except (ProviderUnknown, ProviderAway):
        return None
    said = {"client_id": chosen.client_id, "post_logout_redirect_uri": back, "id_token_hint": token}
    return f"{where}{'&' if '?' in where else '?'}{urlencode(said)}" if where else None


def _tie(person: Account, said: Said, *, name: str) -> None:
    proofs.add_subject(person.id, said.issuer, said.subject, at=clock.now())
    journal.write("person.tie-provider", by=self_of(person), subject=person.identifier, detail={"provider": name})
    notices.changed(person, notices.PROVIDER_TIED)


def _described(chosen: Provider) -> Metadata:
    kept = cache.described.get(chosen.issuer)
    if kept is not None and clock.now() - kept[0] < KEPT:
        return kept[1]
    found = oidc.metadata(chosen, _get(chosen, chosen.issuer.rstrip("/") + "/.well-known/openid-configuration"))
    cache.described[chosen.issuer] = (clock.now(), found)
    return found


def _keys(chosen: Provider, where: Metadata, wanted: str | None) -> KeySet:
    """The keys of a provider, fetched anew when they are old, or when the wanted one is not among them."""
    kept, at = cache.keys.get(chosen.issuer), clock.now()
    if kept is not None:
        since, keys, names = kept
        if at - since < (KEPT if wanted is None or wanted in names else AT_MOST_EVERY):
            return keys
    keys, names = oidc.key_set(chosen, _get(chosen, where.keys))
    cache.keys[chosen.issuer] = (at, keys, names)
    return keys


def _with_details(chosen: Provider, where: Metadata, claims: dict[str, Any], access: str) -> dict[str, Any]:
    """The claims, with those of the UserInfo endpoint where the ID token names no address."""
    if chosen.email_claim in claims or where.userinfo is None or not access:
        return claims
    return oidc.joined(chosen, claims, _get(chosen, where.userinfo, {**JSON, "Authorization": f"Bearer {access}"}))


def _get(chosen: Provider, url: str, headers: dict[str, str] | None = None) -> bytes:
    try:
        reply = settings.INTERNET.get(url, headers or JSON)
    except NoAnswer as error:
        raise ProviderAway(title=chosen.title) from error
    if reply.status != 200:
        raise ProviderAway(title=chosen.title)
    return bytes(reply.body)


def _post(chosen: Provider, url: str, form: dict[str, str], headers: dict[str, str]) -> Reply:
    try:
        reply: Reply = settings.INTERNET.post(url, form, headers)
    except NoAnswer as error:
        raise ProviderAway(title=chosen.title) from error
    return reply
