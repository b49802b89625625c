"""Status lists as others see them: both editions of one list, and everything that can be wrong with them."""

import gzip
import json
import tracemalloc
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from core.credential.cast import END, ISSUED, NOW, SCHOOL, START, chance
from ecvet.credential import keys
from ecvet.credential.errors import BeyondLimits, Revoked, StatusListUnusable, Step, Suspended
from ecvet.credential.formats import (
    bitstring_status_list,
    data_integrity,
    jws,
    status_bits,
    token_status_list,
    vc_jwt,
    vcdm,
)
from ecvet.credential.formats.status_bits import Bits, Order, Wrapper, compress, decompress, pack
from ecvet.credential.formats.token_status_list import Reference
from ecvet.credential.formats.vocabularies import CREDENTIALS
from ecvet.credential.policy import EVERYDAY, Genuine, Outcome
from ecvet.credential.status.allocation import open_list
from ecvet.credential.status.check import by_address
from ecvet.credential.status.editions import Edition, bitstring_claim, bitstring_uri, bitstring_view, token_view
from ecvet.credential.status.found import Unreachable
from ecvet.credential.status.keeping import LONGEST, SHORTEST, fetch_again
from ecvet.credential.status.standing import Standing
from ecvet.credential.trust import Method
from ecvet.credential.verify import examine
from ecvet.terms import Country, Identifier

URI = "https://koulu.example/status/1"
PLACE = 94567
EDITION = Edition(at=NOW - timedelta(hours=1), until=NOW + timedelta(days=1), ttl=timedelta(hours=12))


@pytest.fixture(scope="module")
def listed():
    found = open_list(URI, chance(5))
    return replace(found, decoys={place: one for place, one in found.decoys.items() if place not in (PLACE, 0)})


def outcome(report, step=Step.STATUS):
    return {one.step: one.outcome for one in report.steps}[step]


def token_list(world, listed, state=Standing.VALID, edition=EDITION, key=None):
    return token_view(listed, {PLACE: state}, edition, key or world.key)


def w3c(world, **changed):
    said = {
        "@context": [CREDENTIALS],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential"],
        "issuer": SCHOOL,
        "validFrom": "2026-05-04T09:00:00Z",
        "credentialSubject": {"id": "did:example:alba"},
        "credentialStatus": bitstring_claim(URI, PLACE),
        **changed,
    }
    return jws.serialise({"typ": vc_jwt.TYP, **world.key.header}, said, world.key.private).encode()


def bitstrings(world, listed, state, edition=EDITION, key=None):
    return {
        bitstring_uri(URI, purpose): bitstring_view(listed, {PLACE: state}, purpose, edition, SCHOOL, key or world.key)
        for purpose in ("revocation", "suspension")
    }


def both(world, listed, state, **more):
    """The same standing in both editions, each with a credential that refers to it."""
    token = {URI: token_list(world, listed, state, **more)}
    return (world.issue(status=Reference(URI, PLACE)), token), (w3c(world), bitstrings(world, listed, state, **more))


def check(world, data, lists, policy=EVERYDAY, at=NOW):
    return examine(data, world.trust, policy, at, lists=lists)


def test_a_valid_credential_is_verified_with_either_edition_of_its_list(world, listed):
    for data, lists in both(world, listed, Standing.VALID):
        report = check(world, data, lists)
        assert report.verified, report.error
        assert outcome(report) is Outcome.PASS


@pytest.mark.parametrize(("state", "error"), [(Standing.REVOKED, Revoked), (Standing.SUSPENDED, Suspended)])
def test_a_revoked_or_suspended_credential_fails_by_its_own_code_even_if_no_policy_asks(world, listed, state, error):
    for data, lists in both(world, listed, state):
        report = check(world, data, lists, Genuine())
        assert type(report.error) is error
        assert outcome(report) is Outcome.FAIL


def test_18_without_the_list_the_status_is_unknown_and_refused_unless_accepted(world, listed):
    for data, _ in both(world, listed, Standing.VALID):
        assert check(world, data, {}).error.code == "credential.status.unknown"
        assert outcome(check(world, data, {}, Genuine())) is Outcome.UNKNOWN


def test_18_a_list_that_could_not_be_reached_is_a_fact_of_its_own(world, listed):
    for data, lists in both(world, listed, Standing.REVOKED):
        silent = dict.fromkeys(lists, Unreachable("the address did not answer in time"))
        report = check(world, data, silent)
        assert report.error.code == "credential.status.unreachable"
        assert report.error.step is Step.STATUS
        assert "did not answer in time" in str(report.error)
        assert "as a file" in report.error.what_to_do
        assert outcome(report) is Outcome.FAIL
        accepted = check(world, data, silent, Genuine())
        assert outcome(accepted) is Outcome.UNKNOWN
        assert accepted.verified


def test_18_one_of_two_lists_that_could_not_be_reached_hides_no_revocation(world, listed):
    silent = {bitstring_uri(URI, "suspension"): Unreachable("there was no such host")}
    good = {**bitstrings(world, listed, Standing.VALID), **silent}
    assert check(world, w3c(world), good).error.code == "credential.status.unreachable"
    bad = {**bitstrings(world, listed, Standing.REVOKED), **silent}
    assert type(check(world, w3c(world), bad, Genuine()).error) is Revoked


def test_17_what_is_out_of_date_is_a_fact_of_its_own(world, listed):
    past = Edition(at=EDITION.at - timedelta(days=3), until=EDITION.until - timedelta(days=3), ttl=EDITION.ttl)
    for data, lists in both(world, listed, Standing.VALID, edition=past):
        assert check(world, data, lists).error.code == "credential.status.outdated"


def test_a_copy_is_kept_as_long_as_the_list_says_within_bounds(world, listed):
    def editions(ttl, left):
        edition = Edition(at=NOW, until=NOW + left, ttl=ttl)
        return token_list(world, listed, edition=edition), *bitstrings(world, listed, Standing.VALID, edition).values()

    hour = timedelta(hours=1)
    for ttl, left, kept in (
        (2 * hour, 9 * hour, 2 * hour), (9 * hour, 2 * hour, 2 * hour), (99 * hour, 99 * hour, LONGEST),
        (timedelta(seconds=1), hour, SHORTEST), (hour, timedelta(seconds=1), SHORTEST),
    ):  # fmt: skip
        for data in editions(ttl, left):
            assert fetch_again(data, NOW) == NOW + kept
    assert fetch_again(b"no list", NOW) == NOW + SHORTEST
    assert fetch_again(b'{"credentialSubject": {"ttl": true}}', NOW) == NOW + LONGEST


def test_18_one_of_two_lists_is_not_enough(world, listed):
    lists = bitstrings(world, listed, Standing.VALID)
    del lists[bitstring_uri(URI, "suspension")]
    assert outcome(check(world, w3c(world), lists, Genuine())) is Outcome.UNKNOWN


@pytest.mark.parametrize("days", [-3, 3])
def test_17_a_list_that_is_not_in_force_says_nothing(world, listed, days):
    shifted = Edition(at=EDITION.at + timedelta(days=days), until=EDITION.until + timedelta(days=days), ttl=EDITION.ttl)
    for data, lists in both(world, listed, Standing.REVOKED, edition=shifted):
        assert outcome(check(world, data, lists, Genuine())) is Outcome.UNKNOWN


def test_17_a_list_without_an_end_counts_as_long_as_it_may_be_kept(world, listed):
    data = world.issue(status=Reference(URI, PLACE))
    payload = jws.parse(token_list(world, listed).decode(), "").payload
    for changed, age, found in (
        ({"exp": None}, timedelta(hours=10), Outcome.PASS),
        ({"exp": None}, timedelta(hours=12), Outcome.UNKNOWN),
        ({"exp": None, "ttl": None}, timedelta(days=900), Outcome.PASS),
    ):
        said = {name: one for name, one in {**payload, **changed}.items() if one is not None}
        signed = jws.serialise({"typ": token_status_list.TYP, **world.key.header}, said, world.key.private).encode()
        assert outcome(check(world, data, {URI: signed}, Genuine(), NOW + age)) is found, changed


def test_17_the_list_may_be_signed_with_another_key_of_the_same_issuer_only(world, listed):
    data, other = world.issue(status=Reference(URI, PLACE)), keys.private_key(b"second" * 8)
    for name, accepted in ((SCHOOL, True), (Identifier("https://other.example"), False)):
        certificate = keys.certify(
            world.authority, name, "Koulu", Country("FI"), other.public_key(), serial=21, start=START, end=END
        )
        key = keys.IssuerKey(kid="k2", private=other, chain=(certificate,))
        report = check(world, data, {URI: token_list(world, listed, key=key)})
        assert bool(report.verified) is accepted
        assert accepted or type(report.error) is StatusListUnusable
        report = check(world, w3c(world), bitstrings(world, listed, Standing.VALID, key=key))
        assert bool(report.verified) is accepted


def resigned(world, data, **changed):
    token = jws.parse(data.decode(), "")
    return jws.serialise({"typ": token_status_list.TYP, **world.key.header}, {**token.payload, **changed},
                         world.key.private).encode()  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {"sub": "https://koulu.example/status/2"},
        {"sub": None},
        {"status_list": None},
        {"status_list": {"bits": 3, "lst": "eNpjAAAAAQAB"}},
        {"status_list": {"bits": True, "lst": "eNpjAAAAAQAB"}},
        {"status_list": {"bits": 1, "lst": 7}},
        {"status_list": {"bits": 1, "lst": "eNpj"}},
        {"status_list": {"bits": 1, "lst": "!"}},
        {"status_list": {"bits": 1, "lst": "AAAA"}},
        {"ttl": -1},
        {"ttl": "1"},
        {"iat": "now"},
    ],
)
def test_17_a_token_list_that_is_signed_but_not_usable_is_a_failure(world, listed, changed):
    data = world.issue(status=Reference(URI, PLACE))
    report = check(world, data, {URI: resigned(world, token_list(world, listed), **changed)}, Genuine())
    assert type(report.error) is StatusListUnusable


def test_05_and_17_a_forged_list_or_another_kind_of_token_is_a_failure(world, listed):
    data, good = world.issue(status=Reference(URI, PLACE)), token_list(world, listed)
    stranger = keys.IssuerKey(kid="x", private=world.key.private, chain=world.key.chain)
    forged = jws.serialise(
        {"typ": token_status_list.TYP, **stranger.header}, jws.parse(good.decode(), "").payload, world.stranger
    ).encode()
    bitstring = bitstring_view(listed, {}, "revocation", EDITION, SCHOOL, world.key)
    for bad in (forged, bitstring, world.issue(), b"", b"\xff", b"a.b.c", good[:-4] + b"AAAA"):
        assert type(check(world, data, {URI: bad}, Genuine()).error) is StatusListUnusable


@pytest.mark.parametrize(
    "reference",
    [{"idx": -1, "uri": URI}, {"idx": "4", "uri": URI}, {"idx": True, "uri": URI}, {"idx": 1.0, "uri": URI},
     {"idx": 1 << 40, "uri": URI}, {"idx": 131_072, "uri": URI}, {"idx": 1, "uri": 5}, {"idx": 1}, [], "x"],
)  # fmt: skip
def test_15_a_place_outside_the_list_is_an_error_and_never_valid(world, listed, reference):
    data = world.signed(world.claims(status={"status_list": reference}))
    report = check(world, data, {URI: token_list(world, listed)}, Genuine())
    assert type(report.error) is StatusListUnusable


@pytest.mark.parametrize("index", ["-1", "131072", "x", "", "1.0", "٣", 5, None, "9" * 40])
def test_15_a_place_outside_the_bitstring_is_an_error_and_never_valid(world, listed, index):
    entry = {**bitstring_claim(URI, PLACE)[0], "statusListIndex": index}
    report = check(world, w3c(world, credentialStatus=entry), bitstrings(world, listed, Standing.VALID), Genuine())
    assert type(report.error) is StatusListUnusable


def secured(world, credential):
    return jws.serialise({"typ": vc_jwt.TYP, **world.key.header}, credential, world.key.private).encode()


@pytest.mark.parametrize(
    "subject",
    [
        {"statusPurpose": "suspension"},
        {"type": "StatusList2021"},
        {"encodedList": "u" + jws.encode(gzip.compress(bytes(16_383), mtime=0))},
        {"encodedList": jws.encode(gzip.compress(bytes(16_384), mtime=0))},
        {"encodedList": "u!"},
        {"encodedList": "uAAAA"},
        {"ttl": "x"},
    ],
)
def test_16_a_short_list_or_one_for_another_purpose_is_refused(world, listed, subject):
    uri = bitstring_uri(URI, "revocation")
    token = jws.parse(bitstrings(world, listed, Standing.VALID)[uri].decode(), "")
    payload = {**token.payload, "credentialSubject": {**token.payload["credentialSubject"], **subject}}
    entry = bitstring_claim(URI, PLACE)[0]
    report = check(world, w3c(world, credentialStatus=entry), {uri: secured(world, payload)}, Genuine())
    assert type(report.error) is StatusListUnusable


@pytest.mark.parametrize("changed", [{"id": "https://koulu.example/status/9"}, {"type": ["VerifiableCredential"]}])
def test_17_a_bitstring_of_another_address_or_kind_is_refused(world, listed, changed):
    uri = bitstring_uri(URI, "revocation")
    payload = {**jws.parse(bitstrings(world, listed, Standing.VALID)[uri].decode(), "").payload, **changed}
    entry = bitstring_claim(URI, PLACE)[0]
    report = check(world, w3c(world, credentialStatus=entry), {uri: secured(world, payload)}, Genuine())
    assert type(report.error) is StatusListUnusable


def test_a_status_of_another_kind_is_unknown_and_a_purpose_that_only_informs_says_nothing(world, listed):
    message = {**bitstring_claim(URI, PLACE)[0], "statusPurpose": "refresh"}
    for entry, found in (
        ({"type": "StatusList2021Entry"}, Outcome.UNKNOWN),
        ({**message, "statusSize": 2}, Outcome.UNKNOWN),
        (message, Outcome.PASS),
    ):
        report = check(world, w3c(world, credentialStatus=entry), {}, Genuine())
        assert outcome(report) is found, entry
    for status in ({"other": 1}, None, []):
        data = world.signed(world.claims(status=status))
        assert outcome(check(world, data, {}, Genuine())) is Outcome.UNKNOWN


def test_a_status_value_without_a_published_meaning_is_unknown(world, listed):
    values = pack({PLACE: 3}, 131_072, 2, Order.LEAST_SIGNIFICANT_FIRST)
    payload = {"bits": 2, "lst": jws.encode(compress(values, Wrapper.ZLIB))}
    bad = resigned(world, token_list(world, listed), status_list=payload)
    report = check(world, world.issue(status=Reference(URI, PLACE)), {URI: bad}, Genuine())
    assert outcome(report) is Outcome.UNKNOWN


def test_lists_are_found_by_the_address_that_they_name(world, listed):
    token, bits = token_list(world, listed), bitstrings(world, listed, Standing.VALID)
    assert by_address([token, *bits.values()]) == {URI: token, **bits}
    assert by_address([b'{"id":"urn:x"}']) == {"urn:x": b'{"id":"urn:x"}'}
    for bad in (b"", b"{}", b"{", b"\xff.a.b", b"a.b"):
        with pytest.raises(StatusListUnusable):
            by_address([bad])


def test_19_a_list_shows_decoys_among_the_credentials_in_both_editions(world, listed):
    claims = jws.parse(token_list(world, listed, Standing.REVOKED).decode(), "").payload
    bits = token_status_list.read(claims, URI).bits
    marked = [place for place in range(len(bits)) if bits.at(place)]
    assert PLACE in marked
    assert len(marked) > 400
    uri = bitstring_uri(URI, "revocation")
    payload = jws.parse(bitstrings(world, listed, Standing.REVOKED)[uri].decode(), "").payload
    found = bitstring_status_list.read(vcdm.check_form(payload), uri, "revocation").bits
    assert [place for place in range(len(found)) if found.at(place)] == [p for p in marked if bits.at(p) == 1]


# ------------------------------------------------------------------ bits


@given(st.sampled_from(status_bits.WIDTHS), st.sampled_from(Order), st.data())
def test_statuses_are_read_as_they_were_packed(width, order, data):
    given_ = data.draw(st.dictionaries(st.integers(0, 63), st.integers(0, 2**width - 1)))
    bits = pack(given_, 64, width, order)
    assert len(bits) == 64
    assert {place: bits.at(place) for place in range(64)} == {place: given_.get(place, 0) for place in range(64)}


def test_20_bitstrings_begin_with_the_most_significant_bit_and_token_lists_with_the_least():
    assert pack({0: 1}, 16, 1, Order.MOST_SIGNIFICANT_FIRST).data == b"\x80\x00"
    assert pack({0: 1}, 16, 1, Order.LEAST_SIGNIFICANT_FIRST).data == b"\x01\x00"
    # The example of the draft of Token Status List, section 4: 16 statuses of one bit.
    ones = {place: int(bit) for place, bit in enumerate("1001110111000101"[::1])}
    assert pack(ones, 16, 1, Order.LEAST_SIGNIFICANT_FIRST).data == b"\xb9\xa3"


@pytest.mark.parametrize(
    ("statuses", "size", "width"), [({}, 8, 3), ({}, 7, 1), ({}, 0, 1), ({8: 1}, 8, 1), ({-1: 1}, 8, 1), ({1: 2}, 8, 1)]
)
def test_what_does_not_fit_is_not_packed(statuses, size, width):
    with pytest.raises(ValueError, match=r"a list has|does not fit"):
        pack(statuses, size, width, Order.LEAST_SIGNIFICANT_FIRST)


@given(st.binary(max_size=400), st.sampled_from(Wrapper))
def test_a_list_is_decompressed_as_it_was_and_compressed_the_same_every_time(data, wrapper):
    bits = Bits(data, 1, Order.LEAST_SIGNIFICANT_FIRST)
    assert decompress(compress(bits, wrapper), wrapper) == data
    assert compress(bits, wrapper) == compress(bits, wrapper)


@pytest.mark.parametrize("wrapper", Wrapper)
def test_14_a_bomb_costs_no_more_than_a_list(wrapper):
    packer = zlib.compressobj(9, wbits=wrapper.value)
    block = bytes(1024 * 1024)
    bomb = b"".join(packer.compress(block) for _ in range(512)) + packer.flush()
    tracemalloc.start()
    with pytest.raises(BeyondLimits, match="grows beyond"):
        decompress(bomb, wrapper)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * status_bits.MAX_LIST
    with pytest.raises(BeyondLimits, match="more than"):
        decompress(bytes(status_bits.MAX_COMPRESSED + 1), wrapper)


def test_14_a_bomb_in_a_signed_list_is_a_failure_of_the_status(world, listed):
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(8)) + packer.flush()
    bad = resigned(world, token_list(world, listed), status_list={"bits": 1, "lst": jws.encode(bomb)})
    report = check(world, world.issue(status=Reference(URI, PLACE)), {URI: bad}, Genuine())
    assert type(report.error) is StatusListUnusable
    huge = b"a." + b"A" * token_status_list.MAX_BYTES + b".c"
    assert type(check(world, world.issue(status=Reference(URI, PLACE)), {URI: huge}).error) is StatusListUnusable


@pytest.mark.parametrize("wrapper", Wrapper)
def test_14_a_list_that_is_cut_off_or_followed_by_something_is_refused(wrapper):
    good = compress(Bits(b"abc" * 100, 1, Order.LEAST_SIGNIFICANT_FIRST), wrapper)
    for bad in (good[:-1], good + b"x", good + good, b""):
        with pytest.raises(StatusListUnusable):
            decompress(bad, wrapper)


@given(st.binary(max_size=200))
def test_whatever_is_given_as_a_list_is_answered_by_the_one_family_of_errors(world, data):
    report = check(world, world.issue(status=Reference(URI, PLACE)), {URI: data}, Genuine())
    assert report.error.step is Step.STATUS
    report = check(world, w3c(world), {bitstring_uri(URI, "revocation"): data}, Genuine())
    assert report.error.step is Step.STATUS


def test_issued_with_a_place_the_credential_says_where_its_status_stands(world):
    found = check(world, world.issue(status=Reference(URI, PLACE)), {}, Genuine()).verified
    assert found.claims["status"] == {"status_list": {"idx": PLACE, "uri": URI}}
    assert found.issued_at == ISSUED


def test_a_bitstring_may_be_secured_by_a_proof_with_a_key_that_the_trust_knows(world, listed):
    key = Ed25519PrivateKey.from_private_bytes(b"l" * 32)
    method = Method(id=f"{SCHOOL}#lists", controller=SCHOOL, key=key.public_key(), start=START)
    entry = bitstring_claim(URI, PLACE)[0]
    uri = entry["statusListCredential"]
    for state, error in ((Standing.VALID, None), (Standing.REVOKED, Revoked)):
        said = jws.parse(bitstrings(world, listed, state)[uri].decode(), "").payload
        secured_ = json.dumps(data_integrity.issue(said, key, method=method.id, created=EDITION.at)).encode()
        data = w3c(world, credentialStatus=entry)
        report = examine(data, replace(world.trust, methods=(method,)), EVERYDAY, NOW, lists=by_address([secured_]))
        assert type(report.error) is error if error else report.verified
        assert type(check(world, data, {uri: secured_}).error) is StatusListUnusable


def test_a_bitstring_without_beginning_or_with_several_subjects_is_refused(world, listed):
    entry = bitstring_claim(URI, PLACE)[0]
    uri = entry["statusListCredential"]
    good = jws.parse(bitstrings(world, listed, Standing.VALID)[uri].decode(), "").payload
    for changed in ({"credentialSubject": [good["credentialSubject"]] * 2}, {"validFrom": None, "iat": 1780000000}):
        said = {name: one for name, one in {**good, **changed}.items() if one is not None}
        report = check(world, w3c(world, credentialStatus=entry), {uri: secured(world, said)}, Genuine())
        assert type(report.error) is StatusListUnusable
