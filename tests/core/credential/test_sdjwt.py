"""SD-JWT as a format: what goes in comes out, and the vectors of the standard are read as the standard says."""

import itertools
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws as oracle
from joserfc.jwk import ECKey

from ecvet.credential import keys
from ecvet.credential.errors import NotACredential
from ecvet.credential.formats import jws, key_binding, sdjwt

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


# ------------------------------------------------------------------ vectors of the standard and of its libraries


@pytest.mark.corpus
def test_the_personal_identification_of_rfc_9901_is_verified_and_revealed(corpus):
    folder = corpus / "credentials" / "sd-jwt-vc"
    credential = sdjwt.parse((folder / "rfc9901-a3-sd-jwt-vc.txt").read_bytes().strip())
    jwk = json.loads((folder / "rfc9901-a5-issuer-key.json").read_text())
    jws.check_header(credential.token, "dc+sd-jwt")
    jws.check_signature(credential.token, key_binding._public({"jwk": jwk}))
    claims = sdjwt.reveal(credential).claims
    assert claims["address"]["locality"] == "Köln"
    assert claims["age_equal_or_over"] == {"12": True, "14": True, "16": True, "18": True, "21": True, "65": False}
    assert "_sd" not in str(claims)


def frame_paths(frame, claims, path=()):
    """The paths that a disclosure frame of sd-jwt-js hides; nested frames apply to what they enclose."""
    for name, inner in frame.items():
        if name == "_sd":
            yield from ((*path, one) for one in inner)
        elif name != "_sd_decoy":
            key = int(name) if isinstance(claims, list) else name
            yield from frame_paths(inner, claims[key], (*path, key))


def presented_paths(frame, claims, path=()):
    for name, inner in frame.items():
        key = int(name) if isinstance(claims, list) else name
        yield (*path, key)
        if isinstance(inner, dict):
            yield from presented_paths(inner, claims[key], (*path, key))


@pytest.mark.corpus
@pytest.mark.parametrize(
    "name",
    ["array_data_types", "array_full_sd", "array_in_sd", "array_nested_in_plain", "array_none_disclosed",
     "array_of_nulls", "array_of_objects", "array_of_scalars", "json_serialization", "key_binding", "no_sd"],
)  # fmt: skip
def test_the_cases_of_sd_jwt_js_are_presented_as_expected(corpus, name):
    case = json.loads((corpus / "credentials" / "sd-jwt" / f"{name}.json").read_text())
    claims = case["claims"]
    hidden = frozenset(frame_paths(case.get("disclosureFrame") or {}, claims))
    keep = frozenset(presented_paths(case.get("presentationFrames") or {}, claims))
    shown = sdjwt.present(sdjwt.issue(claims, hidden, salts(), KEY, {}), keep)
    # Where nothing of an object is disclosed the standard leaves the empty object; that library drops it.
    expected = {"is_over": {}} if name == "array_none_disclosed" else case["presentedClaims"]
    assert sdjwt.reveal(sdjwt.parse(shown)).claims == expected


class Marked:
    """A value or name that a case of sd-jwt-python marks with !sd."""

    def __init__(self, value):
        self.value = value


class _Loader(yaml.SafeLoader):
    pass


def _marked(loader, node):
    if isinstance(node, yaml.ScalarNode):
        tag = loader.resolve(yaml.ScalarNode, node.value, (node.style is None, node.style is not None))
        return Marked(loader.construct_object(yaml.ScalarNode(tag, node.value), deep=True))
    kind = loader.construct_sequence if isinstance(node, yaml.SequenceNode) else _mapping
    return Marked(kind(node, deep=True) if kind is not _mapping else _mapping(loader, node))


def _mapping(loader, node):
    return {
        loader.construct_object(key, deep=True): loader.construct_object(value, deep=True) for key, value in node.value
    }


_Loader.add_constructor("!sd", _marked)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def unmark(item, path=()):
    """The plain claims, and the paths that are marked."""
    hidden = set()
    if isinstance(item, dict):
        plain = {}
        for name, value in item.items():
            key = name.value if isinstance(name, Marked) else name
            if isinstance(name, Marked):
                hidden.add((*path, key))
            plain[key], inner = unmark(value, (*path, key))
            hidden |= inner
        return plain, hidden
    if isinstance(item, list):
        listed = []
        for place, value in enumerate(item):
            if isinstance(value, Marked):
                hidden.add((*path, place))
            one, inner = unmark(value.value if isinstance(value, Marked) else value, (*path, place))
            listed.append(one)
            hidden |= inner
        return listed, hidden
    return item, hidden


def disclosed(item, path=()):
    inside = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
    for name, value in inside:
        if value not in (False, None, "None"):
            yield (*path, name)
            yield from disclosed(value, (*path, name))


CASES = [
    "array_data_types", "array_full_sd", "array_in_sd", "array_nested_in_plain", "array_none_disclosed",
    "array_of_nulls", "array_of_objects", "array_of_scalars", "array_recursive_sd", "array_recursive_sd_some_disclosed",
    "header_mod", "json_serialization_flattened", "json_serialization_general", "key_binding", "no_sd",
    "object_data_types", "recursions",
]  # fmt: skip


@pytest.mark.corpus
@pytest.mark.parametrize("name", CASES)
def test_the_cases_of_sd_jwt_python_are_presented_as_expected(corpus, name):
    file = corpus / "credentials" / "sd-jwt-spec-yaml" / name / "specification.yml"
    case = yaml.load(file.read_text(), _Loader)
    claims, hidden = unmark(case["user_claims"])
    data = sdjwt.issue(claims, frozenset(hidden), salts(), KEY, {})
    shown = sdjwt.present(data, frozenset(disclosed(case["holder_disclosed_claims"])))
    assert sdjwt.reveal(sdjwt.parse(shown)).claims == case["expect_verified_user_claims"]


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["01", "02", "03-pid"])
def test_the_examples_of_sd_jwt_vc_are_issued_and_revealed(corpus, name):
    file = corpus / "credentials" / "sd-jwt-vc-examples" / name / "specification.yml"
    claims, hidden = unmark(yaml.load(file.read_text(), _Loader)["user_claims"])
    data = sdjwt.issue(claims, frozenset(hidden), salts(), KEY, {})
    assert sdjwt.reveal(sdjwt.parse(data)).claims == claims
