"""Keys of institutions and what a verifier reads as its trust."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ecvet.credential import keys
from ecvet.credential.errors import KeyUnusable, TrustUnreadable
from ecvet.credential.issue import issue
from ecvet.credential.trust import NameSource, read_trust
from ecvet.record import plain
from ecvet.terms import Country

START, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)


def test_the_same_seed_serial_and_times_give_the_same_certificates(world):
    assert world.certificate() == world.certificate()
    assert world.certificate(serial=8) != world.certificate()


def test_a_seed_that_is_too_short_makes_no_key():
    with pytest.raises(KeyUnusable):
        keys.private_key(b"0" * 39)


def test_a_key_is_never_printed(world):
    assert "private" not in repr(world.key)
    assert "private" not in repr(world.authority)


@pytest.mark.parametrize("password", [None, b"hunter2"])
def test_a_key_comes_back_from_pem_with_its_password(world, password):
    pem = keys.to_pem(world.key.private, password)
    assert (b"ENCRYPTED" in pem) is bool(password)
    read = keys.from_pem("school-1", pem, keys.to_pem(world.key.chain[0]), password)
    assert read.private.private_numbers() == world.key.private.private_numbers()
    assert read.header == world.key.header


def test_a_wrong_password_kind_or_certificate_is_refused(world):
    chain = keys.to_pem(world.key.chain[0])
    p384, p256 = ec.generate_private_key(ec.SECP384R1()), keys.private_key(b"other!" * 8)
    rsa_pem = rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for pem, password in (
        (keys.to_pem(world.key.private, b"a"), b"b"),
        (keys.to_pem(world.key.private, b"a"), None),
        (keys.to_pem(p384), None),
        (keys.to_pem(p256), None),
        (rsa_pem, None),
        (b"nothing", None),
    ):
        with pytest.raises(KeyUnusable):
            keys.from_pem("k", pem, chain, password)
    with pytest.raises(KeyUnusable):
        keys.from_pem("k", keys.to_pem(world.key.private), b"nothing")


def test_nobody_issues_with_a_certificate_of_another_or_out_of_time(world):
    draft = world.draft
    other = keys.certify(
        world.authority, "https://other.example", "X", Country("FI"), world.key.private.public_key(),
        serial=4, start=START, end=END,
    )  # fmt: skip
    anchor = keys.make_authority("X", Country("FI"), world.key.private, serial=1, start=START, end=END).certificate
    for chain in ((other,), (anchor,)):
        with pytest.raises(KeyUnusable, match="not that of"):
            issue(draft, keys.IssuerKey(kid="k", private=world.key.private, chain=chain), at=START, salts=bytes)
    for at in (START - timedelta(seconds=1), END + timedelta(seconds=1)):
        with pytest.raises(KeyUnusable, match="not valid"):
            issue(draft, world.key, at=at, salts=bytes)


def test_trust_is_read_from_pem_and_the_register(world):
    register = json.dumps({"institutions": [plain(world.school)]}).encode()
    trust = read_trust([keys.to_pem(world.authority.certificate)], register)
    assert trust == world.trust
    assert trust.institution(world.school.id) == world.school
    assert trust.institution("https://other.example") is None


@pytest.mark.parametrize(
    "register",
    [b"", b"[]", b"{}", b'{"institutions": {}}', b'{"institutions": [1]}', b'{"institutions": [{"id": "x"}]}',
     b'{"institutions": [], "institutions": []}', b'{"institutions": [{"surprise": 1}]}'],
)  # fmt: skip
def test_a_register_that_cannot_be_read_is_no_trust(world, register):
    with pytest.raises(TrustUnreadable):
        read_trust([keys.to_pem(world.authority.certificate)], register)


def test_an_institution_twice_in_the_register_is_refused(world):
    register = json.dumps({"institutions": [plain(world.school)] * 2}).encode()
    with pytest.raises(TrustUnreadable, match="twice"):
        read_trust([keys.to_pem(world.authority.certificate)], register)


def test_only_authorities_are_anchors(world):
    for pems in ([], [b"nothing"], [keys.to_pem(world.key.chain[0])], [keys.to_pem(world.key.private)]):
        with pytest.raises(TrustUnreadable):
            read_trust(pems)


def test_an_issuer_without_a_certified_name_is_marked_as_naming_itself(world):
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    builder = x509.CertificateBuilder(
        issuer_name=world.authority.certificate.subject,
        subject_name=x509.Name([x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "FI")]),
        public_key=world.key.private.public_key(),
        serial_number=6,
        not_valid_before=START,
        not_valid_after=END,
    ).add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(world.school.id)]), critical=False)
    certificate = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(world.authority.private.public_key()), critical=False
    ).sign(world.authority.private, SHA256())  # fmt: skip
    nameless = keys.IssuerKey(kid="k", private=world.key.private, chain=(certificate,))
    data = world.signed(world.claims(), header=nameless.header)
    found = world.examine(data, trust=read_trust([keys.to_pem(world.authority.certificate)])).verified
    assert (found.issuer.name, found.issuer.named_by) == (world.school.id, NameSource.ITSELF)
