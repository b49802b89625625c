from datetime import date

import stories_of as story

from ecvet.mobility import State, Verb
from ecvet.partnership import AgreementState
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, stays


def test_smoke(everybody):
    thread, version = story.in_force(everybody)
    bruno, chloe = everybody.actor("Bruno"), everybody.actor("Chloé")
    seen = agreements.agreement(thread, actor=bruno)
    assert seen.in_force == version
    assert seen.versions[0].state is AgreementState.IN_FORCE
    assert stays.tell(thread, Verb.CONFIRM, on=clock.today(), actor=bruno).state is State.READY
    assert stays.tell(thread, Verb.START, on=date(2026, 4, 6), actor=chloe).state is State.STARTED
    journal.verify()
