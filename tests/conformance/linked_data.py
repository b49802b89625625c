"""The families of statements: canonicalization, JSON-LD, Data Integrity over statements, Open Badges."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pyld import jsonld

from conformance.case import Case, refused, same
from ecvet.credential.errors import VerificationError, WrongType
from ecvet.credential.formats import carriers, data_integrity, multikey, vc_jwt, vcdm
from ecvet.credential.formats.rdf import general, terms
from ecvet.credential.formats.rdf.canonical import Quad, canonical, literal
from ecvet.credential.formats.rdf.statements import canonical_statements
from ecvet.credential.formats.vocabularies import EXAMPLES, vocabulary

MAPS = "names are compared by the canonical text; which name an input had is not kept"
OLD = "VCDM 1.1 with Ed25519Signature2020 or eddsa-2022, which are not read"
PROOFS = "of several proofs none is read"
_TERM = re.compile(r'<[^>]*>|_:[^\s]+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[A-Za-z0-9-]+)?', re.DOTALL)
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^<(.*)>|@(.+))?', re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
SUITE = "https://w3c.github.io/json-ld-api/tests/"
WRONG = {
    "simple-err-expired.json": "signed well; it is the time that refuses it",
    "simple-err-issued.json": "signed well; it is the time that refuses it",
}


def cases(corpus: Path) -> Iterator[Case]:
    """All vectors of the families."""
    yield from _canonicalization(corpus / "rdf-canon")
    yield from _json_ld(corpus / "json-ld-toRdf")
    for family, suite, key in (
        ("vc-di-eddsa", "eddsa-rdfc-2022", "keyPair.json"),
        ("vc-di-ecdsa", "ecdsa-rdfc-2019-p256", "p256KeyPair.json"),
    ):
        yield from _proofs(family, suite, corpus / family, key, corpus)
    for file in sorted((corpus / "openbadges30-1edtech").iterdir()):
        yield _badge(file)


# ------------------------------------------------------------- RDFC-1.0
def _canonicalization(folder: Path) -> Iterator[Case]:
    for entry in json.loads((folder / "manifest.jsonld").read_text())["entries"]:
        source, name = folder / entry["action"], f"{entry['id']} {entry['name']}"
        if not source.exists():
            continue
        if "Map" in entry["type"]:
            yield Case("rdf-canon", name, None, MAPS)
        elif "Negative" in entry["type"]:
            yield Case("rdf-canon", name, lambda f=source: refused(lambda: _canonical(f), VerificationError))
        else:
            digest = entry.get("hashAlgorithm", "SHA256").lower()
            expected = folder / entry["result"]
            yield Case("rdf-canon", name, lambda f=source, e=expected, d=digest: same(_canonical(f, d), e.read_text()))


def _canonical(file: Path, digest: str = "sha256") -> str:
    return canonical(quads(file.read_text()), digest)


def quads(text: str) -> Iterator[Quad]:
    """N-Quads as quads."""
    for row in text.split("\n"):
        if row.strip() and not row.lstrip().startswith("#"):
            found = [_term(one) for one in _TERM.findall(row)]
            subject, predicate, item, graph = (*found, "")[:4]
            yield subject, predicate, item, graph


def _term(said: str) -> str:
    if not said.startswith('"'):
        return _unescaped(said)
    found = _LITERAL.fullmatch(said)
    assert found is not None
    return literal(_unescaped(found[1]), _unescaped(found[2] or ""), found[3] or "")


def _unescaped(text: str) -> str:
    def meant(found: re.Match[str]) -> str:
        said = found[1]
        return chr(int(said[1:], 16)) if said[0] in "uU" else _LETTERS.get(said, said)

    return _ESCAPE.sub(meant, text)


# ------------------------------------------------------------- JSON-LD
def _json_ld(folder: Path) -> Iterator[Case]:
    """The processor on which the general way rests, with our reading of what it answers."""
    for entry in json.loads((folder / "toRdf-manifest.jsonld").read_text())["sequence"]:
        said, name = entry.get("option", {}), f"{entry['@id']} {entry['name']}"
        needed = [entry["input"], *([entry["expect"]] if "expect" in entry else [])]
        if not all(_file(folder, one).exists() for one in needed):
            continue  # the corpus has a part of the suite
        if "json-ld-1.0" in (said.get("specVersion"), said.get("processingMode")):
            yield Case("json-ld-toRdf", name, None, "JSON-LD 1.0")
        elif said.get("produceGeneralizedRdf") or said.get("rdfDirection"):
            yield Case("json-ld-toRdf", name, None, "generalized RDF and directions are refused in credentials")
        elif "jld:PositiveEvaluationTest" in entry["@type"]:
            why = BEHIND.get(entry["@id"], "")
            yield Case("json-ld-toRdf", name, _evaluated(folder, entry), why)
        elif "jld:NegativeEvaluationTest" in entry["@type"]:
            yield Case("json-ld-toRdf", name, lambda f=folder, e=entry: refused(lambda: _rdf(f, e), jsonld.JsonLdError))
        else:
            yield Case("json-ld-toRdf", name, lambda f=folder, e=entry: _rdf(f, e))


BEHIND = {
    "#te111": "pyld resolves a relative vocabulary otherwise; relative names are refused in credentials",
    "#te122": "pyld stumbles over names like keywords; such a name is refused in credentials",
    "#tli14": "pyld stumbles over a null base; a vocabulary written into a credential is refused",
    "#twf05": "a language that is none is refused, not passed over",
}


def _evaluated(folder: Path, entry: dict[str, Any]) -> Callable[[], None]:
    def run() -> None:
        same(canonical(_rdf(folder, entry)), canonical(quads(_file(folder, entry["expect"]).read_text())))

    return run


def _rdf(folder: Path, entry: dict[str, Any]) -> list[Quad]:
    option = entry.get("option", {})
    base = option.get("base", SUITE + entry["input"])

    def load(url: str, _options: object) -> dict[str, Any]:
        document = json.loads(_file(folder, url.removeprefix(SUITE)).read_text())
        return {"contentType": None, "contextUrl": None, "documentUrl": url, "document": document}

    options: dict[str, Any] = {"base": base, "documentLoader": load}
    if "expandContext" in option:
        options["expandContext"] = json.loads(_file(folder, option["expandContext"]).read_text())
    dataset = jsonld.to_rdf(json.loads(_file(folder, entry["input"]).read_text()), options)
    return list(general.quads(dataset))


def _file(folder: Path, name: str) -> Path:
    found = folder / name
    return found if found.exists() else folder / Path(name).name


# ------------------------------------------------------------- proofs
def _proofs(family: str, suite: str, folder: Path, key: str, corpus: Path) -> Iterator[Case]:
    def text(name: str) -> str:
        return next((folder / suite).glob(f"{name}*")).read_text()

    def proof() -> data_integrity.Secured:
        return data_integrity.secured(json.loads(text("signed")))

    def options() -> dict[str, Any]:
        return {**proof().options, "@context": proof().document["@context"]}

    def with_the_key_of_the_family() -> None:
        named = json.loads((folder / key).read_text())["publicKeyMultibase"]
        data_integrity.check_signature(proof(), multikey.decode(named))

    def changed() -> None:
        found = data_integrity.secured({**json.loads(text("signed")), "name": "x"})
        data_integrity.check_signature(found, multikey.read_did_key(found.method).key)

    for name, run in (
        ("canonical document", lambda: same(canonical_statements(proof().document), text("canonDoc"))),
        ("canonical options", lambda: same(canonical_statements(options()), text("proofCanon"))),
        ("hashes", lambda: same(proof().signed.hex(), text("combinedHash").strip())),
        ("signature in hexadecimal", lambda: same(proof().signature.hex(), text("sigHex").strip())),
        ("signature, by the key pair", with_the_key_of_the_family),
        ("a changed document is refused", lambda: refused(changed, VerificationError)),
    ):  # fmt: skip
        yield Case(family, f"{suite}: {name}", _with_examples(corpus, run))


def _with_examples(corpus: Path, run: Callable[[], None]) -> Callable[[], None]:
    """W3C's vocabulary of examples is in no package; its vectors bring it."""
    examples = json.loads((corpus / "contexts" / "examples-v2.jsonld").read_text())

    def known(name: str) -> Any:
        return examples if name == EXAMPLES else vocabulary(name)

    def with_it() -> None:
        with patch.object(terms, "vocabulary", known), patch.object(general, "vocabulary", known):
            run()

    return with_it


# ------------------------------------------------------------- Open Badges
def _badge(file: Path) -> Case:
    family = "openbadges30-1edtech"
    if file.suffix in (".png", ".svg"):
        return Case(family, f"{file.name}: baked{'' if 'json' in file.name else ', refused'}", lambda: _baked(file))
    if file.suffix == ".jwt" or "noproof" in file.name:
        return Case(family, f"{file.name}: refused", lambda: refused(lambda: _checked(file), VerificationError))
    said = json.loads(file.read_text())
    listed = said["proof"] if isinstance(said["proof"], list) else [said["proof"]]
    if any(one.get("cryptosuite") != "eddsa-rdfc-2022" for one in listed):
        return Case(family, file.name, None, PROOFS if len(listed) > 1 else OLD)
    if "-err-" in file.name and file.name not in WRONG:
        return Case(family, f"{file.name}: refused", lambda: refused(lambda: _checked(file), VerificationError))
    return Case(family, f"{file.name}{': ' + WRONG[file.name] if file.name in WRONG else ''}", lambda: _checked(file))


def _baked(file: Path) -> None:
    """What is baked into a picture: JSON has its proof, a token is signed with RSA and refused before it is checked."""
    found = carriers.carried(file.read_bytes())
    if "json" in file.name:
        _check(found)
    else:
        refused(lambda: vc_jwt.check_header(vc_jwt.parse(found)), WrongType)


def _checked(file: Path) -> None:
    """Form and proof, by the key that the name of the method is or ends with."""
    _check(file.read_bytes())


def _check(data: bytes) -> None:
    found = data_integrity.parse(data)
    vcdm.check_form(found.document)
    data_integrity.check_signature(found, multikey.decode(found.method.rpartition("#")[2].rpartition(":")[2]))
