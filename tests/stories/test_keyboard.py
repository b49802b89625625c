"""A whole mobility by keyboard alone, from the learner who is entered to the recognition, by all who take part."""

from collections.abc import Callable
from datetime import date

from ecvet.examples.cast import ALBA, BRUNO, CHLOE, DIMITRA
from stories.examination import Examiner
from stories.keyboard import KeyboardVisitor
from stories.test_mobility import PLAN, agree, assess, enter, memorandum, publish, recognise, stay, transfer, validate
from stories.visitor import Visitor
from stories.world import begin


def test_a_whole_mobility_needs_no_mouse(
    visitor: Callable[..., Visitor], turn_to: Callable[[date], None], examiner: Examiner
) -> None:
    examiner.rests = True  # `test_mobility` meets the same pages
    turn_to(PLAN.proposed)
    begin()
    bruno, chloe, dimitra, alba = (
        visitor(one.name, one.email, hands=KeyboardVisitor, locale="en-US")
        for one in (BRUNO, CHLOE, DIMITRA, ALBA.figure)
    )
    publish(dimitra)
    memorandum(bruno, chloe)
    enter(bruno)
    agreement = agree(bruno, alba, chloe)
    stay(bruno, chloe, agreement, turn_to)
    assess(chloe, turn_to)
    turn_to(PLAN.transferred)
    transfer(chloe, bruno)
    turn_to(PLAN.recognised)
    validate(bruno)
    recognise(dimitra)
    assert all(isinstance(one, KeyboardVisitor) and one.presses > 20 for one in (bruno, chloe, dimitra, alba))
