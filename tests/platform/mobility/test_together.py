"""Two presses of the same button at the same time: one step is taken, the other is refused."""

import threading

import pytest
from django.db import connection

import stories_of as story
from ecvet.mobility import Verb
from ecvet.partnership import AgreementState
from ecvet.record import Act, StepNotPossible
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, signing, stays


@pytest.mark.django_db(transaction=True)
def test_of_two_who_seal_and_tell_at_once_only_one_succeeds(settings: object, tmp_path: object):
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    people = story.cast()
    thread, version = story.proposed(people)
    bruno = people.actor("Bruno")
    for name in ("Bruno", "Alba", "Chloé"):
        signing.answer(thread, version, Act.ACCEPT, actor=people.actor(name))
    steps = (
        lambda: signing.seal(thread, version, actor=bruno),
        lambda: stays.tell(thread, Verb.CONFIRM, on=clock.today(), actor=bruno),
    )
    for step in steps:
        answers: list[str] = []

        def press(step: object = step, answers: list[str] = answers) -> None:
            try:
                step()  # type: ignore[operator]
                answers.append("done")
            except StepNotPossible:
                answers.append("refused")
            finally:
                connection.close()

        both = [threading.Thread(target=press) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        assert sorted(answers) == ["done", "refused"]
    assert agreements.agreement(thread, actor=bruno).versions[0].state is AgreementState.IN_FORCE
    journal.verify()
