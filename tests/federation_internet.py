"""A small internet in the place of the guarded way out: institutions elsewhere that publish what a test wants."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.test import Client

from ecvet.federation import (
    DatedKey,
    Endpoints,
    EntityConfiguration,
    Mark,
    Rotation,
    SubordinateStatement,
    may_ask,
    may_take,
    sign_configuration,
    sign_mark,
    sign_rotation,
    sign_statement,
)
from ecvet.partnership import CompetentInstitution, Function
from ecvet.record import SigningKey, VerificationKey, plain
from ecvet.terms import Country, Identifier, LangString, Period, require
from ecvet_platform.federation.errors import NoAnswer
from ecvet_platform.federation.fetcher import Reply
from ecvet_platform.journal import clock

HERE = "https://here.example"
DAY = timedelta(hours=24)


def key_of(entity: str, name: str = "1") -> SigningKey:
    kid = f"{entity}#{name}"
    return SigningKey.from_seed(kid, hashlib.sha256(kid.encode()).digest())


@dataclass
class Elsewhere:
    """An institution on a server of its own. Every part can be changed into something false."""

    entity: str
    name: str = "Elsewhere"
    institution: str = ""
    key: str = "1"
    keys: list[SigningKey] = field(default_factory=list)
    rotations: list[str] = field(default_factory=list)
    successions: list[str] = field(default_factory=list)
    superiors: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    fetch: str | None = None
    speaks: frozenset[Identifier] | None = None
    since: datetime | None = None
    until: dict[str, datetime] = field(default_factory=dict)
    issued: datetime | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> Identifier:
        return Identifier(self.institution or self.entity)

    @property
    def signer(self) -> SigningKey:
        return key_of(self.entity, self.key)

    def listed(self) -> list[SigningKey]:
        own = [key_of(self.entity, self.key)]
        if self.id != self.entity:
            own.append(SigningKey(f"{self.id}#{self.key}", own[0].key))
        return [*own, *self.keys]

    def dated(self) -> tuple[DatedKey, ...]:
        return tuple(DatedKey(key=one.public, since=self.since, until=self.until.get(one.kid)) for one in self.listed())

    def renew(self, name: str) -> None:
        """A new key, for which the old one vouches."""
        old, self.key = self.signer, name
        new = tuple(one.public for one in self.listed())
        self.rotations.append(sign_rotation(Rotation(entity=self.entity, keys=new, at=clock.now()), old))

    def configuration(self) -> str:
        at = self.issued or clock.now()
        named = LangString.of({"en": self.name})
        item = CompetentInstitution(id=self.id, name=named, country=Country("FI"), **self.more)
        said = EntityConfiguration(
            id=self.entity, name=self.name, keys=self.dated(), issued=at, expires=at + DAY,
            endpoints=Endpoints.below(self.entity), superiors=self.superiors, marks=self.marks, fetch=self.fetch,
            institutions=self.speaks if self.speaks is not None else frozenset({self.id}),
            metadata={"ecvet_node": {"rotations": list(self.rotations), "successions": list(self.successions)},
                      "ecvet_institution": {"value": plain(item)}},
        )  # fmt: skip
        return sign_configuration(said, self.signer)

    def state(self, below: "Elsewhere", *, keys: tuple[VerificationKey, ...] = (), names: tuple[str, ...] = ()) -> str:
        """What it states as a superior about another."""
        at = clock.now()
        dated = tuple(DatedKey(key=one) for one in keys) or below.dated()
        said = SubordinateStatement(
            issuer=self.entity, subject=below.entity, keys=dated, issued=at, expires=at + DAY,
            metadata={"ecvet_node": {"institutions": list(names)}} if names else {},
        )  # fmt: skip
        return sign_statement(said, self.signer)

    def mark(self, below: "Elsewhere", function: Function, valid: Period) -> str:
        said = Mark(issuer=self.entity, subject=below.entity, function=function, valid=valid, issued=clock.now(),
                    source="decision 7")  # fmt: skip
        return sign_mark(said, self.signer)


class Internet:
    """What is found at addresses; everything else does not answer. `asked` are the addresses, in their order."""

    def __init__(self) -> None:
        self.pages: dict[str, Callable[[], tuple[int, str]]] = {}
        self.asked: list[str] = []

    def publish(self, *all_: Elsewhere) -> None:
        for one in all_:
            self.pages[f"{one.entity}/.well-known/openid-federation"] = lambda one=one: (200, one.configuration())  # type: ignore[misc]

    def hand_out(self, superior: Elsewhere, below: Elsewhere, **more: Any) -> None:
        superior.fetch = f"{superior.entity}/fetch"
        self.pages[f"{superior.fetch}?sub={below.entity}"] = lambda: (200, superior.state(below, **more))

    def serve(self, entity: str) -> None:
        """Let what this server publishes be found by itself, as another server would."""
        client = Client()

        def page(path: str) -> tuple[int, str]:
            answer = client.get(path)
            return answer.status_code, answer.content.decode()

        self.pages[f"{entity}/.well-known/openid-federation"] = lambda: page(
            f"{entity.removeprefix(HERE)}/.well-known/openid-federation"
        )

    def ask(self, method: str, address: str, *, of: str, kind: str, **_: Any) -> Reply:
        """In the place of `fetcher.ask`: the same rules about addresses, and no socket."""
        require(may_ask(address, of=of, guard=settings.NETWORK_GUARD))
        self.asked.append(address)
        found = self.pages.get(unquote(address))
        if found is None:
            raise NoAnswer(address=address, why="ConnectError")
        status, body = found()
        require(may_take(status, len(body), kind, address=address))
        return Reply(status, {}, body.encode())


def code_between(institution: Identifier, other: Elsewhere) -> str:
    """The code that both would read out."""
    from ecvet.federation import short_code
    from ecvet_platform.federation.actions.connecting import own_key

    return short_code(own_key(institution), other.signer.public)


__all__ = ["HERE", "Elsewhere", "Internet", "code_between", "key_of", "replace"]
