"""The security statements on SD-JWT, certificates and limits, each by its number in the specification."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from ecvet.credential import keys
from ecvet.credential.errors import Step
from ecvet.credential.formats import jws, key_binding, sdjwt, strict_json
from ecvet.credential.names import flags, look_alike, visible
from ecvet.credential.policy import HolderBound
from ecvet.credential.trust import Trust
from ecvet.terms import Country

START, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
ISSUED = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
FI = Country("FI")


def step(report):
    assert report.verified is None
    return report.error.step


def parts(data):
    token, _, tail = data.partition(b"~")
    header, payload, signature = token.split(b".")
    return header, payload, signature, tail


def retyped(data, **header):
    """The credential with another header over the old signature."""
    old, payload, signature, tail = parts(data)
    new = {**json.loads(jws.decode(old.decode(), "")), **header}
    return b".".join((jws.encode(jws.dump(new)).encode(), payload, signature)) + b"~" + tail


def der(certificate):
    return base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()


def with_chain(world, *chain, key=None):
    return world.signed(world.claims(), header={"x5c": [der(one) for one in chain]}, key=key)


# 1, 2: algorithms
@pytest.mark.parametrize("alg", ["none", "HS256", "RS256", "ES384", "EdDSA", "es256", None, 7])
def test_01_an_algorithm_outside_the_list_is_refused_before_cryptography_runs(world, alg, monkeypatch):
    monkeypatch.setattr(jws, "check_signature", lambda *_: pytest.fail("cryptography ran"))
    assert step(world.examine(retyped(world.issue(), alg=alg))) is Step.TYPE


def test_02_a_key_of_another_kind_never_fits_es256(world):
    p384 = ec.generate_private_key(ec.SECP384R1())
    for key in (p384.public_key(), rsa.generate_private_key(65537, 2048).public_key(), b"-----BEGIN", None):
        token = jws.parse(world.issue().split(b"~")[0].decode(), "credential")
        with pytest.raises(Exception, match="not a P-256 key"):
            jws.check_signature(token, key)


def test_03_an_rsa_certificate_is_refused(world):
    private = rsa.generate_private_key(65537, 2048)
    certificate = (
        x509.CertificateBuilder(
            issuer_name=world.authority.certificate.subject, subject_name=world.certificate().subject,
            public_key=private.public_key(), serial_number=9, not_valid_before=START, not_valid_after=END,
        )
        .sign(world.authority.private, hashes.SHA256())
    )  # fmt: skip
    assert step(world.examine(with_chain(world, certificate))) is Step.PROOF
    assert step(world.examine(with_chain(world, world.key.chain[0], certificate))) is Step.ISSUER


def test_04_a_signature_in_der_or_of_another_length_is_refused(world):
    header, payload, signature, tail = parts(world.issue())
    raw = jws.decode(signature.decode(), "")
    r, s = (int.from_bytes(half, "big") for half in (raw[:32], raw[32:]))
    for other in (encode_dss_signature(r, s), raw[:63], raw + b"\0", b"", bytes(64)):
        data = b".".join((header, payload, jws.encode(other).encode())) + b"~" + tail
        assert step(world.examine(data)) is Step.PROOF


@pytest.mark.parametrize("typ", ["JWT", "vc+sd-jwt", "kb+jwt", "statuslist+jwt", "vc+jwt", None, ""])
def test_05_a_token_of_another_type_is_refused_although_it_is_signed(world, typ):
    assert step(world.examine(world.signed(world.claims(), header={"typ": typ}))) is Step.TYPE


def test_05_a_credential_is_no_key_binding_and_a_key_binding_no_credential(world):
    data = world.issue(holder=world.holder.public_key())
    bound = key_binding.bind(data, world.holder, audience="a", nonce="n", at=NOW)
    binding = bound.rsplit(b"~", 1)[1]
    assert step(world.examine(binding + b"~")) is Step.TYPE
    assert step(world.examine(data + data.split(b"~")[0])) is Step.TYPE


@pytest.mark.parametrize("header", [{"crit": ["exp"], "exp": 1}, {"crit": []}, {"b64": False}])
def test_06_extensions_that_are_not_understood_are_refused(world, header):
    assert step(world.examine(world.signed(world.claims(), header=header))) is Step.TYPE


# 25: key binding in time
@pytest.mark.parametrize(
    ("late", "accepted"), [(-61, False), (-60, True), (0, True), (360, True), (361, False), (788_400_000, False)]
)
def test_25_a_key_binding_holds_five_minutes_and_a_minute_of_skew(world, late, accepted):
    data = world.issue(holder=world.holder.public_key())
    bound = key_binding.bind(data, world.holder, audience="a", nonce="n", at=NOW)
    report = world.examine(bound, policy=HolderBound("a", "n"), at=NOW + timedelta(seconds=late))
    assert bool(report.verified) is accepted
    assert accepted or step(report) is Step.HOLDER


@pytest.mark.parametrize(("audience", "nonce"), [("b", "n"), ("a", "m")])
def test_24_a_key_binding_for_somebody_else_or_another_request_is_refused(world, audience, nonce):
    data = world.issue(holder=world.holder.public_key())
    bound = key_binding.bind(data, world.holder, audience="a", nonce="n", at=NOW)
    assert step(world.examine(bound, policy=HolderBound(audience, nonce))) is Step.HOLDER


def test_26_a_key_binding_over_another_selection_is_refused_even_when_it_is_not_asked_for(world):
    data = world.issue(holder=world.holder.public_key())
    bound = key_binding.bind(data, world.holder, audience="a", nonce="n", at=NOW)
    fewer = bound.split(b"~")
    assert step(world.examine(b"~".join((fewer[0], *fewer[2:])))) is Step.HOLDER


@pytest.mark.parametrize("claims", [{"aud": ["a"]}, {"nonce": 1}, {"iat": "x"}, {"sd_hash": ""}])
def test_26_a_key_binding_with_unusable_claims_is_refused(world, claims):
    data = world.issue(holder=world.holder.public_key())
    good = jws.parse(
        key_binding.bind(data, world.holder, audience="a", nonce="n", at=NOW).rsplit(b"~", 1)[1].decode(), ""
    ).payload
    bad = jws.serialise({"typ": "kb+jwt"}, {**good, **claims}, world.holder)
    assert step(world.examine(data + bad.encode())) in (Step.HOLDER, Step.CLAIMS)


@pytest.mark.parametrize(
    "cnf",
    [None, {}, {"jwk": {}}, {"jwk": {"kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ"}},
     {"jwk": {"kty": "EC", "crv": "P-256", "x": "!", "y": "AQ"}}, {"jwk": {"kty": "oct", "k": "AQ"}}],
)  # fmt: skip
def test_26_a_key_binding_without_a_usable_key_in_the_credential_is_refused(world, cnf):
    data = world.signed(world.claims(cnf=cnf))
    bound = key_binding.bind(data, world.holder, audience="a", nonce="n", at=NOW)
    assert step(world.examine(bound)) is Step.HOLDER


# 26: the nine gaps (exp and nbf are in test_verify, typ is 5, the old key binding is 25)
def disclosure(*content):
    return jws.encode(jws.dump(["c2FsdA", *content]))


def digest(text):
    return sdjwt.digest(text, "sha-256")


def test_26_a_disclosure_that_nothing_refers_to_is_refused(world):
    assert step(world.examine(world.issue() + disclosure("grade", "5").encode() + b"~")) is Step.PROOF


@pytest.mark.parametrize("name", ["_sd", "...", "_sd_alg", "title", "given_name"])
def test_26_a_disclosed_claim_may_not_take_a_name(world, name):
    one, other = disclosure(name, ["x"]), disclosure("given_name", "Alba")
    claims = {**world.claims(), "_sd": [digest(other), digest(one)]}
    del claims["given_name"]
    assert step(world.examine(world.signed(claims, disclosures=(one, other)))) is Step.PROOF


@pytest.mark.parametrize("name", ["iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "aud"])
def test_26_control_claims_may_not_be_withheld(world, name):
    claims = world.claims()
    value = claims.pop(name, 1)
    one = disclosure(name, value)
    assert step(world.examine(world.signed({**claims, "_sd": [digest(one)]}, disclosures=(one,)))) is Step.PROOF
    with pytest.raises(ValueError, match="may not be withheld"):
        sdjwt.conceal({name: value}, frozenset({(name,)}), lambda: b"0" * 16)


def test_26_a_digest_that_appears_twice_is_refused(world):
    one = disclosure("x")
    twice = {"list": [{"...": digest(one)}, {"...": digest(one)}]}
    assert step(world.examine(world.signed(world.claims(**twice), disclosures=(one,)))) is Step.PROOF
    assert step(world.examine(world.signed(world.claims(**twice)))) is Step.PROOF
    assert step(world.examine(world.signed(world.claims(_sd=["A", "A"])))) is Step.PROOF


def test_26_a_disclosure_given_twice_is_refused(world):
    data = world.issue()
    assert step(world.examine(data + data.split(b"~")[1] + b"~")) is Step.PROOF


@pytest.mark.parametrize(
    "claims",
    [{"_sd": "A"}, {"_sd": [1]}, {"...": "A"}, {"list": [{"...": "A", "b": 1}]}, {"inner": {"_sd_alg": "sha-256"}}],
)
def test_26_digests_that_are_misplaced_are_refused(world, claims):
    assert step(world.examine(world.signed(world.claims(**claims)))) is Step.PROOF


def test_26_a_disclosure_of_a_list_may_not_stand_in_an_object_nor_the_other_way_round(world):
    named, bare = disclosure("n", 1), disclosure(1)
    for claims, one in (({"list": [{"...": digest(named)}]}, named), ({"_sd": [digest(bare)]}, bare)):
        assert step(world.examine(world.signed(world.claims(**claims), disclosures=(one,)))) is Step.PROOF


def test_26_a_digest_of_an_unknown_kind_is_refused(world):
    assert step(world.examine(world.signed(world.claims(_sd_alg="md5")))) is Step.TYPE
    assert step(world.examine(world.signed(world.claims(_sd_alg=["sha-256"])))) is Step.TYPE


@pytest.mark.parametrize(
    "text", ["", "e30", "W10", "WyJhIl0", "WzEsMl0", "WyJhIiwyLDNd", "WyJhIiwiYiJd=", "!!", "WyJhIg"]
)
def test_26_a_disclosure_that_is_none_is_refused(world, text):
    assert step(world.examine(world.issue() + text.encode() + b"~")) in (Step.PARSE, Step.PROOF)


# 27: limits
@pytest.mark.parametrize(
    "payload",
    [
        b'{"iss":"a","iss":"b"}',
        b'{"x":NaN}',
        b'{"x":-Infinity}',
        b'{"x":1e999}',
        b'{"x":"\\ud800"}',
        b'{"\\udfff":1}',
        b'{"x":"\xff"}',
        b'{"x":1} {"x":2}',
        b'{"x":1}x',
        b"[]",
        b"",
        b'{"x":' + b"9" * 5000 + b"}",
    ],
)
def test_27_json_that_could_be_read_in_two_ways_is_refused_before_the_proof(world, payload):
    header, _, signature, tail = parts(world.issue())
    data = b".".join((header, jws.encode(payload).encode(), signature)) + b"~" + tail
    assert step(world.examine(data)) is Step.PARSE


def test_27_deep_json_is_refused_at_the_limit(world):
    for depth, refused in ((strict_json.MAX_DEPTH - 1, False), (strict_json.MAX_DEPTH, True), (100_000, True)):
        header, _, signature, tail = parts(world.issue())
        payload = b'{"x":' + b"[" * (depth - 1) + b"1" + b"]" * (depth - 1) + b"}"
        data = b".".join((header, jws.encode(payload).encode(), signature)) + b"~" + tail
        assert (step(world.examine(data)) is Step.LIMITS) is refused


def test_27_disclosures_that_nest_without_end_are_refused(world):
    one = disclosure("leaf")
    chain = [one]
    for _ in range(100):
        one = disclosure([{"...": digest(one)}])
        chain.append(one)
    data = world.signed(world.claims(list=[{"...": digest(one)}]), disclosures=tuple(chain))
    assert step(world.examine(data)) is Step.LIMITS


def test_27_too_many_bytes_disclosures_certificates_or_header_bytes_are_refused(world):
    data = world.issue()
    assert step(world.examine(b"a.b.c~" + b"A" * sdjwt.MAX_BYTES)) is Step.LIMITS
    assert step(world.examine(data + b"e30~" * (sdjwt.MAX_DISCLOSURES + 1))) is Step.LIMITS
    assert step(world.examine(with_chain(world, *[world.key.chain[0]] * 5))) is Step.LIMITS
    assert step(world.examine(world.signed(world.claims(), header={"kid": "k" * jws.MAX_HEADER}))) is Step.LIMITS


def test_base64url_has_one_spelling_only(world):
    header, payload, signature, tail = parts(world.issue())
    last = {b"A": b"B", b"Q": b"R", b"g": b"h", b"w": b"x"}[signature[-1:]]
    for other in (signature[:-1] + last, signature + b"==", signature[:-1] + b" " + signature[-1:], signature[:-3]):
        data = b".".join((header, payload, other)) + b"~" + tail
        assert step(world.examine(data)) in (Step.PARSE, Step.PROOF)


# 29: names
def test_29_names_that_could_deceive_are_flagged_and_not_changed(world):
    for name in ("Коulu", "Koulu\u202e", "Ko\u200bulu", "Koulu\x07"):
        assert flags(name)
    for name in ("Koulu Oy", "Στατικό Ινστιτούτο", "Институт по ECVET", "Álvarez", "東京 School"):
        assert not flags(name)


def test_29_texts_are_written_so_that_a_terminal_only_reads_them():
    assert visible("a\x1b[31m\u202eb\nc") == "a\\u001b[31m\\u202eb\\u000ac"
    assert visible("a\nb", lines=True) == "a\nb"


def test_29_nfc_is_for_comparison_only():
    assert look_alike("E\u0301cole", "\u00e9COLE")
    assert not look_alike("Ecole", "\u00c9cole")


# 31: certificates
def test_31_the_anchor_is_never_taken_from_the_credential(world):
    cheat = keys.make_authority("Opetushallitus", FI, world.stranger, serial=1, start=START, end=END)
    certificate = keys.certify(
        cheat, world.school.id, "Koulu", FI, world.stranger.public_key(), serial=2, start=START, end=END
    )
    assert step(world.examine(with_chain(world, certificate, key=world.stranger))) is Step.ISSUER
    both = with_chain(world, certificate, cheat.certificate, key=world.stranger)
    assert step(world.examine(both)) is Step.ISSUER


def test_31_a_self_signed_certificate_is_refused_even_if_it_is_an_anchor(world):
    own = keys.make_authority("Koulu", FI, world.key.private, serial=3, start=START, end=END).certificate
    report = world.examine(with_chain(world, own), trust=replace(world.trust, anchors=(own,)))
    assert step(report) is Step.ISSUER


@pytest.mark.parametrize(
    ("start", "end", "accepted"),
    [
        (ISSUED - timedelta(days=1), ISSUED + timedelta(days=1), True),
        (ISSUED + timedelta(seconds=1), END, False),
        (START, ISSUED - timedelta(seconds=1), False),
    ],
)
def test_31_the_certificate_must_be_valid_when_the_credential_was_signed(world, start, end, accepted):
    report = world.examine(with_chain(world, world.certificate(start=start, end=end)))
    assert bool(report.verified) is accepted
    assert accepted or step(report) is Step.ISSUER


def test_31_the_anchor_must_be_valid_when_the_credential_was_signed(world):
    old = keys.make_authority(
        "Opetushallitus", FI, world.authority.private, serial=1, start=START, end=ISSUED - timedelta(days=1)
    )
    assert step(world.examine(world.issue(), trust=Trust(anchors=(old.certificate,)))) is Step.ISSUER


def test_31_the_certificate_must_be_that_of_the_issuer_named(world):
    assert step(world.examine(world.signed(world.claims(iss="https://other.example")))) is Step.ISSUER
    assert step(world.examine(world.signed(world.claims(iss=None)))) is Step.ISSUER


def build(world, *extensions, ca=False, subject_key=None):
    builder = x509.CertificateBuilder(
        issuer_name=world.authority.certificate.subject, subject_name=world.certificate().subject,
        public_key=subject_key or world.key.private.public_key(), serial_number=11,
        not_valid_before=START, not_valid_after=END,
    ).add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(world.authority.private.public_key()), critical=False
    )  # fmt: skip
    for extension in extensions:
        builder = builder.add_extension(extension, critical=isinstance(extension, x509.UnrecognizedExtension))
    return builder.sign(world.authority.private, hashes.SHA256())


def test_31_the_certificate_must_be_for_signing_documents(world):
    name = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(world.school.id)])
    web = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.SERVER_AUTH])
    documents = x509.ExtendedKeyUsage([keys.DOCUMENT_SIGNING])
    for extensions, accepted in (
        ((name, documents), True),
        ((name,), True),
        ((name, web), False),
        ((name, keys._usage(certificates=True)), False),
        ((name, x509.BasicConstraints(ca=True, path_length=None)), False),
        ((name, x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")), False),
        ((documents,), False),
    ):
        report = world.examine(with_chain(world, build(world, *extensions)))
        assert bool(report.verified) is accepted, extensions
        assert accepted or step(report) is Step.ISSUER


def test_31_an_institution_cannot_certify_another(world):
    school = keys.Authority(private=world.key.private, certificate=world.key.chain[0])
    second = keys.certify(
        school, world.school.id, "Sub", FI, world.stranger.public_key(), serial=5, start=START, end=END
    )
    report = world.examine(with_chain(world, second, world.key.chain[0], key=world.stranger))
    assert step(report) is Step.ISSUER


@pytest.mark.parametrize("x5c", [None, [], "MII", [7], ["!!"], ["AAAA"], [""]])
def test_31_a_credential_without_readable_certificates_is_refused(world, x5c):
    assert step(world.examine(world.signed(world.claims(), header={"x5c": x5c}))) is Step.ISSUER


def test_32_no_error_contains_a_claim_a_token_or_a_disclosure(world):
    data = world.issue(holder=world.holder.public_key())
    for place in range(0, len(data), 37):
        report = world.examine(data[:place] + b"A" + data[place + 1 :])
        if report.error is not None:
            said = str(report.error.as_problem()) + "".join(one.reason for one in report.steps)
            assert not any(secret in said for secret in ("Alba", "Álvarez", "2007-03-02", "eyJ", "WyJ"))
