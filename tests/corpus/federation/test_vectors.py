"""The published vectors: RFC 9421, RFC 8785, OpenID Federation policy; every one is run, and they are counted."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from ecvet.federation import policy
from ecvet.federation.signature_base import Signed, signature_base
from ecvet.federation.structured import InnerList, Item, parse_dictionary, serialise
from ecvet.federation.trust_errors import PolicyContradicts, PolicyNotMet
from ecvet.record import canonical
from ecvet.record.errors import NotCanonical

TARGET = "https://example.com/foo?param=Value&Pet=dog"


def message(raw: str, case: dict[str, Any]) -> Signed:
    """The message of a vector; the digest of the response is that of the base (see `meta.note_b24` of the vectors)."""
    lines = raw.partition("\n\n")[0].split("\n")
    fields = tuple((name, value) for name, _, value in (line.partition(": ") for line in lines[1:]))
    if not lines[0].startswith("HTTP/"):
        return Signed(fields=fields, method=lines[0].split()[0], target=TARGET)
    digest = next(line for line in case["signature_base"].split("\n") if line.startswith('"content-digest"'))
    right = digest.partition(": ")[2]
    fields = tuple((name, right if name == "Content-Digest" else value) for name, value in fields)
    return Signed(fields=fields, status=int(lines[0].split()[1]))


def verified(key: Any, signature: bytes, base: bytes) -> None:
    """Raise unless the signature fits, whichever of the three algorithms it is."""
    match key:
        case Ed25519PublicKey():
            key.verify(signature, base)
        case RSAPublicKey():
            key.verify(signature, base, padding.PSS(padding.MGF1(hashes.SHA512()), 64), hashes.SHA512())
        case _:
            r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
            key.verify(encode_dss_signature(r, s), base, ec.ECDSA(hashes.SHA256()))


def test_all_vectors_of_rfc_9421(corpus: Path) -> None:
    folder = corpus / "network" / "rfc9421"
    vectors = json.loads((folder / "vectors.json").read_text())
    keys = json.loads((folder / "keys.json").read_text())
    run = 0
    for case in vectors["cases"].values():
        covered = parse_dictionary(case["signature_input"])[case["label"]]
        signature = parse_dictionary(case["signature"])[case["label"]]
        assert isinstance(covered, InnerList)
        assert isinstance(signature, Item)
        assert f"{case['label']}={serialise(covered)}" == case["signature_input"]
        assert f"{case['label']}={serialise(signature)}" == case["signature"]
        base = signature_base(covered, message(vectors["messages"][case["message"]], case))
        assert base.decode() == case["signature_base"]
        assert isinstance(signature.value, bytes)
        verified(public_key(keys, case["key"]), signature.value, base)
        run += 1
    assert run == len(vectors["cases"]) == 3


def public_key(keys: Any, name: str) -> Any:
    """The public key of a vector; some are told by their private half only."""
    for pem in keys["keys"][name]["pem"]:
        if "PUBLIC KEY" in pem:
            return load_pem_public_key(pem.encode())
    return load_pem_private_key(keys["keys"][name]["pem"][0].encode(), None).public_key()


def test_all_vectors_of_rfc_8785(corpus: Path) -> None:
    """The network's form is stricter: floats and null have none, and texts are in NFC and trimmed."""
    folder = corpus / "network" / "rfc8785-jcs"
    run = 0
    import rfc8785

    for path in sorted((folder / "input").glob("*.json")):
        expected = bytes.fromhex("".join((folder / "outhex" / f"{path.stem}.txt").read_text().split()))
        assert (folder / "output" / path.name).read_bytes().strip() == expected.strip()
        value = json.loads(path.read_text())
        assert rfc8785.dumps(value) == expected
        try:
            assert canonical(value) == expected
        except NotCanonical as error:
            assert any(word in str(error) for word in ("null", "floating", "trimmed"))  # noqa: PT017
        run += 1
    assert run == 3


def plain(policy_: Any) -> str:
    """For comparison: lists of values are sets."""
    match policy_:
        case dict():
            return "{" + ",".join(f"{name}:{plain(one)}" for name, one in sorted(policy_.items())) + "}"
        case list():
            return "[" + ",".join(sorted(map(plain, policy_))) + "]"
    return json.dumps(policy_)


def test_all_vectors_of_openid_federation_policy(corpus: Path) -> None:
    vectors = json.loads((corpus / "network" / "openid-federation" / "metadata-policy-vectors.json").read_text())
    resolved = refused = 0
    for one in vectors:
        if "error" in one:
            with pytest.raises(PolicyContradicts if one["error"] == "invalid_policy" else PolicyNotMet):
                policy.apply(policy.merge(one["TA"], one["INT"]), one["metadata"])
            if one["error"] == "invalid_metadata":
                assert plain(policy.merge(one["TA"], one["INT"])) == plain(one["merged"])
            refused += 1
            continue
        merged = policy.merge(one["TA"], one["INT"])
        assert plain(merged) == plain(one["merged"]), one["n"]
        assert plain(policy.apply(merged, one["metadata"])) == plain(one["resolved"]), one["n"]
        resolved += 1
    assert (resolved, refused) == (827, 519)


def test_examples_of_the_specification_have_members_that_are_read(corpus: Path) -> None:
    """They are not signed, so what can be read of them is their policies and constraints."""
    from ecvet.federation.statement import _constraints

    examples = json.loads((corpus / "network" / "openid-federation" / "spec-examples.json").read_text())["examples"]
    policies = constraints = 0
    for one in examples:
        claims = one["json"]
        for of_kind in claims.get("metadata_policy", {}).values():
            known = {name: {op: v for op, v in ops.items() if op in policy.OPERATORS} for name, ops in of_kind.items()}
            assert policy.merge({}, known) == known
            policies += 1
        if "constraints" in claims:
            assert _constraints(claims["constraints"]) is not None
            constraints += 1
    assert len(examples) == 23
    assert policies > 0
    assert constraints > 0
