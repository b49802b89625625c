"""Authorise: a wallet asks, the learner signs in, sees what and who, and says yes or no (RFC 9126, RFC 6749)."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.db import transaction

from ecvet.credential.wallet.errors import WalletMessageUnreadable
from ecvet.credential.wallet.offering import Asked, asked
from ecvet.record import Address
from ecvet.saying import say
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import Actor
from ecvet_platform.wallets.actions import own
from ecvet_platform.wallets.actions.offers import granted
from ecvet_platform.wallets.actions.places import CODE, PUSHED, addresses, is_wallet_address
from ecvet_platform.wallets.errors import RequestOver
from ecvet_platform.wallets.store import memory

PREFIX = "urn:ietf:params:oauth:request_uri:"


def push(form: Mapping[str, str], thumbprint: str) -> dict[str, Any]:
    """Keep what a wallet asks; `thumbprint` is the key to which the code will be bound. Raises `WalletRefusal`."""
    found, secret, now = asked(form), chance.token(), clock.now()
    if not is_wallet_address(found.redirect):
        raise WalletMessageUnreadable(why=say("redirect_uri is not an address to which an answer is sent"))
    memory.sweep(now)
    memory.keep("pushed", secret, {**asdict(found), "thumbprint": thumbprint}, until=now + PUSHED)
    return {"request_uri": PREFIX + secret, "expires_in": int(PUSHED.total_seconds())}


def pending(request_uri: str, client: str) -> Asked:
    """What a wallet asks. Raises `RequestOver`."""
    found = memory.find("pushed", request_uri.removeprefix(PREFIX), clock.now())
    if found is None or found.used or found.data["client"] != client:
        raise RequestOver()
    return _asked(found.data)


@transaction.atomic
def allow(request_uri: str, client: str, decision: Address, *, actor: Actor) -> str:
    """Grant one credential to the wallet; the address to which it is sent. Raises `RequestOver`, `NotForYourWallet`."""
    wanted = pending(request_uri, client)
    found = own.chosen(decision, actor=actor, kind=wanted.kind)
    pushed = memory.use("pushed", request_uri.removeprefix(PREFIX), clock.now())
    if pushed is None:
        raise RequestOver()
    code = chance.token()
    memory.keep(
        "code", code,
        {**granted(found, actor, client=client), "challenge": wanted.challenge, "redirect": wanted.redirect,
         "by_details": wanted.by_details, "thumbprint": pushed.data["thumbprint"]},
        until=clock.now() + CODE, learner=found.learner,
    )  # fmt: skip
    journal.write("credential.allow", by=actor, subject=found.learner, record=found.decision)
    return _back(wanted, code=code)


@transaction.atomic
def deny(request_uri: str, client: str) -> str:
    """Say no; the address to which the wallet is sent. Raises `RequestOver`."""
    wanted = pending(request_uri, client)
    memory.use("pushed", request_uri.removeprefix(PREFIX), clock.now())
    return _back(wanted, error="access_denied")


def _back(wanted: Asked, **said: str) -> str:
    answer = {**said, **({"state": wanted.state} if wanted.state else {}), "iss": addresses().issuer}  # RFC 9207
    return f"{wanted.redirect}{'&' if '?' in wanted.redirect else '?'}{urlencode(answer)}"


def _asked(data: dict[str, Any]) -> Asked:
    return Asked(**{name: item for name, item in data.items() if name != "thumbprint"})
