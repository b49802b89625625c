"""One port, three seals: a key in a file, in a hardware module (SoftHSM), and at a remote service (a simulator)."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from core.credential.cast import ISSUED, NOW
from core.credential.sealing import make_sealing, rsa_key
from ecvet.credential.errors import KeyUnusable
from ecvet.credential.issue_sealed import issue_sealed
from ecvet.credential.policy import EVERYDAY
from ecvet.credential.seals.csc import csc_seal
from ecvet.credential.seals.file import FileSeal, seal_from_pem
from ecvet.credential.seals.pkcs11 import Pkcs11Seal
from ecvet.credential.trust import Trust
from ecvet.credential.verify import examine
from simulators.remote_seals import RemoteSeals

SOFTHSM = next((one for one in map(Path, (
    "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so",
)) if one.exists()), None)  # fmt: skip


@pytest.fixture(scope="module")
def sealing():
    return make_sealing()


@pytest.fixture(params=["rsa", "ec"])
def by_file(request, sealing):
    return sealing.seal if request.param == "rsa" else sealing.ec_seal


def is_verified(world, sealing, seal):
    data = issue_sealed(world.draft, seal, id="urn:credential:1", at=ISSUED)
    return examine(data, Trust(anchors=(), seal_anchors=(sealing.anchor,)), EVERYDAY, NOW).verified is not None


def pem(seal, password=None):
    private = seal.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private, b"".join(one.public_bytes(Encoding.PEM) for one in seal.chain)


# ------------------------------------------------------------- file
def test_a_seal_in_files(world, sealing, by_file):
    read = seal_from_pem(*pem(by_file))
    assert read.algorithm == by_file.algorithm
    assert is_verified(world, sealing, read)
    assert "private" not in repr(read)


def test_a_key_without_its_certificate_is_no_seal(sealing):
    with pytest.raises(KeyUnusable):
        FileSeal(private=rsa_key("other"), chain=sealing.seal.chain)
    with pytest.raises(KeyUnusable):
        FileSeal(private=sealing.seal.private, chain=())
    for key, chain in ((b"x", b"y"), (pem(sealing.seal)[0], b"y")):
        with pytest.raises(KeyUnusable):
            seal_from_pem(key, chain)


# ------------------------------------------------------------- remote service
def test_a_seal_at_a_remote_service_sees_a_hash_and_nothing_else(world, sealing, by_file):
    service = RemoteSeals({"school": (by_file.private, (*by_file.chain, sealing.anchor))})
    seal = csc_seal(service.post, "school", pin="9753")
    assert seal.chain == by_file.chain  # the anchor stays at home
    assert is_verified(world, sealing, seal)
    assert [len(one) for one in service.seen] == [32]
    data = b"some bytes"
    seal.sign(data)
    assert service.seen[-1] == hashlib.sha256(data).digest()
    assert "9753" not in repr(seal)


def test_what_a_remote_service_refuses_or_gets_wrong_is_one_clear_error(sealing):
    service = RemoteSeals({"school": (sealing.seal.private, sealing.seal.chain)})
    with pytest.raises(KeyUnusable, match="invalid_request"):
        csc_seal(service.post, "another")
    with pytest.raises(KeyUnusable, match="invalid_pin"):
        csc_seal(service.post, "school", pin="0000").sign(b"x")
    seal = csc_seal(service.post, "school", pin="9753")
    service.lies = rsa_key("other")
    with pytest.raises(KeyUnusable, match="another key"):
        seal.sign(b"x")
    service.status = "disabled"
    with pytest.raises(KeyUnusable):
        csc_seal(service.post, "school")
    for answer in ({}, {"key": {"status": "enabled"}, "cert": {"certificates": ["!"]}},
                   {"key": {"status": "enabled"}, "cert": {"certificates": None}}):  # fmt: skip
        with pytest.raises(KeyUnusable):
            csc_seal(lambda path, said, answer=answer: answer, "school")
    for answer in ({"SAD": ""}, {"SAD": "x", "signatures": []}, {"SAD": "x", "signatures": ["!"]}):
        lost = csc_seal(service.post, "school") if service.status == "enabled" else seal
        object.__setattr__(lost, "post", lambda path, said, answer=answer: answer)
        with pytest.raises(KeyUnusable):
            lost.sign(b"x")


# ------------------------------------------------------------- hardware module
@pytest.fixture
def token(tmp_path, sealing, monkeypatch):
    """A token of SoftHSM with both keys."""
    if SOFTHSM is None or shutil.which("softhsm2-util") is None:
        pytest.skip("SoftHSM is not installed (Debian: softhsm2)")
    pkcs11 = pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed (ecvet[hsm])")
    (tmp_path / "tokens").mkdir()
    conf = tmp_path / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(conf))
    run = {"env": {**os.environ, "SOFTHSM2_CONF": str(conf)}, "check": True, "capture_output": True}
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", "ecvet", "--pin", "9753", "--so-pin", "5678"], **run
    )
    for number, (label, seal) in enumerate((("rsa", sealing.seal), ("ec", sealing.ec_seal)), 1):
        file = tmp_path / f"{label}.pem"
        file.write_bytes(pem(seal)[0])
        subprocess.run(
            ["softhsm2-util", "--import", str(file), "--token", "ecvet", "--label", label, "--id", f"0{number}",
             "--pin", "9753"], **run,
        )  # fmt: skip
    module = pkcs11.lib(str(SOFTHSM))
    module.reinitialize()
    return str(SOFTHSM)


def test_a_seal_in_a_hardware_module(world, sealing, token, by_file):
    label = "rsa" if by_file is sealing.seal else "ec"
    seal = Pkcs11Seal(library=token, token="ecvet", label=label, pin="9753", chain=by_file.chain)
    assert is_verified(world, sealing, seal)
    assert is_verified(world, sealing, seal)  # a second session
    assert "9753" not in repr(seal)
    for wrong in ({"pin": "0000"}, {"label": "nobody"}, {"token": "elsewhere"}, {"library": "/nowhere.so"}):
        given = {"library": token, "token": "ecvet", "label": label, "pin": "9753", **wrong}
        with pytest.raises(KeyUnusable):
            Pkcs11Seal(**given, chain=by_file.chain).sign(b"x")
    other = sealing.ec_seal if label == "rsa" else sealing.seal
    with pytest.raises(KeyUnusable):
        Pkcs11Seal(library=token, token="ecvet", label=label, pin="9753", chain=other.chain).sign(b"x")
