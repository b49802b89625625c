"""The providers of OpenID Connect that the operator has set up: a file in TOML becomes values, once, at the start."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ecvet.saying import say
from ecvet_platform.people.errors import ProvidersUnreadable
from ecvet_platform.people.internet import is_askable

_NAME: Final = re.compile(r"[a-z0-9-]{1,40}")
_TEXTS: Final = frozenset(
    {"name", "title", "issuer", "client_id", "client_secret", "client_secret_file", "email_claim", "verified_claim"}
)
_LISTS: Final = frozenset({"scopes", "domains", "second_factor"})
_NEEDED: Final = ("name", "title", "issuer", "client_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One provider. `domains` are those of e-mail addresses for which it vouches (`*` for all, none by default).

    `second_factor` are the values of the claim `acr` that say that a second factor was shown there.
    """

    name: str
    title: str
    issuer: str
    client_id: str
    client_secret: str = ""
    scopes: tuple[str, ...] = ("openid", "email")
    email_claim: str = "email"
    verified_claim: str = "email_verified"
    domains: frozenset[str] = frozenset()
    second_factor: frozenset[str] = frozenset()

    def vouches_for(self, email: str) -> bool:
        """Whether it may say whose address this is."""
        return "*" in self.domains or email.rpartition("@")[2].lower() in self.domains


def from_file(file: Path | None) -> tuple[Provider, ...]:
    """The providers of a file; none without one. Raises `ProvidersUnreadable`."""
    if file is None:
        return ()
    try:
        return read(file.read_text(encoding="utf-8"), file)
    except (OSError, UnicodeDecodeError) as error:
        raise ProvidersUnreadable(file=file, why=say("it cannot be opened")) from error


def read(text: str, file: Path) -> tuple[Provider, ...]:
    """The providers of a text in TOML, `[[provider]]` for each. Raises `ProvidersUnreadable`."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProvidersUnreadable(file=file, why=say("it is not TOML ({error})", error=error)) from error
    tables = found.pop("provider", [])
    if found or not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise ProvidersUnreadable(file=file, why=say("it holds something else than [[provider]] tables"))
    made = tuple(_provider(one, file) for one in tables)
    for what in ("name", "issuer"):
        if len({getattr(one, what) for one in made}) < len(made):
            raise ProvidersUnreadable(file=file, why=say("two providers have the same {what}", what=what))
    return made


def _provider(table: Mapping[str, Any], file: Path) -> Provider:
    def no(why: str) -> ProvidersUnreadable:
        return ProvidersUnreadable(file=file, why=say("{name}: {why}", name=table.get("name", "–"), why=why))

    strange = sorted(set(table) - _TEXTS - _LISTS)
    missing = [one for one in _NEEDED if not table.get(one)]
    if strange or missing:
        raise no(
            say("{strange} is unknown", strange=strange[0])
            if strange
            else say("{missing} is missing", missing=missing[0])
        )
    if not all(isinstance(table[one], str) for one in _TEXTS & set(table)):
        raise no(say("a text is not a text"))
    if not all(isinstance(table[one], list) and all(isinstance(item, str) for item in table[one])
               for one in _LISTS & set(table)):  # fmt: skip
        raise no(say("scopes, domains and second_factor are lists of texts"))
    if not _NAME.fullmatch(table["name"]):
        raise no(say("a name has small letters, digits and hyphens"))
    if not is_askable(table["issuer"]) or "?" in table["issuer"]:
        raise no(say("the issuer is not an https address"))
    scopes = tuple(table.get("scopes", ("openid", "email")))
    if "openid" not in scopes:
        raise no(say("scopes must contain openid"))
    return Provider(
        name=table["name"], title=table["title"], issuer=table["issuer"], client_id=table["client_id"],
        client_secret=_secret(table, no), scopes=scopes, email_claim=table.get("email_claim", "email"),
        verified_claim=table.get("verified_claim", "email_verified"),
        domains=frozenset(one.lower() for one in table.get("domains", ())),
        second_factor=frozenset(table.get("second_factor", ())),
    )  # fmt: skip


def _secret(table: Mapping[str, Any], no: Any) -> str:
    if "client_secret_file" not in table:
        return str(table.get("client_secret", ""))
    try:
        return Path(table["client_secret_file"]).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise no(say("client_secret_file cannot be opened")) from error
