"""Messages of wallets as values: what is read and refused, without platform and network."""

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.credential.cast import ISSUED
from ecvet.credential import keys
from ecvet.credential.formats import jws, sdjwt
from ecvet.credential.formats.key_binding import holder_key
from ecvet.credential.formats.token_status_list import Reference
from ecvet.credential.issue import copy
from ecvet.credential.profiles.types import CertificateType
from ecvet.credential.wallet import issuance, offering, presentation, query, tokens
from ecvet.credential.wallet.errors import (
    GrantInvalid,
    KeyProofInvalid,
    PossessionNotProved,
    PresentationInvalid,
    WalletMessageUnreadable,
    WalletRefusal,
)

KEY, OTHER = keys.private_key(b"w" * 48), keys.private_key(b"o" * 48)
URL = "https://issuer.example/token"


def dpop(header: dict | None = None, key=KEY, **instead) -> str:
    claims = {"jti": "0123456789", "htm": "POST", "htu": URL, "iat": int(ISSUED.timestamp()), **instead}
    return jws.serialise({"typ": tokens.DPOP, **holder_key(KEY.public_key()), **(header or {})}, claims, key)


def test_a_proof_of_possession_names_the_key():
    found = tokens.check_dpop(dpop(), method="POST", url=URL, at=ISSUED)
    assert found.thumbprint == tokens.thumbprint(KEY.public_key())
    assert tokens.check_dpop(dpop(htu=f"{URL}?x=1"), method="POST", url=URL, at=ISSUED)


@pytest.mark.parametrize(
    ("header", "instead"),
    [
        ({"typ": "JWT"}, {}), ({"typ": tokens.PROOF}, {}), ({"alg": "none"}, {}), ({"alg": "HS256"}, {}),
        ({"jwk": {"kty": "oct", "k": "AAAA"}}, {}), ({"jwk": None}, {}), ({"crit": ["x"]}, {}),
        ({"jwk": {**holder_key(KEY.public_key())["jwk"], "d": "AAAA"}}, {}),
        ({"jwk": holder_key(OTHER.public_key())["jwk"]}, {}),
        ({}, {"htm": "GET"}), ({}, {"htu": "https://other.example/token"}), ({}, {"jti": ""}), ({}, {"jti": 1}),
        ({}, {"iat": None}), ({}, {"iat": True}),
    ],
)  # fmt: skip
def test_a_proof_that_proves_nothing_is_refused(header, instead):
    with pytest.raises(PossessionNotProved):
        tokens.check_dpop(dpop(header, **instead), method="POST", url=URL, at=ISSUED)


def test_25_proofs_are_minutes_old_and_clocks_differ_by_a_minute():
    for seconds, fresh in ((-60, True), (-61, False), (360, True), (361, False)):
        at = ISSUED + timedelta(seconds=seconds)
        if fresh:
            tokens.check_dpop(dpop(), method="POST", url=URL, at=at)
        else:
            with pytest.raises(PossessionNotProved):
                tokens.check_dpop(dpop(), method="POST", url=URL, at=at)


def test_05_a_proof_for_a_token_is_none_for_a_credential():
    with pytest.raises(KeyProofInvalid):
        tokens.check_key_proof(dpop(aud=URL, nonce="n"), audience=URL, client="", at=ISSUED)


def test_a_verifier_must_fit_its_challenge():
    # the pair that RFC 7636 prints, appendix B
    verifier, challenge = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    offering.check_verifier(verifier, challenge)
    for wrong in ("", "x" * 43, verifier[:-1], verifier + "=" * 90):
        with pytest.raises(GrantInvalid):
            offering.check_verifier(wrong, challenge)


def test_a_copy_says_the_same_for_another_key_and_with_other_salts(world):
    data = world.issue()
    more = [iter([bytes([n, m]) * 16 for m in range(250)]) for n in (1, 2)]
    one, other = (
        copy(data, world.key, at=ISSUED, salts=lambda salts=salts: next(salts), holder=holder.public_key(),
             status=Reference("https://lists.example/1", place))
        for salts, holder, place in zip(more, (KEY, OTHER), (5, 6), strict=True)
    )  # fmt: skip
    before, after, another = (sdjwt.reveal(sdjwt.parse(text)).claims for text in (data, one, other))
    own = {"cnf", "status", "iat"}
    assert {name: said for name, said in after.items() if name not in own} == {
        name: said for name, said in before.items() if name not in own
    }
    assert after["cnf"] != another["cnf"]
    assert not set(sdjwt.parse(one).token.payload["_sd"]) & set(sdjwt.parse(other).token.payload["_sd"])


def test_an_answer_opens_with_the_key_of_its_question_only():
    said = {"state": "s", "vp_token": {"a": ["b"]}}
    sent = presentation.encrypted(said, KEY.public_key())
    assert presentation.decrypted(sent, KEY).presentations == {"a": ("b",)}
    for key, text in ((OTHER, sent), (KEY, sent[:-2] + "AA"), (KEY, sent.replace(".", "", 1)), (KEY, "")):
        with pytest.raises(PresentationInvalid):
            presentation.decrypted(text, key)


def test_a_question_is_what_it_names_itself(world):
    asked = presentation.Request(
        query=query.query_for((CertificateType.AWARD,), named=False), nonce="n", state="s", answer_to=URL,
        encrypt_for=KEY.public_key(),
    )  # fmt: skip
    text = presentation.signed(asked, world.key)
    seen, certificate = presentation.opened(text)
    assert seen.client == presentation.client_id(certificate)
    payload = {**jws.parse(text, "request").payload, "client_id": "x509_hash:another"}
    changed = jws.serialise({"typ": presentation.TYP, "x5c": world.key.header["x5c"]}, payload, world.key.private)
    with pytest.raises(WalletMessageUnreadable):
        presentation.opened(changed)


def test_two_kinds_are_asked_for_as_alternatives():
    both = query.query_for(tuple(CertificateType), named=True)
    assert query.query(json.dumps(both.claims).encode()) == both
    assert both.sets[0].options == (("recognised_unit",), ("award",))


@pytest.mark.parametrize(
    ("path", "values", "fits"),
    [
        (["a", "b"], [], True), (["a", "c"], [], False), (["l", None, "n"], [2], True), (["l", None, "n"], [3], False),
        (["l", 1, "n"], [], True), (["l", 2], [], False), (["a", 0], [], False), (["l", "n"], [], False),
    ],
)  # fmt: skip
def test_paths_lead_into_claims(path, values, fits):
    asked = query.query(json.dumps({"credentials": [
        {"id": "x", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": path, "values": values}]}
    ]}).encode())  # fmt: skip
    claims = {"a": {"b": 1}, "l": [{"n": 1}, {"n": 2}]}
    assert (query.missing(asked.credentials[0], claims) == ()) is fits


@pytest.mark.parametrize(
    "said",
    [
        {}, {"credentials": []}, {"credentials": [{"id": "a"}]},
        {"credentials": [{"id": "a", "format": "x"}, {"id": "a", "format": "x"}]},
        {"credentials": [{"id": "a", "format": "x", "claims": [{"path": []}]}]},
        {"credentials": [{"id": "a", "format": "x", "claims": [{"path": [True]}]}]},
        {"credentials": [{"id": "a", "format": "x", "claims": [{"path": ["p"]}], "claim_sets": [["q"]]}]},
        {"credentials": [{"id": "a", "format": "x"}], "credential_sets": [{"options": [["b"]]}]},
    ],
)  # fmt: skip
def test_a_query_that_means_nothing_is_refused(said):
    with pytest.raises(WalletMessageUnreadable):
        query.query(json.dumps(said).encode())


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["grants", "credential_issuer", "credential_configuration_ids", "tx_code", "proofs", "jwt", "credentials", "id",
         "format", "claims", "path", "vp_token", "state", "notification_id", "event", "type", "transaction_id",
         "credential_configuration_id", issuance.PRE_AUTHORISED, "pre-authorized_code", "meta", "vct_values"]
    ), inner, max_size=4), max_leaves=12,
)  # fmt: skip


@given(ANYTHING)
def test_27_whatever_is_sent_is_read_or_refused(item):
    data = json.dumps(item).encode()
    for read in (
        issuance.offer, issuance.details, issuance.issuer_metadata, issuance.credential_response, issuance.notification,
        lambda one: issuance.credential_request(one, most=3), query.query, presentation.answer,
        presentation.request_seen,
    ):  # fmt: skip
        with suppress(WalletRefusal):
            read(data)
