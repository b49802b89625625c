"""What certificates say: one per achieved unit, nothing that was not decided, explicit ECVET information."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ecvet.credential.draft import CertificateType, Link, Role, draft_of_award, draft_of_recognition
from ecvet.credential.errors import DraftIncomplete
from ecvet.credential.profiles.points import credit_point
from ecvet.credential.profiles.sdjwt_vc import encode
from ecvet.credential.profiles.types import TYPES, integrity, metadata
from ecvet.credential.verify import verify
from ecvet.credit.award import Award
from ecvet.credit.decision import Extent
from ecvet.record import Recorded, address_of, parse_canonical
from ecvet.terms import EQFLevel, Identifier, LangString, Points


def changed(world, **changes):
    return Recorded(replace(world.recognition.value, **changes), world.recognition.address)


@pytest.mark.rule("R-RECOG-12")
def test_every_achieved_unit_has_a_certificate_of_its_own(world):
    other = replace(world.unit, id=Identifier("https://agency.example/units/cut/1"), code="CUT")
    second = changed(world, unit=other.id)
    drafts = [
        draft_of_recognition(one, unit, world.qualification, world.school)
        for one, unit in ((world.recognition, world.unit), (second, other))
    ]
    assert [[unit.code for unit in draft.units] for draft in drafts] == [["COLOUR"], ["CUT"]]
    with pytest.raises(DraftIncomplete, match="one achieved unit, not 2"):
        replace(drafts[0], units=drafts[0].units + drafts[1].units)
    with pytest.raises(DraftIncomplete, match="not 0"):
        replace(drafts[0], units=())


@pytest.mark.rule("R-EUR-1")
def test_every_certificate_carries_explicit_ecvet_information(world):
    said = encode(world.draft).claims["ecvet"]
    assert said["recommendation"] == "2009/C 155/02"
    assert said["points"]["value"] == "35"
    (unit,) = said["units"]
    assert unit["title"] == {"authoritative": "fi", "en": "Colouring hair", "fi": "Hiusten värjääminen"}
    assert [one["kind"] for one in unit["outcomes"]] == ["skills", "knowledge"]
    assert "ecvet" not in {path[0] for path in encode(world.draft).hidden}


@pytest.mark.rule("R-RECOG-7")
def test_every_certificate_says_that_it_has_no_effect_on_professional_recognition(world):
    said = encode(world.draft).claims["ecvet"]["professional_recognition"]
    assert said["effect"] is False
    assert "2005/36/EC" in said["statement"]


@pytest.mark.rule("R-DATA-1")
def test_points_are_written_as_text_with_the_concept_of_their_credit_system():
    on = date(2026, 5, 3)
    assert credit_point(Points.of("7.5"), on) == {
        "value": "7.5", "system": "ecvet", "framework": "http://data.europa.eu/snb/education-credit/60b314e826",
    }  # fmt: skip
    ects = credit_point(Points.of(5, "ects"), on)
    assert ects["framework"] == "http://data.europa.eu/snb/education-credit/6fcec5c5af"
    assert credit_point(Points.of(35, "fi-osp"), on) == {"value": "35", "system": "fi-osp"}


def test_a_certificate_without_points_says_none(world):
    draft = draft_of_recognition(changed(world, points=None), world.unit, world.qualification, world.school)
    said = encode(draft).claims["ecvet"]
    assert "points" not in said
    assert "points" not in said["units"][0]


def test_a_partial_recognition_shows_only_the_outcomes_it_grants(world):
    decision = changed(world, extent=Extent.PARTIAL, outcomes=frozenset({"o2"}), points=None)
    (unit,) = draft_of_recognition(decision, world.unit, world.qualification, world.school).units
    assert [one.id for one in unit.outcomes] == ["o2"]
    assert unit.extent is Extent.PARTIAL


@pytest.mark.parametrize(
    "changes",
    [
        {"extent": Extent.NONE},
        {"outcomes": frozenset({"o9"})},
        {"unit": Identifier("urn:x:unit")},
        {"qualification": Identifier("urn:x:qualification")},
    ],
)
def test_a_certificate_says_nothing_that_was_not_decided(world, changes):
    with pytest.raises(DraftIncomplete):
        draft_of_recognition(changed(world, **changes), world.unit, world.qualification, world.school)


def test_only_the_institution_that_decided_can_issue(world):
    other = replace(world.school, id=Identifier("https://other.example"))
    with pytest.raises(DraftIncomplete, match="another institution"):
        draft_of_recognition(world.recognition, world.unit, world.qualification, other)


def award_of(world, **changes):
    decision = world.recognition.value
    given = {
        "learner": decision.learner, "qualification": decision.qualification, "title": LangString.of(en="Hairdresser"),
        "recognitions": (world.recognition.address,), "by": decision.by, "on": date(2026, 5, 4),
        "ground": LangString.of(en="The rules are met."), "points": Points.of(180),
    }  # fmt: skip
    return Recorded(Award(**{**given, **changes}), address_of(b"award"))


def test_an_award_names_the_recognitions_it_rests_on_and_is_verified(world):
    from ecvet.credential.issue import issue
    from ecvet.credential.policy import FunctionKnown

    draft = draft_of_award(
        award_of(world), [(world.recognition, world.unit)], world.qualification, world.school, person=world.person,
        chain=(Link(Role.PORTFOLIO, address_of(b"portfolio")),),
    )  # fmt: skip
    assert [one.role for one in draft.chain] == [Role.AWARD, Role.RECOGNITION, Role.PORTFOLIO]

    at = datetime(2026, 5, 4, 9, tzinfo=UTC)
    data = issue(draft, world.key, at=at, salts=_salts())
    found = verify(data, world.trust, FunctionKnown(), at)
    assert found.type == TYPES[CertificateType.AWARD].vct
    assert found.claims["ecvet"]["points"]["value"] == "180"
    assert found.claims["title"] == {"en": "Hairdresser"}


def _salts():
    counter = iter(range(1000))
    return lambda: next(counter).to_bytes(16, "big")


def test_an_award_with_other_recognitions_or_another_learner_is_refused(world):
    for award, recognised in (
        (award_of(world), []),
        (award_of(world, recognitions=(address_of(b"x"),)), [(world.recognition, world.unit)]),
        (award_of(world, recognitions=()), []),
        (award_of(world, learner=Identifier("urn:x:other")), [(world.recognition, world.unit)]),
        (award_of(world, qualification=Identifier("urn:x:q")), [(world.recognition, world.unit)]),
    ):
        with pytest.raises(DraftIncomplete):
            draft_of_award(award, recognised, world.qualification, world.school)


def test_who_the_learner_is_can_be_withheld_and_without_a_person_only_the_pseudonym_is_said(world):
    assert {path[0] for path in encode(world.draft).hidden} == {"sub", "given_name", "family_name", "birthdate"}
    nameless = replace(world.draft, person=None)
    assert encode(nameless).hidden == {("sub",)}


def test_levels_explanation_and_unit_level_are_said_where_there_are_any(world):
    decision = changed(world, explanation=LangString.of(en="Ten years in a salon."))
    unit = replace(world.unit, eqf=EQFLevel(3))
    claims = encode(draft_of_recognition(decision, unit, world.qualification, world.school)).claims
    assert claims["qualification"]["eqf_level"] == 4
    assert claims["qualification"]["nqf_level"] == {"framework": "FiNQF", "level": "4"}
    assert claims["ecvet"]["units"][0]["eqf_level"] == 3
    assert claims["decision"]["explanation"] == {"en": "Ten years in a salon."}


def test_what_the_format_leaves_out_is_listed(world):
    losses = encode(world.draft).losses
    assert [one.what for one in losses] == ["the person who decided"]
    assert "Bruno" not in str(encode(world.draft).claims)


@pytest.mark.parametrize("kind", TYPES.values())
def test_the_published_metadata_of_a_type_are_canonical_and_describe_it(kind):
    said = parse_canonical(metadata(kind))
    assert said["vct"] == kind.vct
    assert {claim["path"][0] for claim in said["claims"] if claim["mandatory"]} >= {"ecvet", "chain", "decision"}
    assert integrity(kind).startswith("sha256-")
    assert len({integrity(one) for one in TYPES.values()}) == len(TYPES)
