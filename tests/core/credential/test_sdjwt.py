"""SD-JWT as a format: what goes in comes out; the vectors of the standard are in tests/conformance."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws as oracle
from joserfc.jwk import ECKey

from ecvet.credential import keys
from ecvet.credential.errors import NotACredential, VerificationError
from ecvet.credential.formats import jws, sdjwt, sdjwt_reading

KEY = keys.private_key(b"k" * 48)


def salts():
    counter = itertools.count()
    return lambda: next(counter).to_bytes(16, "big")


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6).filter(
    lambda one: one not in ("_sd", "...", "_sd_alg") and one not in sdjwt.ALWAYS_DISCLOSED
)
leaves = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=8
)
objects = st.dictionaries(names, values, max_size=4)


def paths_in(item, path=()):
    inside = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
    for name, value in inside:
        yield (*path, name)
        yield from paths_in(value, (*path, name))


@given(objects, st.data())
def test_whatever_is_withheld_and_disclosed_comes_back_as_it_was(claims, data):
    possible = list(paths_in(claims))
    hidden = frozenset(data.draw(st.sets(st.sampled_from(possible)))) if possible else frozenset()
    signed = sdjwt.issue(claims, hidden, salts(), KEY, {})
    credential = sdjwt.parse(signed)
    jws.check_header(credential.token, sdjwt.TYP)
    jws.check_signature(credential.token, KEY.public_key())
    revealed = sdjwt.reveal(credential)
    assert revealed.claims == claims
    assert revealed.paths.keys() == hidden


@given(objects, st.data(), st.integers(0, 9))
def test_the_short_way_of_revealing_leads_where_the_general_one_does(claims, data, twisted):
    hidden = frozenset(data.draw(st.sets(st.sampled_from(sorted(claims))))) if claims else frozenset()
    payload, disclosures = sdjwt.conceal(claims, frozenset((name,) for name in hidden), salts())
    if twisted == 0:
        payload = {**payload, "_sd": [*payload.get("_sd", []), *data.draw(st.lists(leaves, max_size=2))]}
    if twisted == 1:
        disclosures = (*disclosures, jws.encode(jws.dump(["c2FsdA", data.draw(names), 1])))
    if twisted == 2 and disclosures:
        payload = {**payload, data.draw(st.sampled_from(sorted(hidden))): 1}
    signed = "~".join((jws.serialise({"typ": sdjwt.TYP}, payload, KEY), *disclosures, ""))
    credential = sdjwt.parse(signed.encode())
    offered = sdjwt_reading._offered(credential)
    short = sdjwt_reading.reveal_flat(credential, offered)
    try:
        general = sdjwt_reading.reveal_nested(credential, offered)
    except VerificationError:
        assert short is None
    else:
        assert short is None or (short.claims, short.paths) == (general.claims, general.paths)
        assert short is None or short.at_top == general.at_top


blanks = st.text(" \t\n\r\0", max_size=2)
written = st.lists(st.text('ab_é"\\', max_size=3) | st.integers() | st.none() | st.booleans(), max_size=4).map(
    lambda one: jws.dump(one).decode()
) | st.sampled_from(['["a","b",-0]', '["a","b",01]', '["a","b",1.5]', '["a","b",""]', '["a","b",1]\n["c","d",2]', ""])
spelled = st.builds(lambda before, one, after: jws.encode((before + one + after).encode()), blanks, written, blanks)


@given(st.lists(spelled, max_size=3), st.sampled_from(["", "A", "B", "=", "!", "g", "kg", "\n"]), st.integers(0, 2))
def test_disclosures_read_together_say_what_each_says_alone(texts, tail, place):
    texts = [one + tail * (number == place) for number, one in enumerate(texts)]
    together = sdjwt_reading.read_together(texts)
    try:
        alone = [sdjwt_reading.read_one(one).content for one in texts]
    except VerificationError:
        assert together is None
    else:
        assert together is None or [name for _, name, _ in alone] == list(together)
        assert together is None or [value for *_, value in alone] == list(together.values())


def test_what_most_disclosures_look_like_is_read_together():
    texts = [jws.encode(f'["c2FsdA", "{"n" * n}", {value}]'.encode()) for n, value in
             enumerate(('"Álvarez"', '""', "7", "true", "null", "-12", '"a b"'), 1)]  # fmt: skip
    assert list((sdjwt_reading.read_together(texts) or {}).values()) == ["Álvarez", "", 7, True, None, -12, "a b"]


def test_what_may_be_withheld_inside_what_may_be_withheld_comes_back_too():
    claims, hidden = {"1": None, "0": {"0": [None]}}, frozenset({("0", "0", 0), ("0",)})
    assert sdjwt.reveal(sdjwt.parse(sdjwt.issue(claims, hidden, salts(), KEY, {}))).claims == claims


@given(objects, st.data())
def test_a_claim_that_is_not_presented_is_not_there_and_nothing_else_changes(claims, data):
    hidden = frozenset((name,) for name in claims)
    keep = frozenset(data.draw(st.sets(st.sampled_from(sorted(hidden))))) if hidden else frozenset()
    shown = sdjwt.present(sdjwt.issue(claims, hidden, salts(), KEY, {}), keep)
    assert sdjwt.reveal(sdjwt.parse(shown)).claims == {name: claims[name] for (name,) in keep}


def test_a_disclosure_inside_another_is_presented_with_what_encloses_it():
    claims = {"place": {"town": "Turku", "street": "Aura"}, "list": ["a", "b"]}
    hidden = frozenset({("place",), ("place", "town"), ("place", "street"), ("list", 0), ("list", 1)})
    data = sdjwt.issue(claims, hidden, salts(), KEY, {})
    shown = sdjwt.present(data, frozenset({("place", "town"), ("list", 1)}))
    assert sdjwt.reveal(sdjwt.parse(shown)).claims == {"place": {"town": "Turku"}, "list": ["b"]}


def test_another_implementation_verifies_what_is_signed_here():
    token = sdjwt.issue({"a": 1}, frozenset(), salts(), KEY, {"kid": "k"}).split(b"~")[0]
    found = oracle.deserialize_compact(token, ECKey.import_key(KEY.public_key()), algorithms=["ES256"])
    assert found.payload == b'{"a":1}'


def test_a_token_signed_by_another_implementation_is_verified_here():
    token = oracle.serialize_compact({"alg": "ES256", "typ": sdjwt.TYP}, b'{"a":1}', ECKey.import_key(KEY))
    credential = sdjwt.parse(token.encode() + b"~")
    jws.check_signature(credential.token, KEY.public_key())
    assert sdjwt.reveal(credential).claims == {"a": 1}


@pytest.mark.parametrize("claims", [{"_sd": []}, {"a": {"...": 1}}, {"_sd_alg": "x"}])
def test_a_name_that_belongs_to_the_format_cannot_be_issued(claims):
    with pytest.raises(ValueError, match="may not be named"):
        sdjwt.conceal(claims, frozenset(), salts())


def test_what_is_to_be_withheld_must_be_there():
    with pytest.raises(ValueError, match="no claim at"):
        sdjwt.conceal({"a": 1}, frozenset({("b",)}), salts())


def test_a_salt_is_long_and_used_once():
    for bad in (lambda: b"short", lambda: b"0" * 16):
        with pytest.raises(ValueError, match="salt"):
            sdjwt.conceal({"a": 1, "b": 2}, frozenset({("a",), ("b",)}), bad)


def test_the_order_of_the_digests_does_not_tell_which_claim_is_which():
    payload, _ = sdjwt.conceal({"a": 1, "b": 2, "c": 3}, frozenset({("a",), ("b",), ("c",)}), salts())
    assert payload["_sd"] == sorted(payload["_sd"])


@pytest.mark.parametrize("data", [b"", b"hello", b"a.b.c", b"a.b~", b"\xff.a.b~", b"{}~"])
def test_bytes_that_are_no_sd_jwt_are_not_read(data):
    with pytest.raises(NotACredential):
        sdjwt.parse(data)


@pytest.mark.parametrize("algorithm", ["sha-256", "sha-384", "sha-512"])
def test_every_digest_of_the_family_is_understood(algorithm):
    text = jws.encode(jws.dump(["c2FsdA", "a", 1]))
    digest = jws.encode(sdjwt.DIGESTS[algorithm](text.encode()).digest())
    token = jws.serialise({"typ": sdjwt.TYP}, {"_sd_alg": algorithm, "_sd": [digest]}, KEY)
    assert sdjwt.reveal(sdjwt.parse(f"{token}~{text}~".encode())).claims == {"a": 1}
