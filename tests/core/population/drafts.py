"""Drafts for many learners, the key that signs them, and the folder that `ecvet issue` is called in."""

import json
from pathlib import Path
from typing import Any

from core.credential.cast import ISSUED, World, address_for
from ecvet.credential.keys import to_pem
from ecvet.population import Issuing, issue_line
from ecvet.record import plain


def line(world: World, number: int, **more: Any) -> bytes:
    """The draft of another learner, with a chain of proof of her own."""
    draft: Any = plain(world.draft)
    chain = [{**one, "address": str(address_for(f"{one['role']} {number}"))} for one in draft["chain"]]
    own = {"learner": f"urn:example:{number}", "chain": chain}
    return json.dumps({"draft": {**draft, **own}, **more}, ensure_ascii=False).encode()


def issuing(world: World, **changed: Any) -> Issuing:
    given: dict[str, Any] = {"kid": "school-1", "private": to_pem(world.key.private), "seed": b"s" * 32, "at": ISSUED}
    return Issuing(chain=to_pem(world.key.chain[0]), **{**given, **changed})


def expected(known: Issuing, lines: list[bytes]) -> bytes:
    return b"".join(issue_line(known, n, one) + b"\n" for n, one in enumerate(lines, 1))


def write_key(folder: Path, world: World, password: bytes | None = None) -> list[str]:
    """A folder with the key and its certificate; the arguments that name them."""
    (folder / "key.pem").write_bytes(to_pem(world.key.private, password))
    (folder / "chain.pem").write_bytes(to_pem(world.key.chain[0]))
    return ["--key", str(folder / "key.pem"), "--certificates", str(folder / "chain.pem")]
