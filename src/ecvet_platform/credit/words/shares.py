"""How the share of a part was found, in words: what the outcomes weigh, and how the result was rounded."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecvet.credit.recognition import Reconsideration
from ecvet.credit.shares import GRAIN, Rounding
from ecvet.qualification.unit import Unit
from ecvet_platform.credit.words import Words
from ecvet_platform.people.language import number

ROUNDINGS: Words = {
    Rounding.DOWN: gettext_lazy("down to the step below"),
    Rounding.NEAREST: gettext_lazy("to the nearest step, from the middle to the one above"),
}

STEPS = ("0.01", "0.1", "0.25", "0.5", "1")
"""The steps of points that a form offers."""


def share_said(method: Reconsideration, unit: Unit, language: str) -> tuple[str, ...]:
    """A line for each outcome with its weight of all of them, then one about rounding; none without a stated share."""
    if method.rounding is None:
        return ()
    whole = sum(one.weight for one in method.weights)
    named = {one.id: one.text.in_(language, "en") for one in unit.outcomes}
    weighed = tuple(
        _("%(outcome)s: weight %(weight)s of %(whole)s")
        % {"outcome": named.get(one.outcome, one.outcome), "weight": number(one.weight), "whole": number(whole)}
        for one in method.weights
    )
    steps = {"step": number(method.grain or GRAIN)}
    rounded = (
        _("Rounded down to steps of %(step)s.") % steps if method.rounding is Rounding.DOWN
        else _("Rounded to the nearest step of %(step)s, from the middle to the one above.") % steps
    )  # fmt: skip
    return (*(weighed or (_("Each required outcome weighs the same."),)), rounded)
