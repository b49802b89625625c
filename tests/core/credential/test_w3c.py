"""W3C credentials as `vc+jwt` and with proofs over canonical JSON: issued, verified, and everything that is refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws as oracle
from joserfc.jwk import OKPKey

from core.credential.cast import ISSUED, NOW, SCHOOL, START
from ecvet.credential.errors import ClaimsDoNotFit, Malformed, Step, TrustUnreadable, VerificationError, WrongType
from ecvet.credential.formats import data_integrity, jws, multikey, vc_jwt, vcdm
from ecvet.credential.formats.times import stamp, stamped
from ecvet.credential.formats.vocabularies import CREDENTIALS
from ecvet.credential.opening import Form
from ecvet.credential.policy import EVERYDAY, Genuine, Outcome, TypeIs
from ecvet.credential.trust import Method, NameSource, read_methods
from ecvet.credential.verify import examine
from ecvet.terms import Identifier

KEY = Ed25519PrivateKey.from_private_bytes(b"e" * 32)
NAME = f"{SCHOOL}#ed25519"
METHOD = Method(id=NAME, controller=SCHOOL, key=KEY.public_key(), start=START)


def credential(**changed):
    said = {
        "@context": [CREDENTIALS],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "https://ecvet.example/#Unit"],
        "issuer": {"id": SCHOOL, "name": "The Ministry"},
        "validFrom": "2026-05-04T09:00:00Z",
        "credentialSubject": {"id": "did:example:alba", "points": 35},
        **changed,
    }
    return {name: one for name, one in said.items() if one is not None}


@pytest.fixture(scope="module")
def trust(world):
    return replace(world.trust, methods=(METHOD,))


def as_jwt(key=KEY, claims=None, **header):
    return jws.serialise({"typ": vc_jwt.TYP, "kid": NAME, **header}, claims or credential(), key).encode()


def as_jcs(claims=None, *, key=KEY, method=NAME, created=ISSUED):
    return json.dumps(data_integrity.issue(claims or credential(), key, method=method, created=created)).encode()


def look(data, trust, at=NOW, policy=EVERYDAY):
    return examine(data, trust, policy, at)


def step(report):
    assert report.verified is None
    return report.error.step


@pytest.mark.parametrize(("make", "form"), [(as_jwt, Form.VC_JWT), (as_jcs, Form.DATA_INTEGRITY)])
def test_a_w3c_credential_is_verified_and_its_issuer_named_by_the_register(trust, make, form):
    found = look(make(), trust).verified
    assert (found.form, found.type) == (form, "https://ecvet.example/#Unit")
    assert found.claims["credentialSubject"]["points"] == 35
    assert (found.issuer.name, found.issuer.named_by) == ("The School", NameSource.REGISTER)
    assert {one.step: one.outcome for one in found.steps}[Step.CLAIMS] is Outcome.UNKNOWN
    assert look(make(), trust, policy=TypeIs(frozenset({"https://ecvet.example/#Unit"}))).verified
    assert step(look(make(), trust, policy=TypeIs(frozenset({"x"})))) is Step.POLICY


def test_29_the_name_that_an_issuer_gives_itself_is_not_shown(world):
    trust = replace(world.trust, register=None, methods=(METHOD,))
    found = look(as_jwt(), trust).verified
    assert (found.issuer.name, found.issuer.named_by) == (SCHOOL, NameSource.ITSELF)


def test_a_token_with_a_certificate_needs_no_other_trust(world):
    data = vc_jwt.issue(credential(), world.key.private, world.key.header)
    assert look(data, world.trust).verified
    other = vc_jwt.issue(credential(issuer="https://other.example"), world.key.private, world.key.header)
    assert step(look(other, world.trust)) is Step.ISSUER


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_another_implementation_verifies_the_token_and_is_verified():
    found = oracle.deserialize_compact(as_jwt(), OKPKey.import_key(KEY.public_key()), algorithms=["Ed25519"])
    assert json.loads(found.payload) == credential()
    token = oracle.serialize_compact({"alg": "EdDSA", "typ": vc_jwt.TYP}, b"{}", OKPKey.import_key(KEY),
                                     algorithms=["EdDSA"])  # fmt: skip
    jws.check_signature(jws.parse(token, "token"), KEY.public_key())


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize("alg", ["none", "HS256", "RS256", "ES384", "ed25519", None, 7, ["Ed25519"]])
def test_01_an_algorithm_outside_the_list_is_refused_before_cryptography_runs(trust, alg, monkeypatch):
    monkeypatch.setattr(jws, "check_raw", lambda *_: pytest.fail("cryptography ran"))
    assert step(look(as_jwt(alg=alg), trust)) is Step.TYPE


def test_02_the_kind_of_key_must_fit_the_algorithm(world, trust):
    assert step(look(as_jwt(alg="ES256"), trust)) is Step.PROOF
    p256 = replace(METHOD, key=world.key.private.public_key())
    assert step(look(as_jwt(), replace(trust, methods=(p256,)))) is Step.PROOF
    assert step(look(as_jcs(), replace(trust, methods=(p256,)))) is Step.PROOF


@pytest.mark.parametrize("typ", ["JWT", "dc+sd-jwt", "kb+jwt", "statuslist+jwt", None, ""])
def test_05_a_token_of_another_type_is_refused(trust, typ):
    assert step(look(as_jwt(typ=typ), trust)) is Step.TYPE


@pytest.mark.parametrize("header", [{"crit": ["exp"]}, {"b64": False}, {"b64": True}])
def test_06_extensions_that_are_not_understood_are_refused(trust, header):
    assert step(look(as_jwt(**header), trust)) is Step.TYPE


@pytest.mark.parametrize(
    "context",
    [
        [CREDENTIALS, {"points": "https://evil.example/grade"}],
        [CREDENTIALS, "https://unknown.example/context"],
        [CREDENTIALS, 7],
        {"@vocab": "x:"},
        [[CREDENTIALS]],
        None,
    ],
)
def test_08_a_vocabulary_that_is_written_in_or_unknown_is_refused(trust, context):
    claims = credential(**{"@context": context})
    assert step(look(as_jwt(claims=claims), trust)) is Step.TYPE
    assert step(look(as_jcs(claims), trust)) is Step.TYPE
    with pytest.raises((WrongType, ClaimsDoNotFit)):
        vc_jwt.issue(claims, KEY, {"kid": NAME})


def test_08_a_vocabulary_added_after_signing_is_not_believed(trust):
    found = json.loads(as_jcs())
    found["@context"] = [*found["@context"], "https://www.w3.org/ns/credentials/examples/v2"]
    report = look(json.dumps(found).encode(), trust)
    assert report.verified.claims["@context"] == [CREDENTIALS]
    found["@context"] = [found["@context"][1], CREDENTIALS]
    assert step(look(json.dumps(found).encode(), trust)) is Step.PROOF


def test_07_a_member_that_no_vocabulary_knows_is_signed_like_the_others(trust):
    found = json.loads(as_jcs(credential(grade="5")))
    assert look(json.dumps(found).encode(), trust).verified
    for forged in (
        {**found, "grade": "1"},
        {**found, "honours": None},
        {k: v for k, v in found.items() if k != "grade"},
    ):
        assert step(look(json.dumps(forged).encode(), trust)) is Step.PROOF


def test_22_a_key_that_the_issuer_does_not_control_is_refused(trust):
    for method in (replace(METHOD, controller=Identifier("https://other.example")), replace(METHOD, id="urn:other")):
        for data in (as_jwt(), as_jcs()):
            assert step(look(data, replace(trust, methods=(method,)))) is Step.ISSUER


def test_22_a_proof_for_another_purpose_is_refused(trust):
    found = json.loads(as_jcs())
    for changed in ({"proofPurpose": "authentication"}, {"challenge": "n"}, {"previousProof": "urn:p"}):
        assert step(look(json.dumps({**found, "proof": {**found["proof"], **changed}}).encode(), trust)) is Step.TYPE


def test_21_and_23_a_key_counts_in_its_time_and_what_it_signed_then_is_verified_for_ever(trust):
    turn = datetime(2026, 5, 20, tzinfo=UTC)
    rotated = replace(trust, methods=(replace(METHOD, end=turn),))
    early, late, before = (
        {"created": at, "claims": credential(validFrom=stamped(at))}
        for at in (turn - timedelta(seconds=1), turn, START - timedelta(seconds=1))
    )
    for one, accepted in ((early, True), (late, False), (before, False)):
        for data in (as_jcs(**one), as_jwt(claims=one["claims"])):
            report = look(data, rotated, at=NOW + timedelta(days=7000))
            assert bool(report.verified) is accepted
            assert accepted or step(report) is Step.ISSUER


@pytest.mark.parametrize(
    ("changed", "at", "step_"),
    [
        ({"validUntil": "2026-06-01T12:00:00Z"}, NOW + timedelta(seconds=59), None),
        ({"validUntil": "2026-06-01T12:00:00Z"}, NOW + timedelta(seconds=60), Step.TIME),
        ({"validFrom": "2026-06-01T12:01:00Z"}, NOW, None),
        ({"validFrom": "2026-06-01T12:01:01Z"}, NOW, Step.TIME),
        ({"validFrom": "yesterday"}, NOW, Step.CLAIMS),
        ({"validUntil": "2026-01-01T00:00:00Z"}, NOW, Step.CLAIMS),
        ({"exp": 1780000000}, datetime.fromtimestamp(1780000060, UTC), Step.TIME),
        ({"iat": "x"}, NOW, Step.CLAIMS),
        ({"validFrom": None}, NOW, Step.CLAIMS),
        ({"iss": "https://other.example"}, NOW, Step.CLAIMS),
        ({"jti": "urn:other"}, NOW, Step.CLAIMS),
        ({"vc": {}}, NOW, Step.CLAIMS),
        ({"issuer": "nobody"}, NOW, Step.CLAIMS),
        ({"credentialSubject": [{}]}, NOW, Step.CLAIMS),
        ({"credentialSubject": []}, NOW, Step.CLAIMS),
        ({"credentialSubject": [{"id": "urn:x"}] * 65}, NOW, Step.CLAIMS),
        ({"type": "Unit"}, NOW, Step.CLAIMS),
        ({"type": []}, NOW, Step.CLAIMS),
        ({"name": [{"@value": 1}]}, NOW, Step.CLAIMS),
        ({"credentialStatus": {"type": "X"}}, NOW, Step.STATUS),
    ],
)
def test_a_token_is_judged_by_time_and_form(trust, changed, at, step_):
    report = look(as_jwt(claims=credential(**changed)), trust, at)
    assert report.verified if step_ is None else step(report) is step_


def test_a_proof_that_has_ended_is_no_proof_any_more(trust):
    claims = credential()
    proof = {
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "created": "2026-05-04T09:00:00Z",
        "expires": "2026-05-05T09:00:00Z", "verificationMethod": NAME, "proofPurpose": "assertionMethod",
    }  # fmt: skip
    value = "z" + multikey.base58(KEY.sign(data_integrity.signed_bytes("eddsa-jcs-2022", proof, claims)))
    data = json.dumps({**claims, "proof": {**proof, "proofValue": value}}).encode()
    assert step(look(data, trust)) is Step.TIME
    assert look(data, trust, at=datetime(2026, 5, 4, 12, tzinfo=UTC)).verified


@pytest.mark.parametrize(
    ("changed", "step_"),
    [
        ({"proof": None}, Step.PARSE),
        ({"proof": []}, Step.PARSE),
        ({"proof": [1]}, Step.PARSE),
        ({"proof": [{}, {}]}, Step.TYPE),
        ({"proof": {"type": "Ed25519Signature2020"}}, Step.TYPE),
        ({"proof": {"cryptosuite": "eddsa-rdfc-2022"}}, Step.TYPE),
        ({"proof": {"cryptosuite": "eddsa-2022"}}, Step.TYPE),
        ({"proof": {"cryptosuite": ["eddsa-jcs-2022"]}}, Step.TYPE),
        ({"proof": {"proofValue": 5}}, Step.PARSE),
        ({"proof": {"proofValue": "u00"}}, Step.PARSE),
        ({"proof": {"proofValue": "z0"}}, Step.PARSE),
        ({"proof": {"proofValue": "z" + "1" * 300}}, Step.PARSE),
        ({"proof": {"proofValue": "z11"}}, Step.PROOF),
        ({"proof": {"verificationMethod": 5}}, Step.PARSE),
        ({"proof": {"created": "2026"}}, Step.CLAIMS),
        ({"proof": {"created": "2026-05-04T09:00:01Z"}}, Step.PROOF),
    ],
)
def test_a_proof_of_another_kind_or_a_broken_one_is_refused(trust, changed, step_):
    found = json.loads(as_jcs())
    proof = changed["proof"]
    changed = {"proof": {**found["proof"], **proof}} if isinstance(proof, dict) else changed
    assert step(look(json.dumps({**found, **changed}).encode(), trust)) is step_


def test_json_is_json_whatever_signs_it_contains(trust):
    assert look(as_jcs(credential(id="https://x.example/~alba/1.2.3")), trust).verified


def test_one_proof_in_a_list_is_one_proof(trust):
    found = json.loads(as_jcs())
    assert look(json.dumps({**found, "proof": [found["proof"]]}).encode(), trust).verified


def test_what_has_a_proof_is_not_signed_again():
    with pytest.raises(ValueError, match="has a proof"):
        data_integrity.issue({"proof": {}}, KEY, method=NAME, created=ISSUED)


def test_28_a_number_means_the_same_however_it_is_written(trust):
    found = as_jcs(credential(credentialSubject={"id": "urn:x", "points": 5}))
    assert b'"points": 5}' in found
    for other in (b'"points": 5.0}', b'"points": 5e0}', b'"points":5.00}'):
        assert look(found.replace(b'"points": 5}', other), trust).verified
    assert step(look(found.replace(b'"points": 5}', b'"points": 5.5}'), trust)) is Step.PROOF
    assert step(look(found.replace(b'"points": 5}', b'"points": ' + b"9" * 30 + b"}"), trust)) is Step.PARSE


def test_27_too_much_too_deep_or_ambiguous_json_is_refused(trust):
    data = as_jcs()
    assert step(look(b'{"a":"' + b"A" * data_integrity.MAX_BYTES + b'"}', trust)) is Step.LIMITS
    assert step(look(b'{"a":' + b"[" * 99 + b"]" * 99 + b"}", trust)) is Step.LIMITS
    assert step(look(data[:-1] + b',"id":"urn:uuid:2"}', trust)) is Step.PARSE
    assert step(look(b"a." + b"A" * vc_jwt.MAX_BYTES + b".c", trust)) is Step.LIMITS
    assert step(look(b"a.\xff.c", trust)) is Step.PARSE


@given(st.sampled_from([as_jwt(), as_jcs()]), st.data())
def test_any_one_byte_changed_makes_it_fail_or_means_the_same(trust, signed, data):
    place = data.draw(st.integers(0, len(signed) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != signed[place]))
    report = look(signed[:place] + bytes([byte]) + signed[place + 1 :], trust)
    if report.verified is not None:  # blanks between members of JSON carry no meaning
        assert report.verified.claims == credential()
    else:
        assert isinstance(report.error, VerificationError)


@given(st.dictionaries(st.sampled_from(["proof", "@context", "type", "issuer"]), st.recursive(
    st.none() | st.integers() | st.text(max_size=5), lambda x: st.lists(x, max_size=2) | st.dictionaries(
        st.sampled_from(["id", "type", "cryptosuite", "proofValue"]), x, max_size=3), max_leaves=5)))  # fmt: skip
def test_whatever_json_is_given_is_answered_with_the_one_family_of_errors(trust, said):
    assert look(json.dumps(said).encode(), trust).error is not None


# ------------------------------------------------------------------ keys by name, times


def test_a_key_is_read_back_from_its_name(world):
    for key in (KEY.public_key(), world.key.private.public_key()):
        name = multikey.did_key(key)
        assert multikey.read_did_key(f"{name}#{name.removeprefix('did:key:')}").key == key
        assert multikey.decode(multikey.encode(key)) == key


@pytest.mark.parametrize(
    "name", ["did:web:x", "did:key:", "did:key:z", "did:key:z11", "did:key:z0O", "did:key:zQ3s#other", "did:key:u00"]
)
def test_a_name_that_is_no_key_is_refused(name):
    with pytest.raises(Malformed):
        multikey.read_did_key(name)


def test_a_point_outside_its_curve_is_no_key():
    for data in (multikey.P256 + b"\x02" + b"\xff" * 32, multikey.ED25519 + b"\1"):
        with pytest.raises(Malformed):
            multikey.decode("z" + multikey.base58(data))


@given(st.binary(max_size=80))
def test_base58_comes_back_as_it_was(data):
    assert multikey.from_base58(multikey.base58(data), "value") == data


def test_methods_are_read_with_their_times():
    did = multikey.did_key(KEY.public_key())
    said = {"methods": [
        {"id": NAME, "controller": SCHOOL, "publicKeyMultibase": multikey.encode(KEY.public_key()),
         "from": "2025-01-01T00:00:00Z"},
        {"id": f"{did}#{did[8:]}", "controller": did, "from": "2025-01-01T00:00:00Z", "until": "2027-01-01T00:00:00Z"},
    ]}  # fmt: skip
    first, second = read_methods(json.dumps(said).encode())
    assert first == METHOD
    assert (second.key, second.end) == (KEY.public_key(), datetime(2027, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "said", [b"", b"{}", b'{"methods":[{}]}', b'{"methods":[7]}', b'{"methods":7}',
             b'{"methods":[{"id":"x","controller":"urn:x","from":"2025-01-01T00:00:00Z"}]}',
             b'{"methods":[{"id":"x","controller":"urn:x","publicKeyMultibase":"z1","from":"now"}]}'],
)  # fmt: skip
def test_methods_that_cannot_be_read_are_no_trust(said):
    with pytest.raises(TrustUnreadable):
        read_methods(said)


@pytest.mark.parametrize(
    "text", ["2026-05-04T09:00:00", "2026-05-04", "2026-13-04T09:00:00Z", 5, "0001-01-01T00:00:00+23:00"]
)
def test_a_moment_has_its_time_zone(text):
    with pytest.raises(ClaimsDoNotFit):
        stamp(text, "x")


def test_a_presentation_has_its_form():
    shown = {"@context": CREDENTIALS, "type": "VerifiablePresentation", "verifiableCredential": [credential()]}
    assert vcdm.check_presentation(shown) == (credential(),)
    for changed in ({"holder": "x"}, {"holder": {"name": "x"}}, {"id": "x"}, {"type": "VerifiableCredential"},
                    {"verifiableCredential": [{"type": "EnvelopedVerifiableCredential", "id": "x:y"}]},
                    {"verifiableCredential": ["x"]}):  # fmt: skip
        with pytest.raises(ClaimsDoNotFit):
            vcdm.check_presentation({**shown, **changed})


def test_a_genuine_credential_of_a_foreign_key_is_refused_whatever_the_policy(trust):
    stranger = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
    did = multikey.did_key(stranger.public_key())
    data = as_jcs(credential(issuer=did), key=stranger, method=f"{did}#{did[8:]}")
    assert step(look(data, trust, policy=Genuine())) is Step.ISSUER
    assert step(look(as_jcs(key=stranger), trust, policy=Genuine())) is Step.PROOF
