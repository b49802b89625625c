"""One line with a draft in, one line with its credential out: certificates for a whole year's learners in one run.

In: `{"draft": {…}, "holder": {"kty": "EC", "crv": "P-256", "x": "…", "y": "…"}, "status": {"uri": "…", "index": 7}}`;
only the draft, the plain form of a `CredentialDraft`, must be there. Out: `{"line": 1, "credential": "eyJ…~…~"}`, or
`{"line", "error": {code, title, remedy}}` where the line was refused.

The same line under the same number gives the same bytes: signatures are deterministic, the time is given, and salts are
derived from a secret seed and the number by HKDF (RFC 5869; RFC 9901, 9.3, asks for 128 bits that nobody can guess). A
seed is drawn for one run and never used for another input: two credentials would share their salts.
"""

import json
import marshal
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from hmac import digest as hmac
from typing import Any, Final, get_type_hints

from ecvet.credential.draft import CredentialDraft, Link
from ecvet.credential.errors import KeyUnusable, VerificationError
from ecvet.credential.formats.jws import Written
from ecvet.credential.formats.key_binding import public_key
from ecvet.credential.formats.sdjwt import Salts, conceal
from ecvet.credential.formats.strict_json import parse_object
from ecvet.credential.formats.token_status_list import MAX_INDEX, Reference
from ecvet.credential.issue import issue_encoded
from ecvet.credential.keys import IssuerKey, from_pem
from ecvet.credential.profiles.sdjwt_vc import Encoded, encode, encode_another
from ecvet.credential.profiles.types import Role
from ecvet.errors import EcvetError
from ecvet.population.errors import DraftNotIssued, DraftUnreadable
from ecvet.population.learner import MAX_LINE
from ecvet.record import Person, value
from ecvet.record.errors import TermsUnreadable
from ecvet.terms import Identifier

SEED_BYTES: Final = 32
_MEMBERS: Final = frozenset({"draft", "holder", "status"})
_SALT: Final = 16
_OWN: Final = ("learner", "person", "chain")
"""Members of a draft that are a learner's own; they are never remembered from line to line."""
_NOBODY: Final[dict[str, Any]] = {"learner": "", "person": {"names": [""], "family_name": ""}, "chain": [
    {"role": "recognition", "address": ""}
]}  # fmt: skip
_KINDS: Final[dict[str, Any]] = get_type_hints(CredentialDraft)
_LINK: Final = fields(Link)
_ROLES: Final = {str(one): one for one in Role}
_NEEDED: Final = frozenset(one.name for one in fields(CredentialDraft) if one.default is MISSING)


@dataclass(frozen=True, kw_only=True)
class Issuing:
    """What all credentials of a run have in common; it travels to workers, so the key is bytes (PEM, not encrypted).

    Raises `KeyUnusable` for a seed of less than `SEED_BYTES`, or when the key and its certificates are not usable.
    """

    kid: str
    private: bytes = field(repr=False)
    chain: bytes
    seed: bytes = field(repr=False)
    at: datetime
    until: datetime | None = None

    def __post_init__(self) -> None:
        if len(self.seed) < SEED_BYTES:
            raise KeyUnusable(why=f"a seed of salts has at least {SEED_BYTES} bytes")
        _opened(self.kid, self.private, self.chain)

    @cached_property
    def fingerprint(self) -> str:
        """Another one for another key, seed or time; it tells nothing about them."""
        parts = (self.kid.encode(), self.private, self.chain, self.seed, f"{self.at} {self.until}".encode())
        return "issuing " + sha256(b"".join(sha256(one).digest() for one in parts)).hexdigest()


def issue_lines(issuing: Issuing, first: int, lines: Iterable[bytes]) -> Iterator[bytes]:
    """The result lines of a chunk of drafts, the first of which has the number `first`."""
    return (issue_line(issuing, number, line) for number, line in enumerate(lines, first))


def issue_line(issuing: Issuing, number: int, line: bytes) -> bytes:
    """The result line for line `number` of the input, without its line end. Never raises."""
    try:
        return b'{"line":%d,"credential":"%b"}' % (number, _issued(issuing, number, line))
    except EcvetError as error:
        answer = _refusal(error)
    except Exception as error:  # one draft's trouble, whatever it is, may not stop the others
        answer = _refusal(DraftNotIssued(line=number, why=type(error).__name__))
    text = json.dumps({"line": number, **answer}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


def salts(seed: bytes, number: int) -> Salts:
    """The salts of line `number`: HKDF-Expand (RFC 5869, 2.3) with SHA-256, the number as its info, 16 bytes a call.

    At most 510 calls; then it raises `ValueError`, since the function ends there.
    """

    def blocks() -> Iterator[bytes]:
        block, info = b"", b"ecvet salts of line %d" % number
        for counter in range(1, 256):
            block = hmac(seed, block + info + bytes((counter,)), "sha256")
            yield block[:_SALT]
            yield block[_SALT:]
        raise ValueError("one line has no more salts")

    return blocks().__next__


def _issued(issuing: Issuing, number: int, line: bytes) -> bytes:
    tree = _tree(number, line)
    try:
        encoded = _encoded(tree["draft"])
        holder = public_key({"jwk": tree["holder"]}) if tree.get("holder") is not None else None
    except (TermsUnreadable, VerificationError) as error:
        why = f"{error.facts['path']}: {error.facts['why']}" if "path" in error.facts else error.facts["why"]
        raise DraftUnreadable(line=number, why=why) from error
    key = _opened(issuing.kid, issuing.private, issuing.chain)
    return issue_encoded(
        encoded, key, at=issuing.at, until=issuing.until, salts=salts(issuing.seed, number), holder=holder,
        status=_status(number, tree.get("status")),
    )  # fmt: skip


def _tree(number: int, line: bytes) -> dict[str, Any]:
    """The members of a line. Raises `DraftUnreadable`."""
    if len(line) > MAX_LINE:
        raise DraftUnreadable(line=number, why=f"it is longer than {MAX_LINE} bytes")
    try:
        tree = parse_object(line, "line")
    except VerificationError as error:
        raise DraftUnreadable(line=number, why=error.facts["why"]) from error
    if not isinstance(tree.get("draft"), dict):
        raise DraftUnreadable(line=number, why="it has no object “draft”")
    if strange := sorted(tree.keys() - _MEMBERS):
        raise DraftUnreadable(line=number, why=f"it has an unknown member “{strange[0][:40]}”")
    return tree


def _encoded(tree: dict[str, Any]) -> Encoded:
    """What `encode(value(CredentialDraft, tree))` is, several times as fast where lines differ in the learner only."""
    if tree.keys() - _KINDS.keys() or _NEEDED - tree.keys():
        return encode(value(CredentialDraft, tree, "draft"))  # which says what is wrong
    learner = Identifier(value(str, tree["learner"], "draft.learner"))
    person = value(Person, tree["person"], "draft.person") if "person" in tree else None
    chain = _links(tree["chain"])
    shared = {name: one for name, one in tree.items() if name not in _OWN}
    return encode_another(_alike(marshal.dumps(shared, 2)), learner, person, chain)


def _links(tree: Any) -> tuple[Link, ...]:
    """What `value` makes of a chain, at once where it is as plain as it should be."""
    try:
        found = tuple([Link(_ROLES[one["role"]], one["address"]) for one in tree if len(one) == len(_LINK)])
        if isinstance(tree, list) and len(found) == len(tree) and all(type(one.address) is str for one in found):
            return found
    except (KeyError, TypeError):
        pass
    read: tuple[Link, ...] = value(_KINDS["chain"], tree, "draft.chain")  # which says what is wrong
    return read


@lru_cache(maxsize=1024)
def _alike(shared: bytes) -> Encoded:
    """What thousands of drafts have in common, with nothing of a learner in it."""
    draft = value(CredentialDraft, {**marshal.loads(shared), **_NOBODY}, "draft")
    encoded = encode(draft)
    conceal(encoded.claims, frozenset(), bytes)  # no name in it is one that the format keeps for itself
    claims = {name: Written(one) if isinstance(one, dict) else one for name, one in encoded.claims.items()}
    return replace(encoded, claims=claims)


def _status(number: int, tree: object) -> Reference | None:
    if tree is None:
        return None
    if not isinstance(tree, dict) or tree.keys() != {"uri", "index"}:
        raise DraftUnreadable(line=number, why="“status” is no object of “uri” and “index”")
    uri, index = tree["uri"], tree["index"]
    if not isinstance(uri, str) or not uri or type(index) is not int or not 0 <= index < MAX_INDEX:
        raise DraftUnreadable(line=number, why="“status” has no address, or no place in its list")
    return Reference(uri, index)


@lru_cache(maxsize=2)
def _opened(kid: str, private: bytes, chain: bytes) -> IssuerKey:
    return from_pem(kid, private, chain)


def _refusal(error: EcvetError) -> dict[str, object]:
    return {"error": {"code": error.code, "title": str(error), "remedy": error.what_to_do}}
