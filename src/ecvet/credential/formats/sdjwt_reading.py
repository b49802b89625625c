"""Reading an SD-JWT (RFC 9901): taken apart, digests made, disclosed claims put in their places.

Refused is whatever could make two verifiers see different claims. The common case, in which everything disclosed is
simple and stands at the top, has a short way of its own; what is not clearly so goes the general way, which also says
what is wrong.
"""

import hashlib
import re
from binascii import b2a_base64
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

from ecvet.credential.errors import BeyondLimits, Malformed, NotACredential, ProofFails, WrongType
from ecvet.credential.formats import jws
from ecvet.credential.formats.jws import TO_URL
from ecvet.credential.formats.strict_json import MAX_DEPTH, Claims, parse_json
from ecvet.saying import say

Path: TypeAlias = tuple[str | int, ...]
"""The way to a claim: names of members and places in lists."""

MAX_BYTES: Final = 256 * 1024
MAX_DISCLOSURES: Final = 512
DIGESTS: Final = {"sha-256": hashlib.sha256, "sha-384": hashlib.sha384, "sha-512": hashlib.sha512}
ALWAYS_DISCLOSED: Final = frozenset({"iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "aud"})
"""Claims that steer the verification and hence may not depend on the holder's choice (SD-JWT VC, 2.2.2.2)."""

RESERVED: Final = frozenset({"_sd", "...", "_sd_alg"})
"""Names that belong to the format."""


class Disclosure(NamedTuple):
    """One disclosure: its text, over which the digest is made, and `[salt, name, value]` or `[salt, value]`.

    `plain` says that the value surely holds no digests.
    """

    text: str
    content: list[Any]
    plain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SdJwt:
    """A credential taken apart, nothing of it checked. `presented` are the bytes that a key binding refers to."""

    token: jws.Token
    disclosures: tuple[Disclosure, ...]
    presented: bytes
    binding: jws.Token | None


@dataclass(frozen=True, slots=True)
class Revealed:
    """The claims with the disclosed ones in their place; `paths` says which disclosure (by number) gave which claim."""

    claims: Claims
    paths: dict[Path, int]


def parse(data: bytes) -> SdJwt:
    """Take received bytes apart. Raises `BeyondLimits` before it interprets anything, `NotACredential`, `Malformed`."""
    if len(data) > MAX_BYTES:
        raise BeyondLimits(
            why=say("it has {number} bytes, more than {max_bytes}", number=len(data), max_bytes=MAX_BYTES)
        )
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError as error:
        raise NotACredential(why=say("it contains characters that no credential contains")) from error
    first, *disclosures = text.split("~")
    if not disclosures or first.count(".") != 2:
        raise NotACredential(why=say("it has not the shape of an SD-JWT"))
    binding = disclosures.pop()
    if len(disclosures) > MAX_DISCLOSURES:
        raise BeyondLimits(
            why=say(
                "it has {number} disclosures, more than {max_disclosures}",
                number=len(disclosures),
                max_disclosures=MAX_DISCLOSURES,
            )
        )
    return SdJwt(
        token=jws.parse(first, "credential"),
        disclosures=tuple(map(_read, disclosures)),
        presented=text[: len(text) - len(binding)].encode("ascii"),
        binding=jws.parse(binding, "key binding") if binding else None,
    )


_Offered: TypeAlias = dict[str, tuple[int, Disclosure]]
"""Disclosures with their numbers, by their digests."""


def reveal(credential: SdJwt) -> Revealed:
    """Put the disclosed claims in their places. Raises `ProofFails`, `WrongType`, `BeyondLimits`."""
    offered = _offered(credential)
    return reveal_flat(credential, offered) or reveal_nested(credential, offered)


def _offered(credential: SdJwt) -> _Offered:
    algorithm = digest_algorithm(credential)
    digests = _digests([one.text for one in credential.disclosures], algorithm)
    offered = dict(zip(digests, enumerate(credential.disclosures), strict=True))
    if len(offered) < len(digests):
        raise ProofFails(why=say("a disclosure is given twice"))
    return offered


def reveal_flat(credential: SdJwt, offered: _Offered) -> Revealed | None:
    """The common case, fast: all that is disclosed stands at the top. None for whatever is not so or not right."""
    payload = credential.token.payload
    listed = payload.get("_sd", [])
    names = sum(name in payload for name in ("_sd", "_sd_alg"))
    if not _is_plain(credential.token.text, names) or not isinstance(listed, list):
        return None
    claims = {name: value for name, value in payload.items() if name not in RESERVED}
    paths: dict[Path, int] = {}
    for digest in listed:
        number, one = offered.get(digest, _WITHHELD) if type(digest) is str else _WRONG
        if one is None:
            if number < 0:
                return None
            continue
        name = one.content[1]
        if not one.plain or len(one.content) != 3 or name in claims or name in RESERVED or name in ALWAYS_DISCLOSED:
            return None
        claims[name] = one.content[2]
        paths[(name,)] = number
    if len(paths) < len(offered) or len(set(listed)) < len(listed):
        return None
    return Revealed(claims, paths)


_WITHHELD: Final = (0, None)
_WRONG: Final = (-1, None)


def reveal_nested(credential: SdJwt, offered: _Offered) -> Revealed:
    """The general case; it also says what is wrong."""
    seen: set[str] = set()
    paths: dict[Path, int] = {}

    def found(digest: object, length: int, path: Path) -> Disclosure | None:
        if not isinstance(digest, str) or digest in seen:
            raise ProofFails(why=say("a digest is not a text or appears twice"))
        seen.add(digest)
        if digest not in offered:
            return None  # withheld, or a decoy
        number, one = offered[digest]
        if len(one.content) != length:
            raise ProofFails(why=say("a disclosure stands where one of another kind belongs"))
        paths[path if length == 2 else (*path, one.content[1])] = number
        return one

    def inside(one: Disclosure, path: Path, depth: int) -> Any:
        return one.content[-1] if one.plain else walk(one.content[-1], path, depth)

    def walk(item: Any, path: Path, depth: int) -> Any:
        if depth > 2 * MAX_DEPTH:
            raise BeyondLimits(why=say("its claims are nested more than {text} deep", text=2 * MAX_DEPTH))
        if isinstance(item, dict):
            return walk_object(item, path, depth)
        if isinstance(item, list):
            listed = []
            for place, value in enumerate(item):
                if isinstance(value, dict) and "..." in value:
                    if len(value) != 1:
                        raise ProofFails(why=say("a place in a list holds more than its digest"))
                    one = found(value["..."], 2, (*path, place))
                    if one is not None:
                        listed.append(inside(one, (*path, place), depth + 1))
                else:
                    listed.append(walk(value, (*path, place), depth + 1))
            return listed
        return item

    def walk_object(item: Claims, path: Path, depth: int) -> Claims:
        if "..." in item or (path and "_sd_alg" in item):
            raise ProofFails(why=say("a claim has a name that belongs to the format"))
        shown = {name: walk(value, (*path, name), depth + 1) for name, value in item.items() if name not in RESERVED}
        digests = item.get("_sd", [])
        if not isinstance(digests, list):
            raise ProofFails(why=say("the digests of the withheld claims are not a list"))
        for digest in digests:
            one = found(digest, 3, path)
            if one is None:
                continue
            name = one.content[1]
            if name in RESERVED or name in item or name in shown:
                raise ProofFails(why=say("a disclosed claim has a name that is taken or belongs to the format"))
            if not path and name in ALWAYS_DISCLOSED:
                raise ProofFails(why=say("the claim {name} may not be withheld or disclosed at will", name=name))
            shown[name] = inside(one, (*path, name), depth + 1)
        return shown

    claims = walk_object(credential.token.payload, (), 1)
    if len(paths) < len(offered):
        raise ProofFails(why=say("a disclosure belongs to nothing that was signed"))
    return Revealed(claims, paths)


def digest_algorithm(credential: SdJwt) -> str:
    """The name of the digest that the issuer chose. Raises `WrongType` for one that is not known."""
    algorithm = credential.token.payload.get("_sd_alg", "sha-256")
    if not isinstance(algorithm, str) or algorithm not in DIGESTS:
        raise WrongType(why=say("its digests are made in a way that is not known"))
    return algorithm


def digest(text: str, algorithm: str) -> str:
    """The digest of a disclosure, as the issuer signs it."""
    return jws.encode(DIGESTS[algorithm](text.encode("ascii")).digest())


def _digests(texts: list[str], algorithm: str) -> list[str]:
    """All digests, encoded in one go."""
    function = DIGESTS[algorithm]
    encoded = [b2a_base64(function(one.encode("ascii")).digest(), newline=False) for one in texts]
    return b" ".join(encoded).translate(TO_URL, b"=").decode("ascii").split(" ") if encoded else []


def _read(text: str) -> Disclosure:
    data = jws.decode(text, "disclosure")
    if simple := _SIMPLE.fullmatch(data.decode("latin-1")):  # most are of this form, and one meaning has it for all
        salt, name, value, number, word = simple.groups()
        if value is None:
            value = int(number) if number else _WORDS[word]
        return Disclosure(text, [salt, name, value], True)
    content = parse_json(data, "disclosure")
    if not isinstance(content, list) or len(content) not in (2, 3) or not isinstance(content[0], str):
        raise Malformed(why=say("a disclosure is not a list of salt, name and value"))
    if len(content) == 3 and not isinstance(content[1], str):
        raise Malformed(why=say("the name in a disclosure is not a text"))
    return Disclosure(text, content, _is_plain(data, 0))


_SIMPLE: Final = re.compile(
    r'\["([\w-]+)", ?"(\w+)", ?(?:"([ !#-\[\]-~]*)"|(-?[1-9][0-9]{0,14}|0)|(true|false|null))\]', re.ASCII
)
"""Salt, name and a text in ASCII without escapes, a whole number or a word."""

_WORDS: Final = {"true": True, "false": False, "null": None}


def _is_plain(data: bytes, names: int) -> bool:
    """Whether JSON surely has no names of the format but so many: no digests hide in it, nor in what it encloses."""
    return b"\\" not in data and data.count(b'"_sd') == names and b'"..."' not in data
