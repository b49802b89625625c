"""Proofs over statements: the direct way says what a JSON-LD processor says, and nothing vanishes or never ends."""

import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ecvet.credential.errors import BeyondLimits, Malformed, ProofFails, VerificationError, VocabularyMissing, WrongType
from ecvet.credential.formats import data_integrity, vocabularies
from ecvet.credential.formats.rdf import direct, general
from ecvet.credential.formats.rdf import statements as both
from ecvet.credential.formats.rdf.canonical import Quad, canonical, literal
from ecvet.credential.formats.rdf.terms import NotCovered, terms_of
from ecvet.credential.formats.vocabularies import CREDENTIALS, LEARNER_RECORD, OPEN_BADGES

KEY = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
WHEN = datetime(2026, 5, 4, 12, tzinfo=UTC)


def badge() -> dict[str, Any]:
    """A recognised unit as an Open Badge, with every kind of value that such a badge has."""
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": "urn:uuid:01900000-0000-7000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Colouring hair",
        "issuer": {"id": "https://school.example/1", "type": ["Profile"], "name": "Värmland skola “Öst”"},
        "validFrom": "2026-05-04T12:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "creditsEarned": 12.5,
            "achievement": {
                "id": "https://school.example/units/7",
                "type": ["Achievement"],
                "name": "Colouring hair",
                "description": "Two lines,\none\ttab \\ and a \"quotation\"",
                "criteria": {"narrative": "Six customers"},
                "creditsAvailable": 15,
                "alignment": [
                    {"type": ["Alignment"], "targetName": name, "targetUrl": f"http://data.example/skill/{place}"}
                    for place, name in enumerate(("mix colours", "advise customers"))
                ],
            },
            "result": [{"type": ["Result"], "value": "4"}, {"type": ["Result"], "value": "4"}],
        },
        "credentialStatus": {
            "id": "https://school.example/status/3#94567",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "94567",
            "statusListCredential": "https://school.example/status/3",
        },
    }  # fmt: skip


def ways(document: dict[str, Any]) -> tuple[str, str]:
    """The canonical statements of a document, the direct and the general way."""
    plain = {name: one for name, one in both.whole(document).items() if name != "@context"}
    said = direct.statements(plain, terms_of(tuple(document["@context"])))
    return canonical(said), canonical(general.statements(both.whole(document)))


# ------------------------------------------------------------- the direct way is the right one
def test_the_direct_way_says_what_a_processor_says():
    mine, theirs = ways(badge())
    assert mine == theirs
    assert mine.count("\n") > 35
    assert "12.5" not in mine
    assert '"1.25E1"^^<' in mine


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.one_of(
    TEXTS, st.integers(-(10**20), 10**20), st.booleans(), st.floats(allow_nan=False, allow_infinity=False),
    st.just({}), st.just([]), st.none(), st.just("https://other.example/x"), st.just("did:key:z1"), st.just("type"),
    st.fixed_dictionaries({"@value": TEXTS, "@language": st.sampled_from(["en", "de-AT", "EL", "no_tag", ""])}),
    st.fixed_dictionaries({"type": st.sampled_from(["Alignment", "Profile", "Unheard", ["Achievement", "Result"]])}),
    st.fixed_dictionaries({"id": st.sampled_from(["urn:x:1", "relative", "_:b0", "https://a b"]), "name": TEXTS}),
    st.lists(st.one_of(TEXTS, st.integers()), max_size=3),
)  # fmt: skip
KEYS = st.sampled_from(
    ["name", "description", "alignment", "evidence", "result", "id", "type", "image", "tag", "criteria", "achievement",
     "creditsEarned", "validUntil", "proof", "unheard", "credentialSchema", "targetUrl", "identifier", "@index", "@id",
     "@type", "relatedResource", "refreshService", "awardedDate", "https://words.example/own", "verifiableCredential"]
)  # fmt: skip


@given(st.data())
def test_whatever_a_document_is_changed_into_both_ways_agree(data):
    document = badge()
    for _ in range(data.draw(st.integers(1, 3))):
        place = document
        while data.draw(st.booleans()):
            nested = [one for one in place.values() if isinstance(one, dict)]
            if not nested:
                break
            place = data.draw(st.sampled_from(nested))
        key = data.draw(KEYS if data.draw(st.booleans()) else st.sampled_from([*place, "name"]))
        if key == "@context":
            continue
        if data.draw(st.booleans()):
            place[key] = copy.deepcopy(data.draw(VALUES))  # another turn may change what is nested in it
        else:
            place.pop(key, None)
    try:
        plain = {name: one for name, one in both.whole(document).items() if name != "@context"}
        mine = canonical(direct.statements(plain, terms_of(tuple(document["@context"]))))
    except NotCovered:
        try:
            general.statements(both.whole(document))
        except VerificationError:
            return
    else:
        assert mine == canonical(general.statements(both.whole(document)))


def test_a_type_with_a_vocabulary_of_its_own_ends_where_the_node_ends():
    document = badge()
    document["credentialSubject"]["achievement"]["creator"] = {"type": ["Profile"], "targetName": "not a term here"}
    with pytest.raises(WrongType):
        both.statements(document)


def test_12_of_two_types_with_vocabularies_of_their_own_both_are_signed():
    document = badge()
    subject = document["credentialSubject"]
    subject["achievement"]["type"] = ["Achievement", "Alignment"]
    subject["achievement"]["targetName"] = "said by the second type"
    signed = data_integrity.issue(document, KEY, method="urn:key", created=WHEN, suite=data_integrity.RDFC)
    data_integrity.check_signature(data_integrity.secured(signed), KEY.public_key())
    for name in ("targetName", "name"):
        changed = copy.deepcopy(signed)
        changed["credentialSubject"]["achievement"][name] = "something else"
        with pytest.raises(ProofFails):
            data_integrity.check_signature(data_integrity.secured(changed), KEY.public_key())


def test_28_a_whole_number_is_one_however_it_is_written():
    document, other = badge(), badge()
    document["credentialSubject"]["creditsEarned"] = 5
    other["credentialSubject"]["creditsEarned"] = json.loads("5.0")
    assert both.canonical_statements(document) == both.canonical_statements(other)
    other["credentialSubject"]["creditsEarned"] = 5.5
    assert both.canonical_statements(document) != both.canonical_statements(other)


# ------------------------------------------------------------- nothing vanishes
@pytest.mark.parametrize(
    "change",
    [
        {"unheard": "of"}, {"type": ["VerifiableCredential", "Unheard"]}, {"id": "relative"}, {"name": None},
        {"issuer": {"id": "https://school.example/1", "points": "60"}},
        {"name": {"@value": "x", "@language": "en", "@direction": "ltr"}},
        {"evidence": [{"type": ["Evidence"], "@context": {"unheard": "urn:x"}, "unheard": "x"}]},
        {"evidence": [{"type": ["Evidence"], "@included": [{"id": "urn:x", "name": "free"}]}]},
        {"issuer": "https://school.example/1> <urn:p> <urn:o"},
    ],
)  # fmt: skip
def test_07_what_would_not_be_signed_is_refused_when_issuing_and_when_verifying(change):
    document = {**badge(), **change}
    with pytest.raises((WrongType, Malformed)):
        data_integrity.issue(document, KEY, method="urn:key", created=WHEN, suite=data_integrity.RDFC)
    signed = data_integrity.issue(badge(), KEY, method="urn:key", created=WHEN, suite=data_integrity.RDFC)
    with pytest.raises((WrongType, Malformed)):
        data_integrity.check_signature(data_integrity.secured({**signed, **change}), KEY.public_key())


@pytest.mark.parametrize(
    "contexts",
    [None, [], {"name": "urn:x"}, [CREDENTIALS, {"name": "urn:x"}], [CREDENTIALS, "https://words.example/1"]],
)
def test_08_no_vocabulary_is_taken_from_the_document(contexts):
    with pytest.raises(WrongType):
        both.statements({**badge(), "@context": contexts})


def test_a_transcript_of_records_goes_the_general_way():
    record = {
        "@context": [CREDENTIALS, LEARNER_RECORD, OPEN_BADGES], "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": {"id": "https://school.example/1", "type": ["Profile"]}, "name": "Transcript",
        "credentialSubject": {"type": ["ClrSubject"], "verifiableCredential": [badge()]},
    }  # fmt: skip
    with pytest.raises(NotCovered):
        direct.statements({k: v for k, v in record.items() if k != "@context"}, terms_of(tuple(record["@context"])))
    said = both.canonical_statements(record)
    record["credentialSubject"]["verifiableCredential"][0]["name"] = "Cutting hair"
    assert both.canonical_statements(record) != said


def test_10_a_vocabulary_that_is_not_the_pinned_one_is_not_used(monkeypatch):
    monkeypatch.setitem(vocabularies.PINNED, CREDENTIALS, "0" * 64)
    with pytest.raises(VocabularyMissing, match="something else"):
        vocabularies.vocabulary.__wrapped__(CREDENTIALS)
    monkeypatch.setattr(vocabularies, "_PACKAGE", "no-such-package-anywhere")
    with pytest.raises(VocabularyMissing, match="not installed"):
        vocabularies.vocabulary.__wrapped__(CREDENTIALS)


# ------------------------------------------------------------- canonical form
def clique(size: int) -> list[Quad]:
    every = range(size)
    return [(f"_:e{one}", "<urn:p>", f"_:e{other}", "") for one in every for other in every if one != other]


def test_13_a_graph_made_to_take_for_ever_is_refused_within_a_second():
    with pytest.raises(BeyondLimits, match="alike"):  # by counted work: without the limit it takes hours
        canonical(clique(10))
    with pytest.raises(BeyondLimits):
        canonical((f"<urn:{one}>", "<urn:p>", "<urn:o>", "") for one in range(20_001))


@given(st.permutations(range(4)), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=7))
def test_names_of_nameless_nodes_do_not_matter(order, pairs):
    def named(names: list[str]) -> list[Quad]:
        return [(names[one], "<urn:p>", names[other], "") for one, other in pairs]

    first = canonical(named([f"_:x{one}" for one in range(4)]))
    assert canonical(named([f"_:{'abcd'[one]}" for one in order])) == first


def test_texts_are_escaped_as_the_standard_says():
    assert literal('\x00\b\t\n\f\r"\\\x7fé') == r'"\u0000\b\t\n\f\r\"\\\u007Fé"'
    assert literal("x", "http://www.w3.org/2001/XMLSchema#string") == '"x"'
    assert literal("x", language="en") == '"x"@en'


@pytest.mark.parametrize(
    ("number", "written"),
    [(5.5, "5.5E0"), (1e21, "1.0E21"), (-0.1, "-1.0E-1"), (12.5, "1.25E1"), (1 / 3, "3.333333333333333E-1")],
)
def test_numbers_are_written_as_canonical_doubles(number, written):
    assert direct.double(number) == written


def test_only_suites_of_ours_are_issued():
    with pytest.raises(ValueError, match="ecdsa"):
        data_integrity.issue(badge(), KEY, method="urn:key", created=WHEN, suite="ecdsa-rdfc-2019")


def test_a_number_beyond_all_bounds_is_refused_in_its_statements():
    with pytest.raises(Malformed):
        general.statements({**badge(), "name": 10**400})
