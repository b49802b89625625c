"""On which days somebody who was asked and has not answered is reminded: counted back from the last day of a round."""

from collections.abc import Iterable
from datetime import date, timedelta

from ecvet.qualification.consultation.rounds import Round, State


def reminder_due(item: Round, *, asked: date, reminded: date | None, before: Iterable[int], on: date) -> bool:
    """Whether somebody is reminded on a day; `before` are the days before the last one on which people are.

    Once for each of these days, and never on the day of the invitation or of another reminder; whoever missed some of
    them is reminded once. Nobody is reminded after the last day, nor where the round was closed.
    """
    if item.state(on) is not State.OPEN:
        return False
    last = max(asked, reminded or asked)
    return any(last < item.deadline - timedelta(days=one) <= on for one in before)
