"""Tokens: a code becomes an access token, once, for the wallet that proves to be the right one, bound to its key."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ecvet.credential.wallet.errors import GrantInvalid, GrantKindUnknown, PossessionNotProved, TokenInvalid
from ecvet.credential.wallet.issuance import CODE, PRE_AUTHORISED, Detail, details
from ecvet.credential.wallet.offering import check_verifier
from ecvet.credential.wallet.tokens import check_dpop
from ecvet.record import Address
from ecvet.saying import say
from ecvet.terms import Identifier
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import Actor
from ecvet_platform.people.sealing import marks
from ecvet_platform.wallets.actions.offers import TRIES
from ecvet_platform.wallets.actions.places import PROOF, TOKEN
from ecvet_platform.wallets.store import memory
from ecvet_platform.wallets.store.memory import Remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """For what a token stands: one credential of a learner, granted by a person to a wallet."""

    token: str
    decision: Address
    kind: str
    learner: Identifier
    by: Actor
    client: str
    identifier: str


def prove(proof: str | None, *, method: str, url: str, token: str | None = None) -> str:
    """The thumbprint of the key that made a request; its proof is remembered. Raises `PossessionNotProved`."""
    found = check_dpop(proof, method=method, url=url, at=clock.now(), token=token)
    if not memory.first("dpop", f"{found.thumbprint} {found.jti}", until=clock.now() + PROOF):
        raise PossessionNotProved(why=say("the proof was used before"))
    return found.thumbprint


def token(form: Mapping[str, str], thumbprint: str) -> dict[str, Any]:
    """The answer of the token endpoint. Raises `GrantInvalid`, `GrantKindUnknown`."""
    kind = form.get("grant_type")
    if kind == CODE:
        found = _signed_in(form, thumbprint)
    elif kind == PRE_AUTHORISED:
        found = _pre_authorised(form)
    else:
        raise GrantKindUnknown()
    secret, now = chance.token(), clock.now()
    data = {name: found.data[name] for name in ("decision", "kind", "learner", "person", "name", "client")}
    data |= {"thumbprint": thumbprint, "client": form.get("client_id", data["client"])[:300]}
    memory.keep("token", secret, data, until=now + TOKEN, parent=found.hash, learner=data["learner"])
    answer = {"access_token": secret, "token_type": "DPoP", "expires_in": int(TOKEN.total_seconds())}
    if found.data.get("by_details") or _asks_by_details(form):
        one = Detail(configuration=data["kind"], identifiers=(identifier(data["decision"]),))
        answer["authorization_details"] = [one.claims]
    return answer


def bearer(said: str, proof: str | None, *, method: str, url: str) -> Granted:
    """For what the token of a request stands. Raises `TokenInvalid`, `PossessionNotProved`."""
    scheme, _, secret = said.partition(" ")
    if scheme.lower() != "dpop" or not secret:
        raise TokenInvalid(why=say("there is none of the kind DPoP"))
    thumbprint = prove(proof, method=method, url=url, token=secret)
    found = memory.find("token", secret, clock.now())
    if found is None:
        raise TokenInvalid(why=say("it is unknown or has expired"))
    if not hmac.compare_digest(str(found.data["thumbprint"]), thumbprint):
        raise TokenInvalid(why=say("it is bound to another key"))
    data = found.data
    person = Actor(person=Identifier(data["person"]), name=data["name"], institution=None, roles=frozenset())
    return Granted(
        token=found.hash, decision=Address(data["decision"]), kind=data["kind"], learner=Identifier(data["learner"]),
        by=person, client=data["client"], identifier=identifier(data["decision"]),
    )  # fmt: skip


def identifier(decision: str) -> str:
    """The name of a credential between wallet and issuer: it does not tell the address of the record."""
    return str(uuid5(NAMESPACE_URL, decision))


def _signed_in(form: Mapping[str, str], thumbprint: str) -> Remembered:
    found = _used_once(form.get("code", ""))
    if "challenge" not in found.data:
        raise GrantInvalid(why=say("it is of another kind"))
    check_verifier(form.get("code_verifier", ""), found.data["challenge"])
    if form.get("client_id") != found.data["client"] or form.get("redirect_uri") != found.data["redirect"]:
        raise GrantInvalid(why=say("it was given to another wallet"))
    if found.data["thumbprint"] not in ("", thumbprint):
        raise GrantInvalid(why=say("it is bound to another key"))
    return found


def _pre_authorised(form: Mapping[str, str]) -> Remembered:
    """The transaction code may be typed anew a few times; the code in the offer is used up by the right one."""
    code, typed = form.get("pre-authorized_code", ""), form.get("tx_code", "")
    found = memory.find("code", code, clock.now())
    if found is not None and "typed" in found.data and not found.used:
        if found.data["tries"] >= TRIES:
            raise GrantInvalid(why=say("a wrong transaction code was typed too often"))
        if not any(hmac.compare_digest(found.data["typed"], one) for one in marks(typed, code)):
            memory.rewrite("code", found.hash, {**found.data, "tries": found.data["tries"] + 1})
            raise GrantInvalid(why=say("the transaction code is wrong"))
    found = _used_once(code)
    if "typed" not in found.data:
        raise GrantInvalid(why=say("it is of another kind"))
    return found


def _used_once(code: str) -> Remembered:
    """A code, used up by this. Who brings one a second time takes with it what came of it (RFC 6749, 4.1.2)."""
    now = clock.now()
    found = memory.find("code", code, now)
    if found is None:
        raise GrantInvalid(why=say("it is unknown or has expired"))
    if found.used or memory.use("code", code, now) is None:
        memory.drop(parent=found.hash)
        raise GrantInvalid(why=say("it was used before; what was granted with it is withdrawn"))
    return found


def _asks_by_details(form: Mapping[str, str]) -> bool:
    said = form.get("authorization_details", "")
    return bool(said) and bool(details(said.encode()))
