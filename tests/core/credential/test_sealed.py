"""Sealed European Digital Credentials: issued, verified by trust in seals and time-stamps, and everything refused."""

import base64
import copy
import json
import socket
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from core.credential.cast import ISSUED, NOW, SCHOOL, START
from core.credential.sealing import AUTHORITY, CLOCKS, NAMES, NUMBER, certificate, make_sealing, rsa_key, stamp
from ecvet.credential.errors import KeyUnusable, NotSealed, ProofFails, Step, VerificationError
from ecvet.credential.formats import jades, jws
from ecvet.credential.formats.bitstring_status_list import Entry
from ecvet.credential.issue_sealed import issue_sealed
from ecvet.credential.opening import Form
from ecvet.credential.policy import EVERYDAY, Genuine, Outcome
from ecvet.credential.profiles.elm.told import told
from ecvet.credential.seals.file import FileSeal
from ecvet.credential.trust import NameSource, Trust
from ecvet.credential.verify import examine
from ecvet.terms import Identifier

ID = "urn:credential:00000000-0000-4000-8000-000000000001"


@pytest.fixture(scope="module")
def sealing():
    return make_sealing()


@pytest.fixture(scope="module")
def trust(world, sealing):
    school = replace(world.school, other_ids=(Identifier(NUMBER),))
    return Trust(
        anchors=(world.authority.certificate,), register=(school,), seal_anchors=(sealing.anchor,),
        time_anchors=(sealing.clock_anchor,),
    )  # fmt: skip


@pytest.fixture(scope="module")
def sealed(world, sealing):
    return issue_sealed(world.draft, sealing.seal, id=ID, at=ISSUED)


def outcomes(report):
    return {one.step: one.outcome for one in report.steps}


def look(data, trust, at=NOW, policy=EVERYDAY):
    return examine(data, trust, policy, at)


def step(report):
    assert report.verified is None
    return report.error.step


def changed(data, **members):
    """The seal with other members in its one signature or around it."""
    said = json.loads(data)
    for name, value in members.items():
        (said if name in said else said["signatures"][0])[name] = value
    return json.dumps(said).encode()


def with_header(seal, payload, *, drop=(), **header):
    """A text sealed under another header, by the right key."""
    plain = json.loads(jades.seal(payload, seal, at=ISSUED))
    said = json.loads(jws.decode(plain["signatures"][0]["protected"], "")) | header
    protected = jws.encode(jws.dump({name: one for name, one in said.items() if name not in drop}))
    signature = jws.encode(seal.sign(protected.encode() + b"." + payload))
    return changed(json.dumps(plain).encode(), protected=protected, signature=signature)


def payload(data):
    return json.loads(data)["payload"].encode()


def test_a_sealed_credential_is_verified_and_its_issuer_named_by_the_register(sealed, trust):
    report = look(sealed, trust)
    found = report.verified
    assert (found.form, found.type, found.issued_at) == (Form.SEALED, "EuropeanDigitalCredential", ISSUED)
    assert (found.issuer.id, found.issuer.name, found.issuer.named_by) == (SCHOOL, "The School", NameSource.REGISTER)
    assert found.claims["credentialSubject"]["hasClaim"][0]["creditReceived"][0]["point"] == "35"
    assert outcomes(report)[Step.CLAIMS] is Outcome.PASS
    assert outcomes(report)[Step.STAMP] is Outcome.UNKNOWN  # nobody but the school says when it was
    assert look(b"  " + sealed + b"\n", trust).verified


def test_without_register_the_certificate_names_the_issuer(sealed, trust):
    found = look(sealed, replace(trust, register=None)).verified
    assert (found.issuer.name, found.issuer.named_by) == ("Koulu Oy", NameSource.CERTIFICATE)


def test_a_seal_on_an_elliptic_curve_is_verified_too(world, sealing, trust):
    data = issue_sealed(world.draft, sealing.ec_seal, id=ID, at=ISSUED)
    assert look(data, trust).verified
    assert data == issue_sealed(world.draft, sealing.ec_seal, id=ID, at=ISSUED)


def test_where_no_seal_is_trusted_the_issuer_is_unknown_which_is_neither_yes_nor_no(sealed, world):
    report = look(sealed, world.trust)
    assert outcomes(report)[Step.ISSUER] is outcomes(report)[Step.FUNCTION] is Outcome.UNKNOWN
    assert (report.error.code, step(report)) == ("credential.issuer.unknown", Step.POLICY)
    found = look(sealed, world.trust, policy=Genuine()).verified
    assert (found.issuer.name, found.issuer.named_by) == (SCHOOL, NameSource.ITSELF)  # the register vouches for no seal


def test_a_seal_that_leads_to_no_anchor_is_refused(world, sealing, trust):
    other = rsa_key("other")
    stranger = FileSeal(private=other, chain=(certificate(NAMES, other.public_key(), AUTHORITY, other),))
    assert step(look(issue_sealed(world.draft, stranger, id=ID, at=ISSUED), trust)) is Step.ISSUER
    pinned = replace(trust, seal_anchors=stranger.chain)  # the certificate itself, as the school handed it over
    assert look(issue_sealed(world.draft, stranger, id=ID, at=ISSUED), pinned).verified
    assert step(look(issue_sealed(world.draft, sealing.seal, id=ID, at=ISSUED), pinned)) is Step.ISSUER


def test_an_authority_of_time_does_not_vouch_for_seals_nor_one_of_seals_for_time(sealed, sealing, trust):
    swapped = replace(trust, seal_anchors=trust.time_anchors, time_anchors=trust.seal_anchors)
    assert step(look(sealed, swapped)) is Step.ISSUER
    stamped = jades.add_stamp(sealed, "sigTst", sealing.stamps(ISSUED))
    assert step(look(stamped, swapped)) is Step.STAMP


def test_the_issuer_that_is_named_must_be_the_one_that_sealed(world, sealing, trust):
    key = rsa_key("other")
    names = {**NAMES, x509.ObjectIdentifier("2.5.4.97"): "VATFI-76543210"}
    chain = (certificate(names, key.public_key(), AUTHORITY, rsa_key("authority")),)
    body = payload(issue_sealed(world.draft, sealing.seal, id=ID, at=ISSUED))
    report = look(jades.seal(body, FileSeal(private=key, chain=chain), at=ISSUED), trust)
    assert step(report) is Step.ISSUER
    assert "another institution" in str(report.error)


@pytest.mark.parametrize("kind", ["sigTst", "arcTst"])
def test_a_time_stamp_that_fits_and_is_trusted_says_when(sealed, sealing, trust, kind):
    stamped = jades.add_stamp(sealed, "sigTst", sealing.stamps(ISSUED + timedelta(seconds=2)))
    if kind == "arcTst":
        stamped = jades.add_stamp(stamped, "arcTst", sealing.stamps(ISSUED + timedelta(days=1)))
    report = look(stamped, trust)
    assert report.verified
    assert outcomes(report)[Step.STAMP] is Outcome.PASS


def test_a_time_stamp_of_a_test_authority_fits_but_is_not_trusted(sealed, trust):
    key = rsa_key("test clock")
    from core.credential.sealing import TIME_STAMPING

    clock = certificate(CLOCKS, key.public_key(), CLOCKS, key, extra=((TIME_STAMPING, True),))
    stamped = jades.add_stamp(sealed, "sigTst", lambda data: stamp(data, clock, key, ISSUED))
    report = look(stamped, trust)
    assert outcomes(report)[Step.PROOF] is Outcome.PASS
    assert (step(report), report.error.code) == (Step.STAMP, "credential.timestamp.not-trusted")
    assert outcomes(look(stamped, replace(trust, time_anchors=())))[Step.STAMP] is Outcome.UNKNOWN
    assert look(stamped, replace(trust, time_anchors=(clock,))).verified


def test_a_certificate_for_something_else_makes_no_time_stamps(sealed, sealing, trust):
    seal = sealing.seal
    stamped = jades.add_stamp(sealed, "sigTst", lambda data: stamp(data, seal.chain[0], seal.private, ISSUED))
    report = look(stamped, replace(trust, time_anchors=(sealing.anchor,)))
    assert step(report) is Step.STAMP


def test_a_time_stamp_over_other_bytes_is_refused(sealed, sealing, trust):
    stamp_of = sealing.stamps(ISSUED)
    stamped = jades.add_stamp(sealed, "sigTst", lambda data: stamp_of(b"x" + data))
    assert step(look(stamped, trust)) is Step.PROOF
    one = jades.add_stamp(sealed, "sigTst", stamp_of)
    two = jades.add_stamp(one, "arcTst", stamp_of)
    said = json.loads(two)
    said["signatures"][0]["header"]["etsiU"].reverse()  # an archive time-stamp covers what stands before it
    assert step(look(json.dumps(said).encode(), trust)) is Step.PROOF


def test_a_changed_time_stamp_is_refused(sealed, sealing, trust):
    stamp_of = sealing.stamps(ISSUED)
    for place in (-1, 80, 120):  # its signature, its statement

        def damaged(data, place=place):
            token = bytearray(stamp_of(data))
            token[place] ^= 1
            return bytes(token)

        assert step(look(jades.add_stamp(sealed, "sigTst", damaged), trust)) in (Step.PROOF, Step.PARSE)


def test_who_dates_back_is_found_out_by_the_time_stamp(world, sealing, trust):
    key, authority = rsa_key("school"), rsa_key("authority")
    late = ISSUED + timedelta(days=1)
    chain = (certificate(NAMES, key.public_key(), AUTHORITY, authority, end=ISSUED + timedelta(hours=1)),)
    data = issue_sealed(world.draft, FileSeal(private=key, chain=chain), id=ID, at=ISSUED)
    assert look(data, trust).verified  # nobody else says when
    stamped = jades.add_stamp(data, "sigTst", sealing.stamps(late))
    assert step(look(stamped, trust)) is Step.ISSUER  # the certificate had expired when the authority saw the seal
    early = jades.add_stamp(data, "sigTst", sealing.stamps(ISSUED - timedelta(hours=1)))
    assert step(look(early, trust)) is Step.PROOF


def test_what_was_sealed_are_the_bytes_not_what_they_mean(sealed, trust):
    body = json.loads(payload(sealed))
    assert step(look(changed(sealed, payload=json.dumps(body)), trust)) is Step.PROOF  # the same, written anew
    body["credentialSubject"]["hasClaim"][0]["creditReceived"][0]["point"] = "350"
    assert step(look(changed(sealed, payload=jws.dump(body).decode()), trust)) is Step.PROOF


@given(st.data())
def test_no_byte_can_be_changed(data):
    world, sealing = _world(), make_sealing()
    good = issue_sealed(world.draft, sealing.seal, id=ID, at=ISSUED)
    place = data.draw(st.integers(0, len(good) - 1))
    bad = good[:place] + bytes((good[place] ^ data.draw(st.integers(1, 255)),)) + good[place + 1 :]
    trust = Trust(anchors=(), seal_anchors=(sealing.anchor,))
    report = look(bad, trust)
    if report.verified is not None:  # blanks, or the name of a member that nobody reads
        assert report.verified.claims == look(good, trust).verified.claims


def _world():
    from core.credential.cast import make_world

    return make_world()


def test_09_nothing_is_fetched_while_a_seal_is_verified(sealed, sealing, trust, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("somebody called"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("somebody looked up a name"))
    assert look(jades.add_stamp(sealed, "sigTst", sealing.stamps(ISSUED)), trust).verified


def test_27_large_input_in_the_form_of_a_seal_is_refused_at_once(sealed, trust):
    said = json.loads(sealed)
    assert step(look(changed(sealed, payload="x" * jades.MAX_BYTES), trust)) is Step.LIMITS
    assert step(look(changed(sealed, payload='{"a":' * 40 + "1" + "}" * 40), trust)) is Step.LIMITS
    said["signatures"][0]["protected"] = "A" * 100_000
    assert step(look(json.dumps(said).encode(), trust)) is Step.LIMITS


# ------------------------------------------------------------- the header
def test_03_rsa_is_accepted_in_seals_only_and_from_2048_bits(sealed, trust, sealing):
    assert look(sealed, trust).verified
    weak = rsa_key("weak", 1024)
    chain = (certificate(NAMES, weak.public_key(), AUTHORITY, rsa_key("authority")),)
    with pytest.raises(KeyUnusable):
        FileSeal(private=weak, chain=chain)

    class Weak:
        algorithm = "RS256"
        sign = staticmethod(lambda data: _rsa(weak, data))

    Weak.chain = chain
    assert step(look(jades.seal(payload(sealed), Weak(), at=ISSUED), trust)) is Step.PROOF


def _rsa(key, data):
    from cryptography.hazmat.primitives.asymmetric import padding
    from cryptography.hazmat.primitives.hashes import SHA256

    return key.sign(data, padding.PKCS1v15(), SHA256())


@pytest.mark.parametrize("alg", ["none", "HS256", "PS256", "RS384", "RS512", "EdDSA", "", None, ["RS256"]])
def test_01_other_algorithms_of_seals_are_refused(sealed, sealing, trust, alg):
    assert step(look(with_header(sealing.seal, payload(sealed), alg=alg), trust)) is Step.TYPE


def test_02_the_key_fits_the_algorithm_of_a_seal(sealed, sealing, trust):
    assert step(look(with_header(sealing.seal, payload(sealed), alg="ES256"), trust)) is Step.PROOF
    assert step(look(with_header(sealing.ec_seal, payload(sealed), alg="RS256"), trust)) is Step.PROOF


@pytest.mark.parametrize(
    "header",
    [
        {"crit": ["b64", "sigT", "exp"]}, {"crit": ["b64", "sigT", "adoTst"]}, {"crit": ["sigT"]}, {"crit": "b64"},
        {"crit": None}, {"b64": True}, {"b64": None}, {"sigD": {}}, {"typ": "vc+jwt"}, {"typ": None},
    ],
)  # fmt: skip
def test_06_extensions_of_a_seal_that_are_not_understood_are_refused(sealed, sealing, trust, header):
    assert step(look(with_header(sealing.seal, payload(sealed), **header), trust)) is Step.TYPE


@pytest.mark.parametrize(("drop", "found"), [("x5t#S256", Step.PROOF), ("x5c", Step.ISSUER), ("b64", Step.TYPE)])
def test_31_a_seal_brings_its_certificate_and_names_it(sealed, sealing, trust, drop, found):
    assert step(look(with_header(sealing.seal, payload(sealed), drop=(drop,)), trust)) is found
    other = {"x5t#S256": jws.encode(b"\0" * 32)}
    assert step(look(with_header(sealing.seal, payload(sealed), **other), trust)) is Step.PROOF


def test_a_seal_with_two_headers_or_signatures_is_refused(sealed, trust):
    one = json.loads(sealed)["signatures"][0]
    assert step(look(changed(sealed, signatures=[one, one]), trust)) is Step.TYPE
    assert step(look(changed(sealed, signatures=[]), trust)) is Step.PARSE
    assert step(look(changed(sealed, header={"alg": "none"}), trust)) is Step.PARSE
    assert step(look(changed(sealed, header={"etsiU": ["!"]}), trust)) is Step.PARSE
    assert step(look(changed(sealed, header={"etsiU": ["e30"] * 40}), trust)) is Step.LIMITS


# ------------------------------------------------------------- the content
def test_08_a_sealed_credential_in_another_vocabulary_is_refused(sealed, sealing, trust):
    body = json.loads(payload(sealed))
    for context in (body["@context"][:1], [*body["@context"], {"@vocab": "x:"}], body["@context"][::-1]):
        data = jades.seal(jws.dump({**body, "@context": context}), sealing.seal, at=ISSUED)
        assert step(look(data, trust)) is Step.TYPE


def test_what_the_profile_demands_is_the_step_of_the_claims(sealed, sealing, trust):
    body = json.loads(payload(sealed))
    del body["displayParameter"], body["issued"]
    report = look(jades.seal(jws.dump(body), sealing.seal, at=ISSUED), trust)
    assert step(report) is Step.CLAIMS
    assert "2 faults" in str(report.error)


@pytest.mark.parametrize("wrap", [lambda body: body, lambda body: {"credential": body, "deliveryDetails": {}}])
def test_an_unsealed_credential_gets_one_clear_refusal(sealed, trust, wrap):
    report = look(json.dumps(wrap(json.loads(payload(sealed)))).encode(), trust)
    assert isinstance(report.error, NotSealed)
    assert str(report.error) == "This European Digital Credential is not sealed, so nobody vouches for it."


def test_it_is_in_force_from_when_until_when_it_says(world, sealing, trust):
    data = issue_sealed(world.draft, sealing.seal, id=ID, at=ISSUED, until=NOW)
    assert look(data, trust).verified
    assert step(look(data, trust, at=NOW + timedelta(hours=1))) is Step.TIME
    assert step(look(data, trust, at=START)) is Step.TIME


def test_18_its_status_is_unknown_without_its_list(world, sealing, trust):
    entry = Entry("revocation", "https://koulu.example/status/1", 94567)
    data = issue_sealed(world.draft, sealing.seal, id=ID, at=ISSUED, status=entry)
    assert json.loads(payload(data))["credentialStatus"]["type"] == ["CredentialStatus", "BitstringStatusListEntry"]
    assert look(data, trust).error.code == "credential.status.unknown"


def test_a_seal_that_does_not_say_whose_it_is_issues_nothing(world, sealing):
    key, authority = rsa_key("school"), rsa_key("authority")
    for missing in (NAMES.keys() - {x509.NameOID.COMMON_NAME}) & NAMES.keys():
        names = {name: one for name, one in NAMES.items() if name != missing}
        seal = FileSeal(private=key, chain=(certificate(names, key.public_key(), AUTHORITY, authority),))
        with pytest.raises(KeyUnusable):
            issue_sealed(world.draft, seal, id=ID, at=ISSUED)
    with pytest.raises(KeyUnusable):
        issue_sealed(world.draft, sealing.seal, id=ID, at=START - timedelta(days=1))


@given(st.binary(max_size=200))
def test_27_no_bytes_as_a_time_stamp_raise_anything_else(data):
    from ecvet.credential.formats import time_stamps

    with pytest.raises(VerificationError):
        time_stamps.read(data)


@given(place=st.integers(0, 5000), bit=st.integers(1, 255))
def test_27_a_damaged_time_stamp_raises_nothing_else(place, bit):
    from ecvet.credential.formats import time_stamps

    token = bytearray(_token())
    token[place % len(token)] ^= bit
    with suppress(VerificationError):
        found = time_stamps.read(bytes(token))
        time_stamps.check(found, b"x")
        # bytes that nothing rests on, such as those of other certificates or of unsigned attributes
        assert (found.at, found.imprint) == (ISSUED, time_stamps.read(_token()).imprint)


_TOKENS: list[bytes] = []


def _token() -> bytes:
    if not _TOKENS:
        _TOKENS.append(make_sealing().stamps(ISSUED)(b"x"))
    return _TOKENS[0]


def test_32_errors_about_seals_contain_no_claims(sealed, sealing, trust):
    body = json.loads(payload(sealed))
    body["credentialSubject"]["hasClaim"][0]["Geheim"] = "Álvarez"
    body["credentialSubject"]["hasClaim"][0]["title"] = "Álvarez"
    report = look(jades.seal(jws.dump(body), sealing.seal, at=ISSUED), trust)
    assert step(report) is Step.CLAIMS
    assert "lvarez" not in str(report.error)
    assert isinstance(look(changed(sealed, payload="Álvarez"), trust).error, VerificationError)
    assert not isinstance(report.error, ProofFails)


# ------------------------------------------------------------- anything at all
ODD = (None, 5, -1, True, "x", "", [], {}, {"en": "x"}, {"en": ["a"]}, [None], {"id": 5}, {"@value": 1}, 10**30,
       "2026-13-45", {"type": ["X"]}, {"tstTokens": [{"val": "AAAA"}]})  # fmt: skip


def places(item, path=()):
    if path:
        yield path
    for name, one in item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ():
        yield from places(one, (*path, name))


def with_changes(item, draw):
    """A copy with something removed or replaced, once to three times."""
    found = copy.deepcopy(item)
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(list(places(found)) or [("x",)]))
        parent = found
        for name in way:
            parent = parent[name]
        if last in parent if isinstance(parent, dict) else True:
            parent[last] = copy.deepcopy(draw(st.sampled_from(ODD)))
    return found


@given(data=st.data(), what=st.sampled_from(["body", "header", "outside"]))
def test_27_whatever_is_sealed_raises_nothing_else_and_is_told(data, what):
    world, sealing = _world(), make_sealing()
    seal, good = sealing.ec_seal, issue_sealed(world.draft, sealing.ec_seal, id=ID, at=ISSUED)
    body = json.loads(payload(good))
    if what == "body":
        bad = jades.seal(jws.dump(with_changes(body, data.draw)), seal, at=ISSUED)
    elif what == "header":
        header = json.loads(jws.decode(json.loads(good)["signatures"][0]["protected"], ""))
        bad = with_header(seal, payload(good), **with_changes(header, data.draw))
    else:
        bad = json.dumps(with_changes(json.loads(good), data.draw)).encode()
    report = look(bad, Trust(anchors=(), seal_anchors=(sealing.anchor,)), policy=Genuine())
    assert (report.verified is None) is (report.error is not None)
    said = told(with_changes(body, data.draw))
    assert all(isinstance(text, str) for one in said.achieved for text in one.title.values())


def test_27_a_certificate_whose_names_cannot_be_read_is_refused(sealed, sealing, trust):
    der = sealing.seal.chain[0].public_bytes(Encoding.DER)
    subject = sealing.seal.chain[0].subject.public_bytes()
    bad = der.replace(subject, b"\x31" + subject[1:])  # a SET, which nobody sees before it is asked for
    header = {"x5c": [base64.b64encode(bad).decode()], "x5t#S256": jws.encode(sha256(bad).digest())}
    assert step(look(with_header(sealing.seal, payload(sealed), **header), trust)) is Step.ISSUER
