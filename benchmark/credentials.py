"""`make bench-credentials`: issuing and verifying beside the bare signature, in one run.

The limit is what `cryptography` alone needs to sign or to verify once with P-256. Both sides take turns on blocks, so
that both meet the same machine at the same time; times are those of the processor. The ratio is the bare operation's
time over ours, the median over all blocks. Every credential is another one; trust and issuer are the same, as they are
where thousands are verified. All checks are on: limits, strict JSON, chain to an anchor, register, times, policy.

The figures are of a plain SD-JWT VC with twelve disclosures, which is what others measure. The rows below them are of a
certificate of the published type, whose unit, outcomes and decision make it four times as long.

Bulk is `ecvet issue` from lines of JSON to lines of JSON, through the executor, per processor: seconds of the processor
for 100,000 certificates, all in this process. So many are issued with --full only; otherwise 5,000, and what they took
is multiplied by 20. Processes, and what goes between them, are not counted.

Cold is the command on one file, by the clock, with everything loaded anew. Last comes one line of JSON.
"""

import argparse
import gc
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from pyld import jsonld

from core.credential.cast import ISSUED, NOW, World, make_world
from core.credential.test_rdf import badge
from core.population.drafts import issuing as issuing_many
from core.population.drafts import line
from ecvet.credential import keys
from ecvet.credential.formats import data_integrity, key_binding, multikey, sdjwt
from ecvet.credential.formats.rdf import general
from ecvet.credential.policy import EVERYDAY, AllOf, FunctionKnown, Genuine, HolderBound, Policy
from ecvet.credential.profiles.sdjwt_vc import encode
from ecvet.credential.trust import Method, Trust
from ecvet.credential.verify import examine
from ecvet.population import issue_all
from ecvet.record import plain
from ecvet.terms import Identifier

Claims = dict[str, Any]
Hidden = frozenset[sdjwt.Path]
Row = tuple[float, float, float]
BLOCK = 100
MORE = ("email", "phone", "street", "town", "country", "nationality", "place_of_birth", "group")
"""Claims beside the four of the certificate that the holder may withhold: twelve disclosures in all."""

GOALS = {
    "sdjwt_verify_ratio": 0.50, "sdjwt_issue_ratio": 0.20, "sdjwt_kb_verify_ratio": 0.25,
    "rdfc_verify_per_cpu_s": 2000.0, "bulk_100k_s": 15.0, "verify_cold_ms": 200.0,
}  # fmt: skip


def main() -> int:
    """Measure and print; 1 if a credential is not verified."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blocks", type=int, default=30)
    parser.add_argument("--full", action="store_true", help="issue the whole 100,000")
    asked = parser.parse_args()
    world = make_world()
    print(f"load of the machine at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n")
    plain_claims, certificate = plain_credential(world), published(world)
    rows = measured(asked.blocks, world, *plain_claims)
    figures = {name: round(found, 3) for name, (_, _, found) in rows.items()}
    rows |= {f"certificate: {name}": row for name, row in measured(asked.blocks, world, *certificate).items()}
    print(f"{'':<36}{'per s':>9}{'bare':>9}{'ratio':>8}{'goal':>8}")
    for name, (own, raw, found) in rows.items():
        goal = f"{GOALS[name]:>8.2f}" if name in GOALS else ""
        print(f"{name:<36}{own:>9.0f}{raw:>9.0f}{found:>8.2f}{goal}")
    figures["rdfc_verify_per_cpu_s"], processor = statements()
    print(
        f"{'rdfc_verify_per_cpu_s':<36}{figures['rdfc_verify_per_cpu_s']:>26.0f}{GOALS['rdfc_verify_per_cpu_s']:>8.0f}"
    )
    print(f"{'  the same with pyld':<36}{processor:>26.0f}")
    number = 100_000 if asked.full else 5_000
    figures["bulk_100k_s"] = round(bulk(world, number) * 100_000 / number, 1)
    print(f"{'bulk_100k_s':<36}{figures['bulk_100k_s']:>26.1f}{GOALS['bulk_100k_s']:>8.0f}")
    print(f"{'  measured were':<36}{number:>26}")
    figures["verify_cold_ms"] = round(cold(world), 1)
    print(f"{'verify_cold_ms':<36}{figures['verify_cold_ms']:>26.0f}{GOALS['verify_cold_ms']:>8.0f}")
    print(json.dumps(figures))
    return 0


def measured(blocks: int, world: World, claims: Claims, hidden: Hidden, everyday: Policy) -> dict[str, Row]:
    """Verified, issued and verified with key binding, for credentials with these claims."""
    issue, raw_verify = issuing(world, claims, hidden), verifying(world.key.private)
    signed = [issue() for _ in range(BLOCK)]
    bound = [key_binding.bind(one, world.holder, audience="https://erik.example", nonce="n", at=NOW) for one in signed]
    asked_for = AllOf((everyday, HolderBound("https://erik.example", "n")))
    return {
        "sdjwt_verify_ratio": ratio(blocks, raw_verify, of(world, signed, everyday)),
        "sdjwt_issue_ratio": ratio(blocks, signing(world.key.private), issue),
        "sdjwt_kb_verify_ratio": ratio(blocks, raw_verify, of(world, bound, asked_for)),
    }


def statements() -> tuple[float, float]:
    """Open Badges with a proof over statements, verified whole per second of the processor: ours, and pyld's way."""
    key, names = Ed25519PrivateKey.from_private_bytes(b"b" * 32), itertools.count()
    did = multikey.did_key(key.public_key())
    method = f"{did}#{did.removeprefix('did:key:')}"
    trust = Trust(
        anchors=(), methods=(Method(id=method, controller=Identifier(did), key=key.public_key(), start=ISSUED),)
    )

    def made() -> bytes:
        said = {**badge(), "id": f"urn:example:{next(names)}", "issuer": {**badge()["issuer"], "id": did}}
        said.pop("credentialStatus")
        suite = data_integrity.RDFC
        return json.dumps(data_integrity.issue(said, key, method=method, created=ISSUED, suite=suite)).encode()

    turn = itertools.cycle([made() for _ in range(BLOCK)])

    def ours() -> None:
        report = examine(next(turn), trust, Genuine(), NOW)
        if report.verified is None:
            raise SystemExit(f"not verified: {report.error}")

    def theirs() -> None:
        found = json.loads(next(turn))
        proof = found.pop("proof")
        signature = multikey.from_base58(proof.pop("proofValue")[1:], "proof")
        options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": general.load}
        texts = [jsonld.normalize(one, options) for one in ({**proof, "@context": found["@context"]}, found)]
        key.public_key().verify(signature, b"".join(sha256(one.encode()).digest() for one in texts))

    ours(), theirs()
    return BLOCK * 5 / sum(spent(ours) for _ in range(5)), 20 / spent(theirs, 20)


def bulk(world: World, number: int) -> float:
    """Seconds of the processor for so many certificates, each of another learner with a chain of her own."""
    known, worker = issuing_many(world), Threadless()
    lines = [line(world, each) for each in range(min(number, 5_000))]
    for _ in issue_all(worker, lines[:200], known):
        pass
    gc.freeze()  # as each process of the command does when it begins
    start = time.process_time()
    with tempfile.TemporaryFile() as out:
        for result in issue_all(worker, itertools.islice(itertools.cycle(lines), number), known):
            if b'"error"' in result[:40]:
                raise SystemExit(f"not issued: {result[:300]!r}")
            out.write(result + b"\n")
    return time.process_time() - start


class Threadless(Executor):
    """Works in this process, so that the time of the processor is that of all the work."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def plain_credential(world: World) -> tuple[Claims, Hidden, Policy]:
    """Twelve claims about the learner, all of which may be withheld, of a type that is not ours."""
    names = ("given_name", "family_name", "birthdate", "sub", *MORE)
    claims = {"iss": world.school.id, "vct": "https://koulu.example/student", **dict.fromkeys(names, "of the learner")}
    return {**claims, **steering(world)}, frozenset((name,) for name in names), EVERYDAY


def published(world: World) -> tuple[Claims, Hidden, Policy]:
    """The school's certificate of a recognised unit, with eight claims more; the register says it may issue it."""
    encoded = encode(world.draft)
    claims = {**encoded.claims, **dict.fromkeys(MORE, "of the learner"), **steering(world)}
    return claims, encoded.hidden | {(name,) for name in MORE}, AllOf((EVERYDAY, FunctionKnown()))


def steering(world: World) -> Claims:
    """Times and the holder's key."""
    return {
        "iat": int(ISSUED.timestamp()),
        "exp": int((NOW + timedelta(days=900)).timestamp()),
        "cnf": key_binding.holder_key(world.holder.public_key()),
    }


def issuing(world: World, claims: Claims, hidden: Hidden) -> Callable[[], bytes]:
    """Issues a credential with twelve disclosures, each time with fresh salts."""
    assert len(hidden) == 12
    numbers = itertools.count()

    def salts() -> bytes:
        return next(numbers).to_bytes(16, "big")

    return lambda: sdjwt.issue(claims, hidden, salts, world.key.private, world.key.header)


def of(world: World, signed: list[bytes], policy: Policy) -> Callable[[], None]:
    """Verifies one of many credentials."""
    turn, trust = itertools.cycle(signed), world.trust

    def verify() -> None:
        report = examine(next(turn), trust, policy, NOW)
        if report.verified is None:
            raise SystemExit(f"not verified: {report.error}")

    return verify


def signing(key: ec.EllipticCurvePrivateKey) -> Callable[[], bytes]:
    """The bare signature over 32 bytes."""
    algorithm = ec.ECDSA(SHA256())
    return lambda: key.sign(b"m" * 32, algorithm)


def verifying(key: ec.EllipticCurvePrivateKey) -> Callable[[], None]:
    """The bare check of a signature over 32 bytes."""
    algorithm, public = ec.ECDSA(SHA256()), key.public_key()
    signature = key.sign(b"m" * 32, algorithm)
    return lambda: public.verify(signature, b"m" * 32, algorithm)


def ratio(blocks: int, raw: Callable[[], object], own: Callable[[], object]) -> tuple[float, float, float]:
    """How many of ours and of the bare operation there are per second of the processor, and the median ratio."""
    spent(raw), spent(own)
    pairs = [(spent(raw), spent(own)) for _ in range(blocks)]
    per_own, per_raw = (BLOCK / statistics.median(column) for column in ([b for _, b in pairs], [a for a, _ in pairs]))
    return per_own, per_raw, statistics.median(a / b for a, b in pairs)


def spent(operation: Callable[[], object], times: int = BLOCK) -> float:
    """Seconds of the processor for a block, or for so many times."""
    start = time.process_time()
    for _ in range(times):
        operation()
    return time.process_time() - start


def cold(world: World) -> float:
    """Milliseconds by the clock of `ecvet verify FILE`, the median of eleven.

    Bytecode is kept, as it is where ecvet was installed; the first run, which writes it, is not counted.
    """
    command = Path(sys.executable).parent / "ecvet"
    with tempfile.TemporaryDirectory() as folder:
        trust, file = Path(folder) / "trust", Path(folder) / "credential"
        trust.mkdir()
        (trust / "anchor.pem").write_bytes(keys.to_pem(world.authority.certificate))
        (trust / "institutions.json").write_text(json.dumps({"institutions": [plain(world.school)]}))
        file.write_bytes(world.issue())
        words = [str(command), "verify", str(file), "--trust", str(trust), "--at", NOW.isoformat()]
        kept = {name: one for name, one in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        kept["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        times = []
        for _ in range(12):
            start = time.perf_counter()
            subprocess.run(words, check=True, capture_output=True, env=kept)
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[1:])


if __name__ == "__main__":
    sys.exit(main())
