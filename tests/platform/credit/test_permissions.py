"""Each step for the right role of the right party, and for nobody else: every role of every institution tries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from albas_story import (
    AUTHORITY,
    COLOURING,
    CUTTING,
    DECIDED,
    ELSEWHERE,
    GROUND,
    HAIR,
    LYON,
    SENT,
    TESTED,
    TURIN,
    Story,
    because,
    results,
    text,
    until,
)
from ecvet.credit.decision_errors import NotComplete
from ecvet.credit.portfolio import Claim
from ecvet.errors import EcvetError
from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.credentials.actions import issue
from ecvet_platform.credit.actions import (
    accumulate,
    appeal,
    assess,
    portfolio,
    reading,
    recognise,
    transcript,
    validate,
)
from ecvet_platform.people.roles import Actor, Role

INSTITUTIONS = (TURIN, LYON, AUTHORITY, ELSEWHERE)
Take = Callable[[Actor], object]


@dataclass(frozen=True)
class Prepared:
    """A step, ready to be taken on a day by whoever may: the parties and roles for which it is."""

    take: Take
    on: date
    institution: Identifier | None
    roles: frozenset[Role]


def assessed(story: Story) -> Prepared:
    thread = story.agree()

    def take(actor: Actor) -> object:
        return assess.assess(
            thread, unit=CUTTING.id, outcomes=results(CUTTING), methods=("x",), place="x", on=TESTED, actor=actor
        )

    return Prepared(take, TESTED, LYON, frozenset({Role.ASSESSOR}))


def transferred(story: Story) -> Prepared:
    thread = story.agree()
    story.assess(thread)
    may = frozenset({Role.ASSESSOR, Role.COORDINATOR, Role.COMPETENT_INSTITUTION})
    return Prepared(lambda actor: transcript.transfer(thread, actor=actor), SENT, LYON, may)


def sent(story: Story) -> tuple[Identifier, Address]:
    thread = story.agree()
    story.assess(thread)
    return thread, story.transfer(thread).address


def corrected(story: Story) -> Prepared:
    thread, _ = sent(story)
    story.assess(thread, failed=("cuts",))
    may = frozenset({Role.ASSESSOR, Role.COORDINATOR, Role.COMPETENT_INSTITUTION})
    wrong = reading.assessments(reading.ground(thread))[0].address
    return Prepared(
        lambda actor: transcript.correct(thread, reason=text("Wrong"), without=frozenset({wrong}), actor=actor),
        DECIDED, LYON, may,
    )  # fmt: skip


def acknowledged(story: Story) -> Prepared:
    thread, _ = sent(story)
    may = frozenset({Role.COORDINATOR, Role.COMPETENT_INSTITUTION})
    return Prepared(lambda actor: transcript.acknowledge(thread, actor=actor), DECIDED, TURIN, may)


def validated(story: Story) -> Prepared:
    _, address = sent(story)
    with story.on(DECIDED):
        proposal = validate.compare(address, CUTTING.id, actor=story.actor("Bruno")).proposal

    def take(actor: Actor) -> object:
        return validate.validate(address, unit=CUTTING.id, comparison=proposal, ground=GROUND, actor=actor)

    return Prepared(take, DECIDED, TURIN, frozenset({Role.COORDINATOR, Role.COMPETENT_INSTITUTION}))


def asked(story: Story) -> Prepared:
    _, address = sent(story)
    return Prepared(
        lambda actor: validate.ask(address, unit=CUTTING.id, what=text("Photographs"), actor=actor),
        DECIDED, TURIN, frozenset({Role.COORDINATOR, Role.COMPETENT_INSTITUTION}),
    )  # fmt: skip


def recognised(story: Story) -> Prepared:
    _, address = sent(story)
    validation = story.validate(address).address
    return Prepared(
        lambda actor: recognise.recognise(validation, ground=GROUND, actor=actor),
        DECIDED, AUTHORITY, frozenset({Role.COMPETENT_INSTITUTION}),
    )  # fmt: skip


def refusal(story: Story) -> Address:
    _, address = sent(story)
    validation = story.validate(address).address
    decision = story.recognise(validation, outcomes=frozenset(), reasons=because(), remedy=until(date(2026, 12, 1)))
    return decision.address


def appealed(story: Story) -> Prepared:
    decision = refusal(story)
    return Prepared(lambda actor: appeal.appeal(decision, text=text("No"), actor=actor), DECIDED, None, frozenset())


def answered(story: Story) -> Prepared:
    decision = refusal(story)
    with story.on(DECIDED):
        lodged = appeal.appeal(decision, text=text("No"), actor=story.actor("Alba")).address
    return Prepared(
        lambda actor: recognise.answer_appeal(lodged, ground=GROUND, actor=actor),
        DECIDED, AUTHORITY, frozenset({Role.COMPETENT_INSTITUTION}),
    )  # fmt: skip


def achieved(story: Story) -> Prepared:
    return Prepared(
        lambda actor: accumulate.enter_achievement(story.alba, unit=COLOURING.id, qualification=HAIR, actor=actor),
        DECIDED, TURIN, frozenset({Role.COORDINATOR}),
    )  # fmt: skip


def awarded(story: Story) -> Prepared:
    story.through(story.agree())
    story.own()
    return Prepared(
        lambda actor: accumulate.award(story.alba, HAIR, ground=GROUND, actor=actor),
        DECIDED, AUTHORITY, frozenset({Role.COMPETENT_INSTITUTION}),
    )  # fmt: skip


def issued(story: Story) -> Prepared:
    decision = story.through(story.agree()).address
    return Prepared(
        lambda actor: issue.issue(decision, actor=actor), DECIDED, AUTHORITY, frozenset({Role.COMPETENT_INSTITUTION})
    )


def identified(story: Story) -> Prepared:
    claim = Claim(unit=CUTTING.id, outcome="cuts", statement=text("Ten years"))
    return Prepared(
        lambda actor: portfolio.identify(
            story.alba, qualification=HAIR, claims=(claim,), procedure=text("Decree"), actor=actor
        ),
        TESTED, AUTHORITY, frozenset({Role.COORDINATOR, Role.COMPETENT_INSTITUTION}),
    )  # fmt: skip


STEPS = (
    assessed, transferred, corrected, acknowledged, validated, asked, recognised, appealed, answered, achieved, awarded,
    issued, identified,
)  # fmt: skip


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_a_step_is_for_the_right_role_and_for_nobody_else(story: Story, step: Callable[[Story], Prepared]) -> None:
    prepared = step(story)
    right: list[Actor] = []
    with story.on(prepared.on):
        for number, institution in enumerate(INSTITUTIONS):
            for role in Role:
                name = f"{role.value}{number}"
                story.add(name, institution, role)
                actor = story.actor(name)
                if institution == prepared.institution and role in prepared.roles:
                    right.append(actor)
                    continue
                with pytest.raises(EcvetError) as refused:
                    prepared.take(actor)
                assert refused.value.status in (403, 404), (name, refused.value)
                if institution == ELSEWHERE and role in prepared.roles:
                    assert refused.value.status == 404, (name, refused.value)  # strangers learn nothing
        if prepared.institution is not None:
            with pytest.raises(EcvetError) as refused:
                prepared.take(story.actor("Alba"))
            assert refused.value.status in (403, 404)
            prepared.take(right[0])
        else:
            prepared.take(story.actor("Alba"))


def test_a_learner_does_not_assess_herself(story: Story) -> None:
    from ecvet.credit.errors import AssessorIsLearner
    from ecvet_platform.people import actions as people

    thread = story.agree()
    people.give_role(story.accounts["Alba"], LYON, Role.ASSESSOR)
    alba = people.actor(story.accounts["Alba"].id, LYON)
    with story.on(TESTED), pytest.raises(AssessorIsLearner):
        assess.assess(
            thread, unit=CUTTING.id, outcomes=results(CUTTING), methods=("x",), place="x", on=TESTED, actor=alba
        )


def test_an_award_waits_until_the_rules_are_met(story: Story) -> None:
    story.through(story.agree())
    with story.on(DECIDED), pytest.raises(NotComplete):
        accumulate.award(story.alba, HAIR, ground=GROUND, actor=story.actor("Dimitra"))
