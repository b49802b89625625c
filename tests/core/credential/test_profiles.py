"""One draft, several encodings: each says what its format can say, and lists what it cannot."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.credential.cast import ISSUED, SCHOOL
from ecvet.credential.draft import AchievedUnit
from ecvet.credential.errors import DraftIncomplete, ProofFails
from ecvet.credential.formats import data_integrity, vcdm
from ecvet.credential.profiles import clr, ebsi_vet, edc, open_badges, sdjwt_vc
from ecvet.credential.profiles.elm import lists
from ecvet.credential.profiles.elm.nodes import Reading
from ecvet.credential.profiles.elm.shapes import check
from ecvet.credential.profiles.types import CertificateType
from ecvet.credit.decision import Extent
from ecvet.credit.recognition import Use
from ecvet.qualification.unit import AssessmentCriterion, LearningOutcome, OutcomeKind
from ecvet.terms import Country, EQFLevel, Identifier, LangString, Points

KEY = Ed25519PrivateKey.from_private_bytes(b"p" * 32)
FACTS = edc.SealFacts("Koulu Oy", "Koulu seal", "VATFI-01234567", "FI")
SETTING = ebsi_vet.Setting(
    country=Country("FI"), legal_id="VATFI-01234567", field="1012", mode="work-based",
    assessment=LangString.of(en="Colouring at the salon"), grade=LangString.of(en="Passed"),
)  # fmt: skip
SKILL = Identifier("http://data.europa.eu/esco/skill/0005c151-5b5a-4a66-8aac-60e734beb1ab")


def partial(draft):
    """Part of a unit, beside the qualification, with everything that a format may lose."""
    outcome = LearningOutcome(
        id="o3", text=LangString.of(en="takes responsibility", fi="ottaa vastuun"), kind=OutcomeKind.COMPETENCE,
        criteria=(AssessmentCriterion(id="c1", text=LangString.of(en="alone")),), level=EQFLevel(4),
        national_category="vastuu", skills=(SKILL, Identifier("urn:own:skill:1")),
    )  # fmt: skip
    unit = replace(
        draft.units[0], extent=Extent.PARTIAL, use=Use.ADD_ON, outcomes=(outcome,), eqf=EQFLevel(3),
        points=Points.of("7.5", "ecvet"),
    )  # fmt: skip
    return replace(draft, units=(unit,), points=Points.of("7.5", "ecvet"), explanation=LangString.of(en="Half of it."))


def award(draft):
    """A qualification on two units."""
    other = AchievedUnit(
        id=Identifier("https://agency.example/units/cut/1"), code="CUT",
        title=LangString.of(fi="Leikkaus", en="Cutting"), extent=Extent.FULL, points=Points.of("25", "ecvet"),
        outcomes=(LearningOutcome(id="c", text=LangString.of(en="cuts hair"), kind=OutcomeKind.SKILLS),),
    )  # fmt: skip
    return replace(
        draft, type=CertificateType.AWARD, units=(*draft.units, other), points=Points.of("60", "ecvet"),
        title=LangString.of(fi="Parturi-kampaaja", en="Hairdresser"),
    )  # fmt: skip


@pytest.fixture(params=["unit", "partial", "award", "nameless", "without points"])
def draft(request, world):
    made = world.draft
    return {
        "unit": made, "partial": partial(made), "award": award(made), "nameless": replace(made, person=None),
        "without points": replace(made, points=None, units=(replace(made.units[0], points=None),)),
    }[request.param]  # fmt: skip


# ------------------------------------------------------------- European Digital Credential
@pytest.mark.rule("R-DATA-1")
def test_every_draft_has_the_form_of_the_european_learning_model(draft):
    claims = edc.encode(draft, FACTS, id="urn:credential:1", at=ISSUED, until=ISSUED + timedelta(days=365)).claims
    assert check(claims) == ()
    assert Reading(claims).unknown == 0
    achieved = claims["credentialSubject"]["hasClaim"][0]
    assert [one["specifiedBy"]["id"] for one in achieved["hasPart"]] == [one.id for one in draft.units]
    for said, unit in zip(achieved["hasPart"], draft.units, strict=True):
        points = said.get("creditReceived", [])
        assert [(one["framework"]["id"], one["point"]) for one in points] == (
            [] if unit.points is None else [(lists.ECVET, format(unit.points.value.normalize(), "f"))]
        )
        outcomes = said["specifiedBy"]["learningOutcome"]
        assert [one["title"] for one in outcomes] == [dict(one.text.texts) for one in unit.outcomes]
    records = [one["notation"] for one in achieved["identifier"]]
    assert records == [str(one.address) for one in draft.chain]


def test_a_unit_is_part_of_a_partial_qualification_and_an_award_is_the_whole(world):
    one, whole = (
        edc.encode(made, FACTS, id="urn:credential:1", at=ISSUED).claims["credentialSubject"]["hasClaim"][0]
        for made in (world.draft, award(world.draft))
    )
    assert one["specifiedBy"]["isPartialQualification"] is True
    assert one["title"] == {"en": "Hairdressing", "fi": "Hiusala"}
    assert "isPartialQualification" not in whole["specifiedBy"]
    assert whole["title"] == {"en": "Hairdresser", "fi": "Parturi-kampaaja"}
    assert "without effect" in one["additionalNote"][-1]["noteLiteral"]["en"]


def test_what_the_model_has_no_concept_for_is_listed_as_lost(world):
    made = replace(partial(world.draft), points=Points.of("60", "osp"))
    found = edc.encode(made, FACTS, id="urn:credential:1", at=ISSUED)
    lost = " ".join(one.what for one in found.losses)
    for word in ("osp", "competence", "criteria", "single outcomes", "national framework", "national categories"):
        assert word in lost
    assert "ESCO" in lost  # the skill of another list
    achieved = found.claims["credentialSubject"]["hasClaim"][0]
    assert "creditReceived" not in achieved
    outcome = achieved["hasPart"][0]["specifiedBy"]["learningOutcome"][0]
    assert [one["id"] for one in outcome["relatedESCOSkill"]] == [SKILL]
    assert "dcType" not in outcome
    notes = [one["noteLiteral"]["en"] for one in achieved["hasPart"][0]["additionalNote"]]
    assert any("Part of the unit" in one for one in notes)
    assert any("add-on" in one for one in notes)


def test_a_country_or_language_without_entry_is_refused_before_anything_is_sealed(world):
    with pytest.raises(DraftIncomplete):
        edc.encode(world.draft, replace(FACTS, country="XX"), id="urn:credential:1", at=ISSUED)
    with pytest.raises(DraftIncomplete):
        edc.encode(replace(world.draft, title=LangString.of(xx="?")), FACTS, id="urn:credential:1", at=ISSUED)


def test_the_picture_that_the_profile_demands_is_a_white_sheet_unless_one_is_given(world):
    claims = edc.encode(world.draft, FACTS, id="urn:credential:1", at=ISSUED, pages=(b"one", b"two")).claims
    details = claims["displayParameter"]["individualDisplay"][0]["displayDetail"]
    assert [(one["page"], one["image"]["content"]) for one in details] == [(1, "b25l"), (2, "dHdv")]
    assert edc.blank_page().startswith(b"\x89PNG")
    assert len(edc.blank_page()) < 200


# ------------------------------------------------------------- Open Badges and CLR
def signed(claims):
    return data_integrity.issue(claims, KEY, method=f"{SCHOOL}#k", created=ISSUED, suite=data_integrity.RDFC)


def test_every_draft_is_an_open_badge_in_which_no_term_is_undefined(draft):
    found = open_badges.encode(draft, id="urn:uuid:1", at=ISSUED, until=ISSUED + timedelta(days=1))
    vcdm.check_form(found.claims)
    badge = signed(found.claims)
    data_integrity.check_signature(data_integrity.secured(badge), KEY.public_key())
    subject = badge["credentialSubject"]
    assert subject["achievement"]["achievementType"] == (
        "Certification" if draft.type is CertificateType.AWARD else "MicroCredential"
    )
    if draft.points is not None:
        assert subject["result"][0]["value"] == format(draft.points.value.normalize(), "f")
        assert subject["result"][0]["resultDescription"] == subject["achievement"]["resultDescription"][0]["id"]
    assert subject.get("creditsEarned") == (
        int(draft.points.value) if draft.points and draft.points.value % 1 == 0 else None
    )
    assert ("identifier" in subject) is (draft.person is not None)
    for unit in draft.units:
        for outcome in unit.outcomes:
            assert outcome.text.in_("fi") in subject["achievement"]["description"]


def test_a_change_of_anything_in_a_badge_is_found(world):
    badge = signed(open_badges.encode(world.draft, id="urn:uuid:1", at=ISSUED).claims)
    badge["credentialSubject"]["result"][0]["value"] = "36"
    with pytest.raises(ProofFails):
        data_integrity.check_signature(data_integrity.secured(badge), KEY.public_key())


def test_several_units_travel_as_badges_in_one_learner_record(world):
    drafts = (world.draft, partial(world.draft))
    badges = [signed(open_badges.encode(one, id=f"urn:uuid:{n}", at=ISSUED).claims) for n, one in enumerate(drafts)]
    found = clr.encode(
        LangString.of(en="Transcript"), list(zip(drafts, badges, strict=True)), id="urn:uuid:9", at=ISSUED
    )
    record = signed(found.claims)
    vcdm.check_form(record)
    data_integrity.check_signature(data_integrity.secured(record), KEY.public_key())
    subject = record["credentialSubject"]
    assert [one["id"] for one in subject["achievement"]] == [world.qualification.id]
    assert {one["targetId"] for one in subject["association"]} == {world.qualification.id}
    for badge in subject["verifiableCredential"]:
        data_integrity.check_signature(data_integrity.secured(badge), KEY.public_key())
    changed = json.loads(json.dumps(record))
    changed["credentialSubject"]["verifiableCredential"][0]["credentialSubject"]["result"][0]["value"] = "36"
    with pytest.raises(ProofFails):  # the record vouches for the badges in it, too
        data_integrity.check_signature(data_integrity.secured(changed), KEY.public_key())


def test_a_learner_record_is_of_one_learner_by_one_institution_with_its_own_badges(world):
    made = world.draft
    other = replace(made, learner=Identifier("urn:uuid:somebody"))
    badge = signed(open_badges.encode(made, id="urn:uuid:1", at=ISSUED).claims)
    title = LangString.of(en="Transcript")
    for wrong in ([], [(made, badge), (other, badge)], [(made, {})], [(award(made), badge)]):
        with pytest.raises(DraftIncomplete):
            clr.encode(title, wrong, id="urn:uuid:9", at=ISSUED)
    unsigned = {name: one for name, one in badge.items() if name != "proof"}
    with pytest.raises(DraftIncomplete):
        clr.encode(title, [(made, unsigned)], id="urn:uuid:9", at=ISSUED)


# ------------------------------------------------------------- VET micro-credential
def test_a_unit_of_up_to_fifteen_points_is_a_vet_micro_credential(world):
    unit = replace(world.draft.units[0], points=Points.of("15", "ecvet"))
    found = ebsi_vet.encode(
        replace(world.draft, units=(unit,), points=unit.points), SETTING, id="urn:uuid:1", at=ISSUED
    )  # fmt: skip
    assert found.claims["type"] == list(ebsi_vet.TYPES)
    claim = found.claims["credentialSubject"]["hasClaim"][0]
    assert claim["creditReceived"] == [
        {"type": "CreditPoint", "framework": {"type": "Concept", "notation": "ECVET"}, "point": "15"}
    ]
    assert {"awardingBody", "awardingDate", "location"} <= claim["awardedBy"].keys()
    assert {"creditPoint", "educationSubject", "mode", "eqfLevel"} <= claim["specifiedBy"].keys()
    assert {"grade", "specifiedBy", "awardedBy"} <= claim["provenBy"][0].keys()
    assert any("records that prove it" in one.what for one in found.losses)


@pytest.mark.parametrize("points", ["0", "15.5", "16", "7.5", None])
def test_other_points_are_no_vet_micro_credential(world, points):
    made = replace(world.draft, points=None if points is None else Points.of(points, "ecvet"))
    with pytest.raises(DraftIncomplete):
        ebsi_vet.encode(made, SETTING, id="urn:uuid:1", at=ISSUED)


def test_a_vet_micro_credential_needs_a_name_a_birth_date_a_level_and_one_unit(world):
    fit = replace(world.draft, points=Points.of("5", "ecvet"))
    for wrong in (
        replace(fit, person=None), replace(fit, person=replace(world.person, birth_date=None)),
        replace(fit, eqf=None), award(fit), replace(fit, points=Points.of("5", "ects")),
    ):  # fmt: skip
        with pytest.raises(DraftIncomplete):
            ebsi_vet.encode(wrong, SETTING, id="urn:uuid:1", at=ISSUED)


# ------------------------------------------------------------- one value
def test_all_encodings_name_the_same_learner_unit_points_and_day(world):
    made = replace(world.draft, points=Points.of("12", "ecvet"), decided_on=date(2026, 5, 3))
    encodings = (
        sdjwt_vc.encode(made).claims, edc.encode(made, FACTS, id="urn:uuid:1", at=ISSUED).claims,
        open_badges.encode(made, id="urn:uuid:1", at=ISSUED).claims,
        ebsi_vet.encode(made, SETTING, id="urn:uuid:1", at=ISSUED).claims,
    )  # fmt: skip
    for claims in encodings:
        text = json.dumps(claims, ensure_ascii=False)
        for word in (made.learner, made.units[0].id, '"12"', "2026-05-03", "Hiusten värjääminen", "Álvarez"):
            assert word in text
