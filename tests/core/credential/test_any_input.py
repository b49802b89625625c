"""Whatever bytes come, a report comes back: credentials of every form changed anywhere, most of them signed anew.

What is signed anew passes the proof, so that the steps after it meet what no issuer would sign. Nothing but a
`VerificationError` may come of it (security statement 27), and never late.
"""

import base64
import json
import time  # noqa: TID251 - the time that it takes is what is tested
from contextlib import suppress
from dataclasses import replace
from functools import cache
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import assume, given
from hypothesis import strategies as st

from core.credential.cast import ISSUED, NOW, SCHOOL, START, make_world, salts
from core.credential.mutations import damaged, mutated, odd, written
from core.credential.sealing import NUMBER, make_sealing, stamp
from core.credential.test_carriers import pdf, png, svg
from core.credential.test_chain import make_proof
from core.credential.test_rdf import badge
from ecvet.cli.records import read_bundle, walked
from ecvet.cli.verify import _as_json, _as_text
from ecvet.credential.chain import Bundle, walk
from ecvet.credential.errors import (
    BundleUnreadable,
    ChainBroken,
    ClaimsDoNotFit,
    StatusListUnusable,
    VerificationError,
)
from ecvet.credential.formats import data_integrity, jades, jws, key_binding, multikey, sdjwt, vc_jwt, vcdm
from ecvet.credential.formats.status_bits import Order, Wrapper, compress, pack
from ecvet.credential.formats.vocabularies import CREDENTIALS
from ecvet.credential.issue_sealed import issue_sealed
from ecvet.credential.policy import EVERYDAY, AllOf, FunctionKnown, Genuine, HolderBound
from ecvet.credential.status.allocation import open_list
from ecvet.credential.status.check import by_address
from ecvet.credential.status.editions import Edition, bitstring_claim, bitstring_view, token_view
from ecvet.credential.status.standing import Standing
from ecvet.credential.trust import Method, Trust
from ecvet.credential.verify import examine
from ecvet.credential.wallet import presentation
from ecvet.credential.wallet.errors import WalletRefusal
from ecvet.errors import EcvetError
from ecvet.record import canonical, from_bytes, plain, to_bytes
from ecvet.terms import Identifier

LIMIT = 1.0
"""Seconds of the processor that an answer may take at the most, on a slow machine that does other things."""

URI, PLACE = "https://koulu.example/status/1", 4711
KEY = Ed25519PrivateKey.from_private_bytes(b"f" * 32)
NAME = f"{SCHOOL}#ed25519"
POLICIES = (EVERYDAY, Genuine(), AllOf((EVERYDAY, FunctionKnown())), HolderBound("https://erik.example", "n"))


@cache
def world():
    return make_world()


@cache
def trust():
    known, seals = world(), make_sealing()
    return Trust(
        anchors=(known.authority.certificate,), register=(replace(known.school, other_ids=(Identifier(NUMBER),)),),
        methods=(Method(id=NAME, controller=SCHOOL, key=KEY.public_key(), start=START),),
        seal_anchors=(seals.anchor,), time_anchors=(seals.clock_anchor,),
    )  # fmt: skip


def look(data, policy=EVERYDAY, lists=None):
    """Examine, and show the answer as the command does; nothing else than a report comes, and soon."""
    start = time.process_time()
    report = examine(data, trust(), policy, NOW, lists=lists or {})
    assert (report.verified is None) == (report.error is not None)
    assert report.error is None or isinstance(report.error, VerificationError)
    json.dumps(_as_json(report), ensure_ascii=False).encode("utf-8")
    _as_text(report).encode("utf-8")
    assert time.process_time() - start < LIMIT
    return report


def signed(header, payload, key):
    """A token over these bytes, whatever they are."""
    over = f"{jws.encode(header)}.{jws.encode(payload)}".encode()
    if isinstance(key, Ed25519PrivateKey):
        return over + b"." + jws.encode(key.sign(over)).encode()
    r, s = decode_dss_signature(key.sign(over, jws._SIGNING))
    return over + b"." + jws.encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).encode()


@cache
def parts():
    """An SD-JWT VC in parts: header, payload, what its disclosures say."""
    known = world()
    claims = known.claims(
        exp=int(NOW.timestamp()) + 9999, cnf=key_binding.holder_key(known.holder.public_key()),
        status={"status_list": {"idx": PLACE, "uri": URI}}, place={"town": "Turku", "lanes": ["a", "b"]},
    )  # fmt: skip
    hidden = {("sub",), ("given_name",), ("family_name",), ("place",), ("place", "town"), ("place", "lanes", 1)}
    payload, disclosures = sdjwt.conceal(claims, frozenset(hidden), salts())
    header = {"alg": "ES256", "typ": sdjwt.TYP, **known.key.header}
    return header, {**payload, "_sd_alg": "sha-256"}, [json.loads(jws.decode(one, "")) for one in disclosures]


@cache
def token_status(state=Standing.VALID):
    listed = replace(open_list(URI, _first), decoys={})
    edition = Edition(at=NOW.replace(hour=11), until=NOW.replace(hour=23), ttl=NOW - NOW.replace(hour=6))
    return token_view(listed, {PLACE: state}, edition, world().key)


@cache
def bit_status():
    listed = replace(open_list(URI, _first), decoys={})
    edition = Edition(at=NOW.replace(hour=11), until=NOW.replace(hour=23), ttl=NOW - NOW.replace(hour=6))
    return {
        f"{URI}/{purpose}": bitstring_view(listed, {}, purpose, edition, SCHOOL, world().key)
        for purpose in ("revocation", "suspension")
    }


def _first(below):
    return _first.next.__next__() % below


_first.next = iter(range(10**9))


@st.composite
def sd_jwts(draw):
    """An SD-JWT VC whose parts were changed before they were signed, perhaps with a key binding."""
    header, payload, disclosures = parts()
    said = [draw(mutated(one, most=1)) if draw(st.booleans()) else one for one in disclosures]
    texts = [jws.encode(draw(written(one))) for one in said]
    way = draw(st.integers(0, 5))
    if way == 0:  # what was disclosed belongs to what is signed, whatever it is
        payload = {**payload, "_sd": [sdjwt.digest(one, "sha-256") for one in texts]}
    if way == 1 and texts:  # swapped, left out, given twice
        texts = draw(st.lists(st.sampled_from(texts), max_size=8))
    head = draw(written(draw(mutated(header, most=2)))) if draw(st.booleans()) else json.dumps(header).encode()
    token = signed(head, draw(written(draw(mutated(payload)))), world().key.private).decode()
    presented = "~".join((token, *texts, ""))
    if draw(st.booleans()):
        claims = {"iat": int(NOW.timestamp()), "aud": "https://erik.example", "nonce": "n",
                  "sd_hash": jws.encode(sha256(presented.encode()).digest())}  # fmt: skip
        head = draw(written(draw(mutated({"alg": "ES256", "typ": "kb+jwt"}, most=1))))
        presented += signed(head, draw(written(draw(mutated(claims)))), world().holder).decode()
    return presented.encode()


def w3c():
    return {
        "@context": [CREDENTIALS], "id": "urn:uuid:1", "type": ["VerifiableCredential", "https://ecvet.example/#Unit"],
        "issuer": {"id": SCHOOL, "name": "The Ministry"}, "validFrom": "2026-05-04T09:00:00Z",
        "validUntil": "2027-05-04T09:00:00.5+03:00", "credentialSubject": {"id": "did:example:alba", "points": 35},
        "credentialStatus": bitstring_claim(URI, PLACE), "evidence": [{"type": "Evidence"}],
        "credentialSchema": {"id": "urn:x:1", "type": "JsonSchema"},
    }  # fmt: skip


@st.composite
def vc_jwts(draw):
    header = {"alg": "Ed25519", "typ": vc_jwt.TYP, "cty": "vc", "kid": NAME}
    claims = {
        **w3c(),
        "iat": int(ISSUED.timestamp()),
        "exp": int(NOW.timestamp()) + 999,
        "iss": SCHOOL,
        "jti": "urn:uuid:1",
    }
    head = draw(written(draw(mutated(header, most=1)))) if draw(st.booleans()) else json.dumps(header).encode()
    return signed(head, draw(written(draw(mutated(claims)))), KEY)


@st.composite
def proofs(draw, suite):
    """JSON with a proof that fits where its bytes can be made at all."""
    document = draw(mutated(w3c() if suite == data_integrity.JCS else statements()))
    options = {"type": "DataIntegrityProof", "cryptosuite": suite, "created": "2026-05-04T09:00:00Z",
               "verificationMethod": NAME, "proofPurpose": "assertionMethod"}  # fmt: skip
    options = draw(mutated(options, most=1)) if draw(st.booleans()) else options
    said = document if isinstance(document, dict) else {"x": document}
    proof = options if isinstance(options, dict) else {"x": options}
    try:
        signature = KEY.sign(data_integrity.signed_bytes(suite, proof, said))
    except (VerificationError, UnicodeEncodeError):
        signature = bytes(64)
    value = draw(odd) if draw(st.integers(0, 9)) == 0 else "z" + multikey.base58(signature)
    return draw(written({**said, "proof": {**proof, "proofValue": value}}))


def statements():
    said = {**badge(), "issuer": {**badge()["issuer"], "id": SCHOOL}}
    said.pop("credentialStatus", None)
    return said


@cache
def seal_parts():
    """A sealed credential in parts: its text, and its header."""
    known = issue_sealed(world().draft, make_sealing().ec_seal, id="urn:credential:1", at=ISSUED)
    known = jades.add_stamp(known, "sigTst", make_sealing().stamps(ISSUED))
    said = json.loads(known)
    return json.loads(said["payload"]), json.loads(jws.decode(said["signatures"][0]["protected"], "")), said


@st.composite
def seals(draw):
    body, header, whole = seal_parts()
    text = draw(written(draw(mutated(body)))).decode("utf-8", "replace")
    head = jws.encode(draw(written(draw(mutated(header, most=2)))) if draw(st.booleans()) else jws.dump(header))
    over = head.encode() + b"." + text.encode()
    one = {"protected": head, "signature": jws.encode(make_sealing().ec_seal.sign(over)), "header": {"etsiU": []}}
    if draw(st.integers(0, 3)) == 0:
        one["header"] = draw(mutated(whole["signatures"][0]["header"], most=2))
    said = {"payload": text, "signatures": [one]}
    return draw(written(draw(mutated(said, most=1)) if draw(st.integers(0, 4)) == 0 else said))


@given(sd_jwts(), st.sampled_from(POLICIES), st.booleans())
def test_27_an_sd_jwt_changed_before_it_was_signed(data, policy, at_hand):
    look(data, policy, {URI: token_status()} if at_hand else {})


@given(vc_jwts(), st.booleans())
def test_27_a_w3c_token_changed_before_it_was_signed(data, at_hand):
    look(data, Genuine(), bit_status() if at_hand else {})


@given(proofs(data_integrity.JCS))
def test_27_json_with_a_proof_changed_before_it_was_signed(data):
    look(data, Genuine(), bit_status())


@given(proofs(data_integrity.RDFC))
def test_27_statements_changed_before_they_were_signed(data):
    look(data, Genuine())


@given(seals())
def test_27_a_european_credential_changed_before_it_was_sealed(data):
    look(data, Genuine())


@cache
def whole():
    """A credential of every form, as it was issued, and in everything that carries one."""
    header, payload, disclosures = parts()
    token = signed(jws.dump(header), jws.dump(payload), world().key.private).decode()
    plain_one = world().issue(holder=world().holder.public_key())
    bound = key_binding.bind(plain_one, world().holder, audience="https://erik.example", nonce="n", at=NOW)
    rsa = issue_sealed(world().draft, make_sealing().seal, id="urn:credential:1", at=ISSUED)
    stamped = jades.add_stamp(
        jades.add_stamp(rsa, "sigTst", make_sealing().stamps(ISSUED)), "arcTst", make_sealing().stamps(NOW)
    )
    proved = [
        json.dumps(data_integrity.issue(said, KEY, method=NAME, created=ISSUED, suite=suite)).encode()
        for said, suite in ((w3c(), data_integrity.JCS), (statements(), data_integrity.RDFC))
    ]
    jwt = signed(
        json.dumps({"alg": "Ed25519", "typ": vc_jwt.TYP, "kid": NAME}).encode(), json.dumps(w3c()).encode(), KEY
    )
    head = b'<?xml version="1.0" encoding="utf-8"?>'
    return {
        "sd-jwt": "~".join((token, *(jws.encode(jws.dump(one)) for one in disclosures), "")).encode(),
        "bound": bound, "token": jwt, "jcs": proved[0], "rdfc": proved[1], "sealed": stamped,
        "pdf": pdf(("credential.sd-jwt", plain_one)), "png": png(plain_one),
        "svg": svg(b"<openbadges:credential><![CDATA[" + proved[0] + b"]]></openbadges:credential>"),
        "svg with a name": svg(b'<openbadges:credential verify="' + plain_one + b'"/>', head),
    }  # fmt: skip


FORMS = ("sd-jwt", "bound", "token", "jcs", "rdfc", "sealed", "pdf", "png", "svg", "svg with a name")


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
def test_27_bytes_damaged_on_their_way(form, data):
    assert look(whole()[form], Genuine()).verified is not None or form == "sd-jwt"
    look(data.draw(damaged(whole()[form])), data.draw(st.sampled_from(POLICIES)))


@given(st.data())
def test_27_a_certificate_damaged_before_it_was_signed(data):
    """Whoever makes certificates of his own chooses every byte of them."""
    header, payload, _ = parts()
    known = world().key.chain[0].public_bytes(Encoding.DER)
    chain = [base64.b64encode(data.draw(damaged(known))).decode(), *header["x5c"][: data.draw(st.integers(0, 1))]]
    token = signed(jws.dump({**header, "x5c": chain}), jws.dump(payload), world().key.private)
    look(token + b"~", Genuine())
    body, head, _ = seal_parts()
    sealer = data.draw(damaged(make_sealing().ec_seal.chain[0].public_bytes(Encoding.DER)))
    head = {**head, "x5c": [base64.b64encode(sealer).decode()], "x5t#S256": jws.encode(sha256(sealer).digest())}
    text, protected = jws.dump(body), jws.encode(jws.dump(head))
    one = {
        "protected": protected,
        "signature": jws.encode(make_sealing().ec_seal.sign(protected.encode() + b"." + text)),
    }
    look(jws.dump({"payload": text.decode(), "signatures": [one]}), Genuine())


@given(st.data())
def test_27_a_time_stamp_damaged(data):
    *_, said = seal_parts()
    over = jws.encode(jws.decode(said["signatures"][0]["signature"], "")).encode()
    token = data.draw(damaged(_stamp(over)))
    inside = data.draw(mutated({"sigTst": {"tstTokens": [{"val": base64.b64encode(token).decode()}]}}, most=1))
    property_ = jws.encode(data.draw(written(inside)))
    one = {**said["signatures"][0], "header": {"etsiU": [property_]}}
    look(jws.dump({**said, "signatures": [one]}), Genuine())


@cache
def _stamp(over):
    from core.credential.sealing import rsa_key

    return stamp(over, make_sealing().clock, rsa_key("clock"), ISSUED)


@given(st.data())
def test_27_a_status_list_changed_before_it_was_signed(data):
    packed = jws.encode(compress(pack({}, 8192, 2, Order.LEAST_SIGNIFICANT_FIRST), Wrapper.ZLIB))
    since = int(NOW.timestamp()) - 60
    claims = {"sub": URI, "iat": since, "exp": since + 600, "ttl": 600, "status_list": {"bits": 2, "lst": packed}}
    header = {"alg": "ES256", "typ": "statuslist+jwt", **world().key.header}
    head = data.draw(written(data.draw(mutated(header, most=1))))
    listed = signed(head, data.draw(written(data.draw(mutated(claims)))), world().key.private)
    for one in (listed, data.draw(damaged(token_status()))):
        look(whole()["sd-jwt"], EVERYDAY, {URI: one})
        addressed(one)


@given(st.data())
def test_27_a_bitstring_changed_before_it_was_signed(data):
    name, kept = next(iter(bit_status().items()))
    claims = json.loads(jws.decode(kept.decode().split(".")[1], ""))
    header = jws.dump({"alg": "ES256", "typ": vc_jwt.TYP, **world().key.header})
    listed = signed(header, data.draw(written(data.draw(mutated(claims)))), world().key.private)
    for one in (listed, data.draw(damaged(kept))):
        look(whole()["token"], EVERYDAY, {**bit_status(), name: one})
        addressed(one)


def addressed(listed):
    """A file that is given as a status list."""
    with suppress(StatusListUnusable):
        by_address([listed])


@cache
def proof():
    return make_proof(world())


@given(st.data())
def test_27_records_that_were_made_up_and_a_credential_that_names_them(data):
    """The address of a record is the hash of its bytes; who makes up both makes them fit."""
    claims, bundle = proof()
    claims = data.draw(mutated(claims, most=1))
    records = dict(bundle.records)
    for place, one in enumerate(bundle.records.values()):
        try:
            made = from_bytes(canonical(data.draw(mutated(json.loads(to_bytes(one)), most=1))))
        except EcvetError:
            continue
        records[made.address] = made
        with suppress(TypeError, KeyError, IndexError):
            claims["chain"][place]["address"] = str(made.address)
    assume(isinstance(claims, dict))
    with suppress(ChainBroken, ClaimsDoNotFit):
        walk(claims, Bundle(records, bundle.signatures, bundle.keys))


@given(st.data())
def test_27_a_file_with_records_that_was_made_up(tmp_path_factory, data):
    claims, bundle = proof()
    said = {
        "records": [json.loads(to_bytes(one)) for one in bundle.records.values()],
        "signatures": [plain(one) for one in bundle.signatures],
    }
    folder = tmp_path_factory.getbasetemp()
    (folder / "bundle").write_bytes(data.draw(written(data.draw(mutated(said)))))
    with suppress(ChainBroken, ClaimsDoNotFit, BundleUnreadable):
        walked(claims, Identifier(str(claims["iss"])), read_bundle(folder / "bundle", folder))


@given(st.data())
def test_27_a_presentation_that_was_made_up(data):
    answer = {"vp_token": {"unit": [whole()["bound"].decode()]}, "state": "s"}
    with suppress(WalletRefusal):
        presentation.answer(data.draw(written(data.draw(mutated(answer)))))
    shown = {"@context": [CREDENTIALS], "type": ["VerifiablePresentation"], "verifiableCredential": [w3c()]}
    shown = data.draw(mutated({**shown, "holder": "did:example:alba"}))
    assume(isinstance(shown, dict))
    with suppress(VerificationError):
        vcdm.check_presentation(shown)
