"""How much people must do for one mobility: counted from “new mobility” to “all have signed”."""

import json

import stories_of as story
from ecvet.mobility import Role as Part
from ecvet_platform.mobility.actions import agreements, proposing
from effort import Person
from stories_of import Cast

MOST_OF_THE_COORDINATOR, MOST_OF_A_SIGNER = 12, 2


def test_a_mobility_costs_the_coordinator_twelve_inputs_at_most_and_each_signer_two(everybody: Cast):
    story.memorandum_in_force(everybody)
    bruno, chloe, alba = (Person(everybody.browser(name)) for name in ("Bruno", "Chloé", "Alba"))
    bruno.begin("/").follow("Propose a learning agreement").fill("learner", everybody.alba.id).press("Continue")
    bruno.fill("start", "2026-04-06").fill("end", "2026-05-29").fill("unit-0", "on")
    bruno.press("Put it to all parties")
    assert "To look at" not in bruno.text
    for signer in (alba, chloe):
        signer.begin("/").follow("Sign the learning agreement of Alba Rossi").press("Sign this version")
    bruno.begin("/").follow("Sign the learning agreement of Alba Rossi").press("Sign this version")

    (line,), _count = agreements.page(actor=everybody.actor("Bruno"))
    assert line.in_force == line.head
    item = agreements.agreement(line.thread, actor=everybody.actor("Bruno")).item.value
    judged = proposing.judge(item, actor=everybody.actor("Bruno"), thread=None)
    assert {one.severity for one in judged.findings} <= {"flag"}, judged.findings
    assert item.assessment.assessors[0].name == "Chloé"
    assert {one.role for one in item.parties} == {Part.HOME, Part.HOSTING, Part.LEARNER}
    figures = {"coordinator_inputs": len(bruno.inputs), "signer_inputs": max(len(alba.inputs), len(chloe.inputs))}
    print("\n" + json.dumps(figures))
    assert figures["coordinator_inputs"] <= MOST_OF_THE_COORDINATOR, bruno.inputs
    assert figures["signer_inputs"] <= MOST_OF_A_SIGNER, (alba.inputs, chloe.inputs)


def test_people_of_the_host_are_suggested_to_partners_under_a_memorandum_and_to_nobody_else(everybody: Cast):
    new = f"/agreements/new?learner={everybody.alba.id}&hosting={story.LYON}&next=1"
    bruno = everybody.browser("Bruno")
    assert "Chloé" not in bruno.get(new).content.decode()
    story.memorandum_in_force(everybody)
    assert 'value="Chloé"' in bruno.get(new).content.decode()


def test_where_several_people_could_assess_nobody_is_suggested(everybody: Cast):
    story.memorandum_in_force(everybody)
    story.people.give_role(everybody.accounts["Marc"], story.LYON, story.Role.ASSESSOR)
    new = f"/agreements/new?learner={everybody.alba.id}&hosting={story.LYON}&next=1"
    assert 'value="Chloé"' not in everybody.browser("Bruno").get(new).content.decode()
