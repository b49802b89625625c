"""What a verifier asks for, in the language of OpenID4VP 1.0 (DCQL, section 6): read, written, held against claims.

Queries for formats that are not verified here are read as well: a wallet's maker tests with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.profiles.types import SHOWN, TYPES, CertificateType
from ecvet.credential.wallet.errors import WalletMessageUnreadable
from ecvet.credential.wallet.reading import json_object, objects, part, text, text_if
from ecvet.saying import say

FORMAT: Final = "dc+sd-jwt"
Path = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimQuery:
    """One claim that is asked for; None in the path means every element of a list."""

    path: Path
    id: str | None = None
    values: tuple[str | int | bool, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialQuery:
    """One credential that is asked for; without claims, whatever need not be withheld."""

    id: str
    format: str
    vcts: tuple[str, ...] = ()
    claims: tuple[ClaimQuery, ...] = ()
    claim_sets: tuple[tuple[str, ...], ...] = ()
    multiple: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialSet:
    """Which credentials together answer; the first option is preferred."""

    options: tuple[tuple[str, ...], ...]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query."""

    credentials: tuple[CredentialQuery, ...]
    sets: tuple[CredentialSet, ...] = ()

    @property
    def claims(self) -> Claims:
        """The query as JSON; for queries of our own, without claim sets."""
        return {"credentials": [
            {"id": one.id, "format": one.format, "meta": {"vct_values": list(one.vcts)},
             **({"claims": [{"path": list(claim.path)} for claim in one.claims]} if one.claims else {})}
            for one in self.credentials
        ], **({"credential_sets": [{"options": [list(option) for option in one.options]} for one in self.sets]}
              if self.sets else {})}  # fmt: skip


def query_for(kinds: tuple[CertificateType, ...], *, named: bool) -> Query:
    """The query for one credential of our types; `named` asks for the learner's name and day of birth too."""
    wanted = (*SHOWN, *(("given_name", "family_name", "birthdate") if named else ()))
    asked = tuple(
        CredentialQuery(
            id=kind.value.replace("-", "_"), format=FORMAT, vcts=(TYPES[kind].vct,),
            claims=tuple(ClaimQuery(path=(name,)) for name in wanted),
        )
        for kind in kinds
    )  # fmt: skip
    return Query(asked, (CredentialSet(options=tuple((one.id,) for one in asked)),) if len(asked) > 1 else ())


def query(data: bytes) -> Query:
    """Read a query. Raises `WalletMessageUnreadable`."""
    said = json_object(data, "query")
    found = tuple(map(_credential, objects(said, "credentials")))
    names = [one.id for one in found]
    if len(set(names)) < len(names):
        raise WalletMessageUnreadable(why=say("two credentials of the query have one id"))
    sets = tuple(map(_set, objects(said, "credential_sets", needed=False)))
    if {name for one in sets for option in one.options for name in option} - set(names):
        raise WalletMessageUnreadable(why=say("a set names a credential that is not asked for"))
    return Query(found, sets)


def missing(asked: CredentialQuery, claims: Claims) -> tuple[str, ...]:
    """The names of the claims that were asked for and are not there, or have another value."""
    if asked.claim_sets:
        by_id = {one.id: one for one in asked.claims}
        if any(all(_is_there(by_id[name], claims) for name in one) for one in asked.claim_sets):
            return ()
    return tuple(".".join(map(str, one.path)) for one in asked.claims if not _is_there(one, claims))


def _is_there(one: ClaimQuery, claims: Claims) -> bool:
    found = list(_at(claims, one.path))
    return bool(found) and (not one.values or any(value in one.values for value in found))


def _at(item: Any, path: Path) -> Iterator[Any]:
    if not path:
        yield item
        return
    step, rest = path[0], path[1:]
    if step is None:
        for one in item if isinstance(item, list) else ():
            yield from _at(one, rest)
    elif isinstance(step, str):
        if isinstance(item, dict) and step in item:
            yield from _at(item[step], rest)
    elif isinstance(item, list) and step < len(item):
        yield from _at(item[step], rest)


def _credential(said: Claims) -> CredentialQuery:
    claims = tuple(map(_claim, objects(said, "claims", needed=False)))
    sets = _lists(said, "claim_sets")
    if {name for one in sets for name in one} - {one.id for one in claims}:
        raise WalletMessageUnreadable(why=say("a claim set names a claim that is not asked for"))
    meta = part(said, "meta")
    vcts = meta.get("vct_values", [])
    if not isinstance(vcts, list) or not all(isinstance(one, str) for one in vcts):
        raise WalletMessageUnreadable(why=say("vct_values is no list of texts"))
    multiple = said.get("multiple", False)
    if not isinstance(multiple, bool):
        raise WalletMessageUnreadable(why=say("multiple is neither true nor false"))
    return CredentialQuery(
        id=text(said, "id", most=100), format=text(said, "format"), vcts=tuple(vcts), claims=claims, claim_sets=sets,
        multiple=multiple,
    )  # fmt: skip


def _claim(said: Claims) -> ClaimQuery:
    path, values = said.get("path"), said.get("values", [])
    if not isinstance(path, list) or not path or not all(_is_step(one) for one in path):
        raise WalletMessageUnreadable(why=say("the path of a claim is not one"))
    if not isinstance(values, list) or not all(isinstance(one, str | int | bool) for one in values):
        raise WalletMessageUnreadable(why=say("the values of a claim are no list"))
    return ClaimQuery(path=tuple(path), id=text_if(said, "id"), values=tuple(values))


def _is_step(one: object) -> bool:
    return one is None or isinstance(one, str) or (isinstance(one, int) and not isinstance(one, bool) and one >= 0)


def _set(said: Claims) -> CredentialSet:
    required = said.get("required", True)
    if not isinstance(required, bool):
        raise WalletMessageUnreadable(why=say("required is neither true nor false"))
    options = _lists(said, "options")
    if not options:
        raise WalletMessageUnreadable(why=say("a set has no options"))
    return CredentialSet(options=options, required=required)


def _lists(said: Claims, name: str) -> tuple[tuple[str, ...], ...]:
    found = said.get(name, [])
    right = isinstance(found, list) and all(
        isinstance(one, list) and one and all(isinstance(item, str) for item in one) for one in found
    )
    if not right:
        raise WalletMessageUnreadable(why=say("{name} is no list of lists of texts", name=name))
    return tuple(map(tuple, found))
