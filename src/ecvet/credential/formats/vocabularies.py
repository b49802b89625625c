"""The published vocabularies (`@context`) of credentials: which are known, and what exactly each one says.

A vocabulary is named by its address and never fetched; what an address means is pinned by the SHA-256 of its bytes
(security statements 8 to 10). The bytes are those in the package `openbadgeslib`, read as files; none of its code runs.
Only proofs over RDF need them: what is signed byte by byte (JWT, canonical JSON) needs no more than the name.
"""

import hashlib
import json
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

from ecvet.credential.errors import VocabularyMissing, WrongType
from ecvet.saying import say

CREDENTIALS: Final = "https://www.w3.org/ns/credentials/v2"
EXAMPLES: Final = "https://www.w3.org/ns/credentials/examples/v2"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OPEN_BADGES_EXTENSIONS: Final = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
OPEN_BADGES_3_0_2: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
OPEN_BADGES_3_0_1: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
LEARNER_RECORD: Final = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"

PINNED: Final = {
    CREDENTIALS: "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    EXAMPLES: "57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c",
    OPEN_BADGES: "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    OPEN_BADGES_EXTENSIONS: "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    OPEN_BADGES_3_0_2: "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
    OPEN_BADGES_3_0_1: "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
    LEARNER_RECORD: "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
}
"""The vocabularies that are known, each with the SHA-256 of the bytes that are meant."""

_PACKAGE: Final = "openbadgeslib"
_FILES: Final = {
    CREDENTIALS: "credentials-v2.json",
    OPEN_BADGES: "ob-v3p0-context-3.0.3.json",
    OPEN_BADGES_EXTENSIONS: "ob-v3p0-extensions.json",
    OPEN_BADGES_3_0_2: "ob-v3p0-context-3.0.2.json",
    OPEN_BADGES_3_0_1: "ob-v3p0-context-3.0.1.json",
    LEARNER_RECORD: "clr_context_2.0.1.json",
}
"""Where the package has them; that of W3C's examples is in no package, and known by its name only."""


def named(document: dict[str, Any]) -> tuple[str, ...]:
    """The vocabularies that a document names. Raises `WrongType` for one that is unknown or written into it."""
    said = document.get("@context")
    listed = said if isinstance(said, list) else [said]
    for one in listed:
        if not isinstance(one, str) or one not in PINNED:
            raise WrongType(why=say("it brings or names a vocabulary (@context) that is not known here"))
    return tuple(listed)


@cache
def vocabulary(name: str) -> Any:
    """What a known vocabulary says, as JSON.

    Raises `VocabularyMissing` where it is not installed, or is not the one that is pinned.
    """
    try:
        folder = Path(str(distribution(_PACKAGE).locate_file(_PACKAGE))) / "ob3" / "contexts"
        data = (folder / _FILES[name]).read_bytes()
    except (KeyError, PackageNotFoundError, OSError) as error:
        raise VocabularyMissing(why=say("{name} is not installed", name=name)) from error
    if hashlib.sha256(data).hexdigest() != PINNED[name]:
        raise VocabularyMissing(why=say("what is installed as {name} is something else", name=name))
    return json.loads(data)
