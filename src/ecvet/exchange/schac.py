"""Names of institutions in the systems of higher education, as identifiers here: `urn:schac:uw.edu.pl` and others.

SCHAC is the internet domain by which Erasmus Without Paper knows an institution; PIC and Erasmus code are those of the
Commission. An institution of the register carries them among its `other_ids`.
"""

from typing import Final
from urllib.parse import quote, unquote

from ecvet.terms import Identifier, NotAnIdentifier, identifier

KINDS: Final = ("schac", "pic", "erasmus")


def identifier_of(kind: str, value: str) -> Identifier:
    """The identifier of a name in one of the systems. Raises `NotAnIdentifier` for an empty or overlong one."""
    plain = " ".join(value.split())
    if not plain:
        raise NotAnIdentifier(text=value)
    return identifier(f"urn:{kind}:{quote(plain, safe='.-')}")


def kind_of(name: Identifier) -> tuple[str, str]:
    """The system and the name in it; `local` and the identifier itself for every other."""
    for kind in KINDS:
        start = f"urn:{kind}:"
        if name.startswith(start):
            return kind, unquote(name.removeprefix(start))
    return "local", name


def schac_of(names: tuple[Identifier, ...]) -> str:
    """The domain among the names of an institution; empty where none is known."""
    return next((value for kind, value in map(kind_of, names) if kind == "schac"), "")
