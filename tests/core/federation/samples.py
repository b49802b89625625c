"""Turin and Lyon with keys, and messages between them about a memorandum: from which each test takes what it needs."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from core.partnership.samples import AT, LYON, THREAD, TURIN, proposal
from ecvet.federation import (
    Circumstances,
    DatedKey,
    Endpoints,
    EntityConfiguration,
    KeyAt,
    Kind,
    Message,
    Standing,
    Trust,
    message,
    sign_configuration,
)
from ecvet.record import Act, Record, Signature, SigningKey, VerificationKey, sign
from ecvet.terms import Identifier

HOUR = timedelta(hours=1)
NONCE = "n" * 22


def key_of(entity: str, name: str = "1") -> SigningKey:
    kid = f"{entity}#{name}"
    return SigningKey.from_seed(kid, hashlib.sha256(kid.encode()).digest())


KEYS: dict[str, SigningKey] = {one: key_of(one) for one in (TURIN, LYON)}


def key_at(keys: Mapping[str, SigningKey] = KEYS) -> KeyAt:
    by_kid = {one.kid: one.public for one in keys.values()}

    def find(kid: str, at: datetime) -> VerificationKey | None:
        return by_kid.get(kid) or next((key for name, key in by_kid.items() if name.partition("#")[0] == kid), None)

    return find


def configuration(entity: str, *keys: SigningKey, at: datetime = AT, **more: Any) -> EntityConfiguration:
    used = keys or (key_of(entity),)
    made = EntityConfiguration(
        id=entity, name=entity.removeprefix("https://"), keys=tuple(DatedKey(key=one.public) for one in used),
        issued=at, expires=at + timedelta(hours=24), endpoints=Endpoints.below(entity),
    )  # fmt: skip
    made = replace(made, **more)
    return replace(made, token=sign_configuration(made, used[0]))


def known(entity: str, level: Trust = Trust.CONFIRMED) -> Standing:
    return Standing(
        entity=entity, at=AT, level=level, configuration=configuration(entity),
        institutions=frozenset({Identifier(entity)}),
    )  # fmt: skip


def statement(version: Record, by: Identifier, act: Act = Act.ACCEPT, *, at: datetime = AT, **more: Any) -> Signature:
    reason = "The dates do not suit us." if act in (Act.REJECT, Act.WITHDRAW) else None
    made = Signature(object=version.address, signer=by, role="party", act=act, at=at, reason=reason)
    return sign(replace(made, **more), KEYS[by])


def name(n: int) -> Identifier:
    return Identifier(f"urn:uuid:0190a1b2-0000-7000-8000-{n:012x}")


def said(kind: Kind, *, n: int = 1, seq: int = 1, sender: Identifier = TURIN, to: Identifier = LYON,
         thread: Identifier = THREAD, **more: Any) -> Message:  # fmt: skip
    return message(kind, id=name(n), sender=sender, to=to, seq=seq, thread=thread, **more)


def proposing(version: Record | None = None, **more: Any) -> Message:
    made = version or proposal()
    return said(Kind.PROPOSE, records=(made,), signatures=(statement(made, made.author, Act.ISSUE),), **more)


def circumstances(item: Message, **more: Any) -> Circumstances:
    made = Circumstances(
        caller=item.sender, sender=known(item.sender), here=frozenset({item.to}), now=AT, key_at=key_at()
    )
    return replace(made, **more)
