"""Reading an SD-JWT (RFC 9901): taken apart, digests made, disclosed claims put in their places.

Refused is whatever could make two verifiers see different claims. The common case, in which everything disclosed is
simple and stands at the top, has a short way of its own; what is not clearly so goes the general way, which also says
what is wrong.
"""

import hashlib
import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Set
from typing import Any, Final, NamedTuple, TypeAlias

from ecvet.credential.errors import BeyondLimits, Malformed, NotACredential, ProofFails, WrongType
from ecvet.credential.formats import jws
from ecvet.credential.formats.jws import FROM_URL, TO_URL
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


class SdJwt(NamedTuple):
    """A credential taken apart, nothing of it checked. `presented` are the bytes that a key binding refers to.

    `texts` are its disclosures as they came. When all of them are of the simple form that most have, with another name
    each, `simple` has their values by these names, in their order; else `read` has what each says.
    """

    token: jws.Token
    texts: list[str]
    simple: Claims | None
    read: tuple[Disclosure, ...]
    presented: bytes
    binding: jws.Token | None

    @property
    def disclosures(self) -> tuple[Disclosure, ...]:
        """What each disclosure says."""
        return self.read or tuple(map(read_one, self.texts))


class Revealed(NamedTuple):
    """The claims with the disclosed ones in their place; `at_top` are the names of those disclosed at the top.

    `deeper` says which disclosure (by number) gave which claim; None when all are at the top, in their order.
    """

    claims: Claims
    at_top: Set[str]
    deeper: dict[Path, int] | None = None

    @property
    def paths(self) -> dict[Path, int]:
        """Which disclosure (by number) gave which claim."""
        return {(name,): number for number, name in enumerate(self.at_top)} if self.deeper is None else self.deeper


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
    token, simple = jws.parse(first, "credential"), read_together(disclosures)
    return SdJwt(
        token,
        disclosures,
        simple,
        () if simple is not None else tuple(map(read_one, disclosures)),
        data[: len(data) - len(binding)],
        jws.parse(binding, "key binding") if binding else None,
    )


_Offered: TypeAlias = dict[str, int]
"""The numbers of disclosures, by their digests."""


def reveal(credential: SdJwt) -> Revealed:
    """Put the disclosed claims in their places. Raises `ProofFails`, `WrongType`, `BeyondLimits`."""
    offered = _offered(credential)
    return reveal_flat(credential, offered) or reveal_nested(credential, offered)


def _offered(credential: SdJwt) -> _Offered:
    digests = _digests(credential.texts, digest_algorithm(credential))
    offered = dict(zip(digests, _NUMBERS, strict=False))
    if len(offered) < len(digests):
        raise ProofFails(why=say("a disclosure is given twice"))
    return offered


_NUMBERS: Final = range(MAX_DISCLOSURES)


def reveal_flat(credential: SdJwt, offered: _Offered) -> Revealed | None:
    """The common case, fast: all that is disclosed stands at the top. None for whatever is not so or not right."""
    payload = credential.token.payload
    listed = payload.get("_sd", [])
    names = ("_sd" in payload) + ("_sd_alg" in payload)
    if (
        not _is_plain(credential.token.text, names)
        or type(listed) is not list
        or not _TEXTS.issuperset(map(type, listed))
    ):
        return None
    known = frozenset(listed)
    if len(known) < len(listed) or not offered.keys() <= known:
        return None
    disclosed = credential.simple if credential.simple is not None else _together(credential.read)
    if disclosed is None or not (disclosed.keys().isdisjoint(payload) and disclosed.keys().isdisjoint(_NEVER_AT_WILL)):
        return None
    claims = payload | disclosed
    for name in RESERVED:
        claims.pop(name, None)
    return Revealed(claims, disclosed.keys())


def _together(disclosures: tuple[Disclosure, ...]) -> Claims | None:
    """What disclosures say when each gives another name a value that surely holds no digests."""
    found = {one.content[1]: one.content[2] for one in disclosures if one.plain and len(one.content) == 3}
    return found if len(found) == len(disclosures) else None


_NEVER_AT_WILL: Final = ALWAYS_DISCLOSED | RESERVED
_TEXTS: Final = frozenset({str})


def reveal_nested(credential: SdJwt, offered: _Offered) -> Revealed:
    """The general case; it also says what is wrong."""
    seen: set[str] = set()
    paths: dict[Path, int] = {}
    disclosures = credential.disclosures

    def found(digest: object, length: int, path: Path) -> Disclosure | None:
        if not isinstance(digest, str) or digest in seen:
            raise ProofFails(why=say("a digest is not a text or appears twice"))
        seen.add(digest)
        if digest not in offered:
            return None  # withheld, or a decoy
        number = offered[digest]
        one = disclosures[number]
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
    return Revealed(claims, {str(path[0]) for path in paths if len(path) == 1}, paths)


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
    """All digests, encoded in one go: with bytes between them, each begins where a quartet of base64 does."""
    function = DIGESTS[algorithm]
    size = function().digest_size
    fill = -size % 3
    joined = bytes(fill).join([function(one.encode("ascii")).digest() for one in texts])
    encoded = b2a_base64(joined, newline=False).translate(TO_URL).decode("ascii")
    step, length = (size + fill) // 3 * 4, (size * 8 + 5) // 6
    return [encoded[start : start + length] for start in range(0, len(encoded), step)]


def read_together(texts: list[str]) -> Claims | None:
    """The values of disclosures by their names, in their order, when all are of the simple form and named differently.

    They are decoded and read in one go. Each is made as long as base64 wants it by the spelling of blanks, which it can
    only end in if its own last letter leaves no bits over, and followed by a line end, which none of them may hold: as
    many lines as texts, each of which is a disclosure and nothing else.
    """
    try:
        spelled = "".join([f"{one}{_BLANKS[len(one) % 4]}ICAK" for one in texts]).encode("ascii").translate(FROM_URL)
        lines = a2b_base64(spelled, strict_mode=True).decode("utf-8")
    except ValueError:
        return None
    if lines.count("\n") > len(texts):
        return None
    found = {
        name: value if not (number or word) else int(number) if number else _WORDS[word]
        for name, value, number, word in _SIMPLE.findall(lines)
    }
    return found if len(found) == len(texts) else None


def read_one(text: str) -> Disclosure:
    """A disclosure of any form. Raises `Malformed`, `BeyondLimits`."""
    data = jws.decode(text, "disclosure")
    content = parse_json(data, "disclosure")
    if not isinstance(content, list) or len(content) not in (2, 3) or not isinstance(content[0], str):
        raise Malformed(why=say("a disclosure is not a list of salt, name and value"))
    if len(content) == 3 and not isinstance(content[1], str):
        raise Malformed(why=say("the name in a disclosure is not a text"))
    return Disclosure(text, content, _is_plain(data, 0))


_BLANKS: Final = ("", "!", "kg", "g")
"""What follows a text whose length leaves so many letters over, for it to end in a tabulator and a blank, or a blank.

One letter too many is never base64: it is followed by what is refused.
"""

_SIMPLE: Final = re.compile(
    r'^\["[\w-]+", ?"(\w+)", ?(?:"([^"\\\x00-\x1f]*)"|(-?[1-9][0-9]{0,14}|0)|(true|false|null))\][\t ]*$',
    re.ASCII | re.MULTILINE,
)
"""A line with a salt, and in groups a name and a text without escapes, a whole number or a word."""

_WORDS: Final = {"true": True, "false": False, "null": None}


def _is_plain(data: bytes, names: int) -> bool:
    """Whether JSON surely has no names of the format but so many: no digests hide in it, nor in what it encloses."""
    return b"\\" not in data and data.count(b'"_sd') == names and b'"..."' not in data
