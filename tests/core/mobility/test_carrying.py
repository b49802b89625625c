"""A new common text: what deviates for one learner stays, all else follows (R-LA-8, R-LA-12)."""

from dataclasses import replace
from datetime import date

import pytest

from ecvet.mobility import AgreedUnit, AssessmentPlan, Member, Party, Role, State, can_follow, carried_over
from ecvet.mobility.agreement import LearningAgreement
from ecvet.record import Recorded, address_of
from ecvet.terms import Identifier, LangString, Period

HOME, HOST, OTHER = (Identifier(f"https://{one}.example") for one in ("home", "host", "other"))
ALBA, GAIA = Identifier("urn:uuid:1"), Identifier("urn:uuid:2")
CUT, DYE, SHAVE = (Identifier(f"urn:x:{one}") for one in ("cut", "dye", "shave"))


def unit(name: Identifier, *outcomes: str, part: bool = False) -> AgreedUnit:
    title = LangString.of({"en": name})
    return AgreedUnit(unit=name, code=name, title=title, outcomes=frozenset(outcomes or "ab"), part=part)


OLD = LearningAgreement(
    parties=(Party(role=Role.HOME, id=HOME), Party(role=Role.HOSTING, id=HOST)),
    period=Period(date(2026, 4, 6), date(2026, 5, 29)), qualification=Identifier("urn:x:q"),
    qualification_title=LangString.of({"en": "Hair"}), units=(unit(CUT), unit(DYE)), hosting_place="Lyon",
    assessment=AssessmentPlan(methods=("talk",), place="School"),
)  # fmt: skip
BEFORE = Recorded(OLD, address_of(b"old"))
NEW = Recorded(
    replace(
        OLD, period=Period(date(2026, 4, 6), date(2026, 6, 12)), hosting_place="Paris", units=(unit(CUT), unit(SHAVE)),
        assessment=AssessmentPlan(methods=("task",), place="School"),
    ),
    address_of(b"new"),
)  # fmt: skip


def own(**changes: object) -> LearningAgreement:
    parties = (*OLD.parties, Party(role=Role.LEARNER, id=ALBA), Party(role=Role.GUARDIAN, id=GAIA))
    return replace(OLD, **{"parties": parties, "group": BEFORE.address, **changes})  # type: ignore[arg-type]


def carried(guardian: Identifier | None = GAIA, **changes: object) -> LearningAgreement:
    return carried_over(BEFORE, NEW, own(**changes), guardian=guardian)


@pytest.mark.rule("R-LA-8")
def test_who_deviates_in_nothing_gets_the_new_text_and_stays_who_she_is() -> None:
    made = carried()
    assert made.parties == own().parties
    assert replace(made, parties=OLD.parties, group=None) == NEW.value
    assert made.group == NEW.address


def test_a_learner_who_came_of_age_signs_the_new_version_alone() -> None:
    assert carried(guardian=None).party(Role.GUARDIAN) is None


def test_what_deviates_is_kept_member_by_member() -> None:
    made = carried(hosting_place="Nice", assessment=AssessmentPlan(methods=("talk",), place="Salon"))
    assert (made.hosting_place, made.period) == ("Nice", NEW.value.period)
    assert made.assessment == AssessmentPlan(methods=("task",), place="Salon")


def test_units_follow_and_those_of_one_learner_stay() -> None:
    only = unit(CUT, "a", part=True)
    extra = unit(Identifier("urn:x:extra"))
    assert carried(units=(only, unit(DYE))).units == (only, unit(SHAVE))
    assert carried(units=(unit(CUT), unit(DYE), extra)).units == (unit(CUT), unit(SHAVE), extra)
    assert carried(units=(unit(DYE),)).units == (unit(SHAVE),), "a unit that she alone left out stays out"
    assert carried(units=(unit(CUT), unit(DYE, "a", part=True))).units[-1] == unit(DYE, "a", part=True)


def test_another_host_of_one_learner_stays() -> None:
    parties = (Party(role=Role.HOME, id=HOME), Party(role=Role.HOSTING, id=OTHER), Party(role=Role.LEARNER, id=ALBA))
    assert carried(guardian=None, parties=parties).party(Role.HOSTING) == OTHER


@pytest.mark.parametrize(("stay", "answer"), [(None, True), (State.STARTED, True), *((one, False) for one in (
    State.ENDED, State.CLOSED, State.CANCELLED, State.NO_SHOW))])  # fmt: skip
def test_only_what_is_not_over_can_follow(stay: State | None, answer: bool) -> None:
    member = Member(thread=ALBA, agreement=own(), proposed=False, in_force=True, stay=stay)
    assert can_follow(member) is answer
    assert not can_follow(replace(member, in_force=False))
