"""The main job of the room: what was issued is verified by a stranger, and nothing else is."""

import base64
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecvet.credential.errors import Step, VerificationError
from ecvet.credential.formats import key_binding, sdjwt
from ecvet.credential.policy import FunctionKnown, Genuine, HolderBound, Outcome
from ecvet.credential.profiles.types import TYPES
from ecvet.credential.trust import NameSource, Trust
from ecvet.credential.verify import examine, verify
from ecvet.partnership.institution import Competence, Function
from ecvet.terms import Identifier, Period

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def failed(report):
    assert report.verified is None
    assert [one.step for one in report.steps if one.outcome is Outcome.FAIL] == [report.error.step]
    return report.error.step


def test_what_was_issued_is_verified_and_says_everything(world):
    found = verify(world.issue(), world.trust, FunctionKnown(), NOW)
    assert found.claims["given_name"] == "Alba"
    assert found.claims["ecvet"]["units"][0]["code"] == "COLOUR"
    assert found.issuer.name == "The School"
    assert found.issuer.named_by is NameSource.REGISTER
    assert [one.step for one in found.steps] == [one for one in Step if one not in (Step.CHAIN, Step.STAMP)]
    assert {one.step: one.outcome for one in found.steps}[Step.HOLDER] is Outcome.UNKNOWN


def test_the_same_draft_key_time_and_salts_give_the_same_bytes(world):
    assert world.issue() == world.issue()


def test_without_a_register_the_function_is_unknown_and_the_name_is_the_certificates(world):
    trust = Trust(anchors=(world.authority.certificate,))
    found = verify(world.issue(), trust, Genuine(), NOW)
    assert found.issuer.name == "Koulu Oy"
    assert found.issuer.named_by is NameSource.CERTIFICATE
    assert {one.step: one.outcome for one in found.steps}[Step.FUNCTION] is Outcome.UNKNOWN
    assert failed(examine(world.issue(), trust, FunctionKnown(), NOW)) is Step.FUNCTION


def test_the_name_that_a_credential_gives_its_issuer_is_not_shown_as_the_issuers(world):
    found = world.examine(world.signed(world.claims(issuer={"name": {"en": "The Ministry"}}))).verified
    assert found.issuer.name == "The School"


def test_an_issuer_outside_the_register_may_not_issue(world):
    report = world.examine(world.issue(), trust=replace(world.trust, register=()))
    assert failed(report) is Step.FUNCTION


@pytest.mark.parametrize(
    "competence",
    [
        Competence(function=Function.ASSESS, valid=Period(date(2025, 1, 1))),
        Competence(function=Function.RECOGNISE, valid=Period(date(2026, 5, 5))),
        Competence(function=Function.RECOGNISE, valid=Period(date(2025, 1, 1), date(2026, 5, 3))),
        Competence(
            function=Function.RECOGNISE,
            valid=Period(date(2025, 1, 1)),
            qualifications=frozenset({Identifier("urn:x:1")}),
        ),
    ],
)
def test_the_function_must_be_held_for_the_qualification_on_the_day_of_issuing(world, competence):
    school = replace(world.school, competences=(competence,))
    assert failed(world.examine(world.issue(), trust=replace(world.trust, register=(school,)))) is Step.FUNCTION


def test_a_function_lost_later_does_not_undo_what_was_issued(world):
    school = replace(
        world.school,
        competences=(Competence(function=Function.RECOGNISE, valid=Period(date(2026, 5, 4), date(2026, 5, 4))),),
    )
    assert world.examine(world.issue(), trust=replace(world.trust, register=(school,))).verified


def test_a_credential_is_verified_long_after_the_certificate_has_expired(world):
    assert world.examine(world.issue(), at=datetime(2055, 1, 1, tzinfo=UTC)).verified


def test_a_forged_credential_says_nothing_after_the_failed_proof(world):
    report = world.examine(world.signed(world.claims(), key=world.stranger))
    assert failed(report) is Step.PROOF
    assert [one.step for one in report.steps] == [Step.LIMITS, Step.PARSE, Step.TYPE, Step.PROOF]


@pytest.mark.parametrize(
    ("changed", "at", "step"),
    [
        ({"exp": 1780000000}, datetime.fromtimestamp(1780000059, UTC), None),
        ({"exp": 1780000000}, datetime.fromtimestamp(1780000060, UTC), Step.TIME),
        ({"nbf": 1780000000}, datetime.fromtimestamp(1779999940, UTC), None),
        ({"nbf": 1780000000}, datetime.fromtimestamp(1779999939, UTC), Step.TIME),
        ({"iat": 1780000000}, datetime.fromtimestamp(1779999940, UTC), None),
        ({"iat": 1780000000}, datetime.fromtimestamp(1779999939, UTC), Step.TIME),
        ({"exp": "tomorrow"}, NOW, Step.CLAIMS),
        ({"exp": 1e300}, NOW, Step.CLAIMS),
        ({"nbf": -1}, NOW, Step.CLAIMS),
        ({"iat": 253402300799}, NOW, Step.ISSUER),
        ({"iat": 0}, NOW, Step.ISSUER),
        ({"iat": None}, NOW, Step.CLAIMS),
        ({"iat": True}, NOW, Step.CLAIMS),
    ],
)
def test_times_are_kept_to_the_minute_of_skew(world, changed, at, step):
    report = world.examine(world.signed(world.claims(**changed)), at=at)
    assert report.verified if step is None else failed(report) is step


@pytest.mark.parametrize("points", [-5, 5, "-5", "1e2", "5,5", None, [], {}])
def test_an_amount_of_points_that_is_none_is_refused_although_it_is_signed(world, points):
    ecvet = world.claims()["ecvet"]
    for changed in (
        {**ecvet, "points": {"value": points, "system": "ecvet"}},
        {**ecvet, "points": [points]},
        {**ecvet, "units": [{**ecvet["units"][0], "points": {"value": points}}]},
        {**ecvet, "units": ["COLOUR"]},
    ):
        assert failed(world.examine(world.signed(world.claims(ecvet=changed)))) is Step.CLAIMS
    without = {**ecvet, "units": [{name: one for name, one in ecvet["units"][0].items() if name != "points"}]}
    assert world.examine(world.signed(world.claims(ecvet=without))).verified


def test_an_unknown_status_is_refused_unless_it_is_accepted_explicitly(world):
    data = world.signed(world.claims(status={"status_list": {"idx": 3, "uri": "https://koulu.example/status/1"}}))
    assert failed(world.examine(data)) is Step.STATUS
    found = world.examine(data, policy=Genuine()).verified
    assert {one.step: one.outcome for one in found.steps}[Step.STATUS] is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "changed",
    [
        {"vct": None},
        {"vct": "https://other.example/type", "decision": None},
        {"vct#integrity": "sha256-AAAA"},
        {"ecvet": {}},
        {"ecvet": "ECVET"},
        {"decision": {"by": "https://other.example"}},
        {"qualification": []},
    ],
)
def test_claims_have_the_form_of_their_published_type(world, changed):
    report = world.examine(world.signed(world.claims(**changed)))
    if changed.get("vct") == "https://other.example/type":
        outcomes = {one.step: one.outcome for one in report.steps}
        assert report.verified
        assert (outcomes[Step.CLAIMS], outcomes[Step.FUNCTION]) == (Outcome.UNKNOWN, Outcome.UNKNOWN)
    else:
        assert failed(report) in (Step.CLAIMS, Step.FUNCTION)


@pytest.mark.rule("R-RECOG-7")
def test_a_credential_that_claims_an_effect_on_professional_recognition_is_refused(world):
    ecvet = world.claims()["ecvet"]
    for effect in ({"effect": True}, {}, None):
        data = world.signed(world.claims(ecvet={**ecvet, "professional_recognition": effect}))
        assert failed(world.examine(data)) is Step.CLAIMS


def test_a_member_of_the_type_that_is_missing_is_named(world):
    for name in ("title", "issuer", "qualification", "ecvet", "decision", "chain"):
        claims = world.claims()
        del claims[name]
        report = world.examine(world.signed(claims))
        assert failed(report) in (Step.CLAIMS, Step.FUNCTION)


def test_what_every_certificate_shows_may_not_be_withheld(world):
    payload, disclosures = sdjwt.conceal(world.claims(), frozenset({("ecvet",)}), lambda: b"0" * 16)
    assert failed(world.examine(world.signed(payload, disclosures=disclosures))) is Step.CLAIMS


def test_the_learner_may_withhold_who_she_is_and_the_rest_still_holds(world):
    found = world.examine(sdjwt.present(world.issue(), frozenset({("family_name",)}))).verified
    assert found.claims["family_name"] == "Álvarez"
    assert not {"given_name", "birthdate", "sub"} & found.claims.keys()


def test_only_the_holder_can_present_a_bound_credential(world):
    data = world.issue(holder=world.holder.public_key())
    asked = HolderBound("https://erik.example", "n-1")
    bound = key_binding.bind(data, world.holder, audience="https://erik.example", nonce="n-1", at=NOW)
    assert world.examine(bound, policy=asked).verified.holder.nonce == "n-1"
    assert failed(world.examine(data, policy=asked)) is Step.HOLDER
    stolen = key_binding.bind(data, world.stranger, audience="https://erik.example", nonce="n-1", at=NOW)
    assert failed(world.examine(stolen, policy=asked)) is Step.HOLDER


@given(st.data())
def test_any_one_byte_changed_in_a_credential_makes_it_fail(world, data):
    signed = world.issue(holder=world.holder.public_key())
    place = data.draw(st.integers(0, len(signed) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != signed[place]))
    report = world.examine(signed[:place] + bytes([byte]) + signed[place + 1 :])
    assert report.verified is None
    assert isinstance(report.error, VerificationError)


@given(st.binary(max_size=200))
def test_whatever_is_given_is_answered_with_the_one_family_of_errors(world, data):
    assert world.examine(data).error is not None


@given(st.data())
def test_a_credential_cut_or_spliced_anywhere_fails(world, data):
    signed = world.issue()
    start = data.draw(st.integers(0, len(signed)))
    end = data.draw(st.integers(0, len(signed)))
    spliced = signed[:start] + signed[end:]
    if spliced != signed and not _is_presentation(signed, spliced):
        assert world.examine(spliced).verified is None


def _is_presentation(signed: bytes, other: bytes) -> bool:
    """Leaving out whole disclosures is what the holder may do."""
    return other.endswith(b"~") and other.split(b"~")[0] == signed.split(b"~")[0] and set(
        other.split(b"~")
    ) <= set(signed.split(b"~"))  # fmt: skip


def test_the_error_of_a_failed_verification_is_raised_with_its_step(world):
    with pytest.raises(VerificationError) as caught:
        verify(world.issue(), world.trust, Genuine(), NOW - timedelta(days=3650))
    assert caught.value.step is Step.TIME


def test_each_type_demands_a_function_of_its_issuer():
    assert {one.function for one in TYPES.values()} == {Function.RECOGNISE, Function.AWARD}


def test_a_credential_that_was_issued_to_expire_expires(world):
    data = world.issue(until=NOW)
    assert world.examine(data, at=NOW - timedelta(days=1)).verified.expires == NOW
    assert failed(world.examine(data, at=NOW + timedelta(minutes=1))) is Step.TIME


def test_a_damaged_certificate_is_refused_whichever_byte_was_damaged(world):
    chain = base64.b64decode(world.key.header["x5c"][0])
    for place in range(len(chain)):
        broken = chain[:place] + bytes([chain[place] ^ 0x55]) + chain[place + 1 :]
        data = world.signed(world.claims(), header={"x5c": [base64.b64encode(broken).decode()]})
        assert failed(world.examine(data)) in (Step.PROOF, Step.ISSUER), place
