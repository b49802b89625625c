"""European Digital Credentials: what they must have, and what is found missing, without RDF."""

import copy
from typing import Any

import pytest

from ecvet.credential.profiles.elm.nodes import Reading, facts
from ecvet.credential.profiles.elm.shapes import check, profile

LIST = "http://publications.europa.eu/resource/authority/"


def concept(name: str, scheme: str) -> dict[str, Any]:
    return {"id": name, "type": "Concept", "inScheme": {"id": scheme, "type": "ConceptScheme"}}


def language(code: str = "ENG") -> dict[str, Any]:
    return concept(f"{LIST}language/{code}", f"{LIST}language")


def organisation() -> dict[str, Any]:
    country = concept(f"{LIST}country/FIN", f"{LIST}country")
    return {
        "id": "urn:epass:org:1", "type": "Organisation", "legalName": {"fi": "Koulu", "en": "School"},
        "eIDASIdentifier": {
            "id": "urn:epass:legalIdentifier:1", "type": "LegalIdentifier", "notation": "FI1", "spatial": country,
        },
        "location": {"id": "urn:epass:loc:1", "type": "Location", "address": {
            "id": "urn:epass:addr:1", "type": "Address", "countryCode": country,
        }},
    }  # fmt: skip


def credential() -> dict[str, Any]:
    """A credential about one claim that has everything."""
    return {
        "@context": ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"],
        "id": "urn:credential:1", "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialProfiles": concept(
            "http://data.europa.eu/snb/credential/e34929035b", "http://data.europa.eu/snb/credential/25831c2"
        ),
        "credentialSchema": {
            "id": "http://data.europa.eu/snb/model/ap/edc-generic-full", "type": "ShaclValidator2017",
        },
        "issued": "2026-05-04T12:00:00Z", "validFrom": "2026-05-04T12:00:00Z",
        "issuer": organisation(),
        "displayParameter": {
            "type": "DisplayParameter", "title": {"en": "Unit"}, "language": language(), "primaryLanguage": language(),
            "individualDisplay": {"type": "IndividualDisplay", "language": language(), "displayDetail": {
                "type": "DisplayDetail", "page": 1, "image": {
                    "type": "MediaObject", "content": "iVBO",
                    "contentType": {"id": "urn:x:png", "type": "Concept"},
                    "contentEncoding": {"id": "urn:x:base64", "type": "Concept"},
                },
            }},
        },
        "credentialSubject": {
            "id": "urn:epass:person:1", "type": "Person",
            "hasClaim": {
                "id": "urn:epass:learningAchievement:1", "type": "LearningAchievement", "title": {"en": "Colouring"},
                "awardedBy": {"type": "AwardingProcess", "awardingBody": organisation()},
                "specifiedBy": {
                    "type": "LearningAchievementSpecification", "title": {"en": "Colouring"},
                    "creditPoint": {
                        "type": "CreditPoint", "point": "15",
                        "framework": {"id": "http://data.europa.eu/snb/education-credit/60b314e826", "type": "Concept"},
                    },
                },
            },
        },
    }  # fmt: skip


def test_what_has_everything_has_no_faults():
    assert check(credential()) == ()
    assert Reading(credential()).unknown == 0


@pytest.mark.parametrize(
    ("change", "property_", "count"),
    [
        (lambda c: c.pop("issued"), "issued", 1),
        (lambda c: c.pop("credentialProfiles"), "credentialProfiles", 1),
        (lambda c: c.update(issued="yesterday"), "issued", 1),
        (lambda c: c.update(issued=["2026-05-04T12:00:00Z", "2026-05-05T12:00:00Z"]), "issued", 1),
        (lambda c: (c["issuer"].pop("eIDASIdentifier"), c["issuer"].update(id="urn:another")), "issuer", 1),
        (lambda c: c.update(issuer="urn:somebody"), "issuer", 2),
        (lambda c: c["issuer"].update(legalName={"en": ["School", "College"]}), "legalName", 1),
        (lambda c: c["issuer"].update(legalName="School"), "legalName", 1),
        (lambda c: c["credentialSubject"].update(hasClaim={"type": "Note", "noteLiteral": {"en": "x"}}), "hasClaim", 1),
        (lambda c: c["credentialProfiles"]["inScheme"].update(id="urn:another-list"), "credentialProfiles", 1),
        (lambda c: c["credentialProfiles"]["inScheme"].pop("type"), "credentialProfiles", 1),
        (lambda c: c["credentialSubject"]["hasClaim"]["specifiedBy"]["creditPoint"].update(point=15), "point", 0),
        (lambda c: c["credentialSubject"]["hasClaim"]["specifiedBy"]["creditPoint"].pop("framework"), "framework", 1),
        (lambda c: c["displayParameter"]["individualDisplay"]["displayDetail"].update(page=0), "page", 1),
    ],
)  # fmt: skip
def test_every_fault_is_found_once_at_its_property(change, property_, count):
    changed = credential()
    change(changed)
    # A list that must be used demands its own number of values, as the published shapes do.
    found = [one for one in check(changed) if one.property.rpartition("/")[2].rpartition("#")[2] == property_]
    assert len(found) == count + (property_ == "credentialProfiles" and "credentialProfiles" not in changed)


def test_a_claim_of_no_kind_needs_title_type_and_award():
    changed = credential()
    claim = changed["credentialSubject"]["hasClaim"]
    claim["type"] = "Claim"
    claim["dcType"] = concept("urn:x:type", "http://data.europa.eu/snb/claim-type/25831c2")
    claim.pop("specifiedBy")
    assert check(changed) == ()
    del claim["dcType"]
    assert [one.property.rpartition("/")[2] for one in check(changed)] == ["hasClaim"]


def test_the_same_node_told_in_two_places_is_one():
    changed = credential()
    claim = changed["credentialSubject"]["hasClaim"]
    claim["awardedBy"]["awardingBody"] = changed["issuer"]["id"]
    assert check(changed) == ()
    claim["awardedBy"]["awardingBody"] = {**copy.deepcopy(organisation()), "legalName": {"en": "Another name"}}
    assert [one.what for one in check(changed)] == ["there are two texts in one language"]


def test_members_that_the_model_does_not_know_are_counted_not_believed():
    changed = credential()
    changed["credentialSubject"]["hasClaim"]["points"] = "60"
    reading = Reading(changed)
    assert reading.unknown == 1
    assert check(changed) == ()


def test_the_facts_are_whole():
    assert len(facts().members) == 185
    assert len(profile().shapes) == 54
