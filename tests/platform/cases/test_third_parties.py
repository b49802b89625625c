"""What if there are more than two institutions: an intermediary that organises, a school that assesses elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

import stories_of as story
from ecvet.credit.assessment import Assessor, OutcomeResult, Result
from ecvet.credit.errors import NotTheHost
from ecvet.mobility import AssessmentPlan, LearningAgreement, Party, Responsible
from ecvet.mobility import Role as Part
from ecvet.mobility.errors import IntermediaryMayNotAssess
from ecvet.partnership import AgreementState, Function, OtherActor
from ecvet.record import Act, StepNotYours
from ecvet.terms import Country, Identifier
from ecvet_platform.credit.actions import assess, looking, transcript
from ecvet_platform.credit.errors import BasisUnknown
from ecvet_platform.institutions.actions import memoranda, register
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, proposing, signing
from ecvet_platform.people import actions as people
from ecvet_platform.people.roles import Role
from stories_of import Cast

BROKER, SCHOOL = Identifier("https://broker.example/"), Identifier("https://cfa.example/")
MEMORANDUM = replace(
    story.MEMORANDUM,
    other_actors=(
        OtherActor(id=BROKER, name=story.text("Broker"), country=Country("FR"), functions=(Function.DOCUMENT,)),
        OtherActor(id=SCHOOL, name=story.text("CFA"), country=Country("FR"), functions=(Function.ASSESS,)),
    ),
)
DURING = datetime(2026, 5, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    with clock.fixed(story.NOW):
        yield


def joined(cast: Cast, name: str, where: Identifier, *roles: Role) -> None:
    """Somebody of a third institution, which is entered."""
    register.enter(
        story.institution(where, name, "FR", Function.ASSESS), actor=cast.actor("Dimitra"), contact={"person": name}
    )
    cast.accounts[name] = people.register(email=f"{name.lower()}@example.org", name=name)
    for role in roles:
        people.give_role(cast.accounts[name], where, role)


def draft(cast: Cast, *parties: Party, assessed_by: Identifier = story.LYON) -> LearningAgreement:
    bruno, chloe = cast.actor("Bruno"), cast.actor("Chloé")
    thread = memoranda.propose(MEMORANDUM, actor=bruno)
    version = memoranda.memorandum(thread, actor=bruno).item.address
    for actor in (chloe, bruno):
        memoranda.answer(thread, version, Act.ACCEPT, actor=actor)
    item = story.draft(cast.alba, version)
    plan = AssessmentPlan(assessors=(Responsible(function="assess", institution=assessed_by, name="Somebody"),))
    return replace(item, parties=(*item.parties, *parties), assessment=plan)


def signed(cast: Cast, item: LearningAgreement, *names: str) -> Identifier:
    thread = proposing.put_forward(item, actor=cast.actor("Bruno"))
    version = agreements.agreement(thread, actor=cast.actor("Bruno")).item.address
    for name in ("Alba", "Chloé", *names, "Bruno"):
        signing.answer(thread, version, Act.ACCEPT, actor=cast.actor(name))
    return thread


def achieved() -> tuple[OutcomeResult, ...]:
    return tuple(OutcomeResult(outcome=one.id, result=Result.ACHIEVED, remark="well done")
                 for one in story.UNITS[0].outcomes)  # fmt: skip


def test_an_intermediary_signs_and_assesses_nothing(everybody: Cast):
    """Case 13: the intermediary is a party that signs and sees; it never assesses."""
    joined(everybody, "Bo", BROKER, Role.COORDINATOR, Role.ASSESSOR)
    broker = Party(role=Part.INTERMEDIARY, id=BROKER)
    item = draft(everybody, broker)
    with pytest.raises(IntermediaryMayNotAssess):
        proposing.put_forward(
            replace(item, assessment=AssessmentPlan(
                assessors=(Responsible(function="assess", institution=BROKER, name="Bo"),))),
            actor=everybody.actor("Bruno"),
        )  # fmt: skip
    thread = signed(everybody, item)
    bruno, bo = everybody.actor("Bruno"), everybody.actor("Bo")
    assert agreements.agreement(thread, actor=bruno).versions[0].state is AgreementState.PROPOSED
    signing.answer(thread, agreements.agreement(thread, actor=bo).item.address, Act.ACCEPT, actor=bo)
    signing.seal(thread, agreements.agreement(thread, actor=bruno).item.address, actor=bruno)
    shown = everybody.browser("Bo").get(f"/agreements/{story.key(thread)}").content.decode()
    assert "organises the stay and signs" in shown
    with clock.fixed(DURING), pytest.raises(BasisUnknown):
        assess.assess(
            thread, unit=story.CUTTING, outcomes=achieved(), methods=("practical task",), place="Lyon",
            on=DURING.date(), actor=bo,
        )  # fmt: skip


def test_the_form_offers_the_intermediary_and_the_assessing_bodies_of_the_memorandum(everybody: Cast):
    """Case 13 and 14: what only some agreements have is asked only where the memorandum names somebody."""
    address = f"/agreements/new?learner={everybody.alba.id}&hosting={story.LYON}&next=1"
    story.memorandum_in_force(everybody)
    plain = everybody.browser("Bruno").get(address).content.decode()
    assert 'name="intermediary"' not in plain
    assert 'name="assessing"' not in plain
    draft(everybody)
    offered = everybody.browser("Bruno").get(address).content.decode()
    assert f'<option value="{BROKER}">Broker</option>' in offered
    assert f'<option value="{SCHOOL}">CFA</option>' in offered
    assert 'name="assessing"' in offered
    assert f'<option value="{story.TURIN}"' not in offered.partition('id="id_assessing"')[2].partition("</select>")[0]


def test_a_school_assesses_practice_in_a_company_that_hosts_the_learner(everybody: Cast):
    """Case 14: the school that the agreement names assesses and issues the transcript; the host does not."""
    joined(everybody, "Sylvie", SCHOOL, Role.ASSESSOR)
    thread = signed(everybody, draft(everybody, assessed_by=SCHOOL))
    with clock.fixed(DURING):
        sylvie, chloe = everybody.actor("Sylvie"), everybody.actor("Chloé")
        assert [one[0] for one in looking.to_assess(actor=sylvie, on=DURING.date())] == [thread]
        assert looking.to_assess(actor=chloe, on=DURING.date()) == ()
        shown = everybody.browser("Sylvie").get(f"/agreements/{story.key(thread)}").content.decode()
        assert "assesses, not the hosting institution." in shown
        given = {"unit": story.CUTTING, "outcomes": achieved(), "methods": ("practical task",), "place": "Salon",
                 "on": DURING.date()}  # fmt: skip
        with pytest.raises((StepNotYours, NotTheHost, BasisUnknown)):
            assess.assess(thread, actor=chloe, deviations=story.text("salon"), **given)
        made = assess.assess(thread, actor=sylvie, deviations=story.text("At the salon, by the school"), **given)
        assert made.value.institution == SCHOOL
        assert all(isinstance(one, Assessor) for one in made.value.assessors)
        assert transcript.transfer(thread, actor=sylvie).value.issuer == SCHOOL
        assert everybody.browser("Erik").get(f"/agreements/{story.key(thread)}").status_code == 404
