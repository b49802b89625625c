"""Bounds of points, units and shares in the reader's language."""

from decimal import Decimal

from django.utils.translation import gettext as _

from ecvet.qualification.requirements import Window
from ecvet_platform.people.language import number


def within(window: Window) -> str:
    """Bounds of any number in words."""
    return _bound(window, (_("exactly %(n)s"), _("at least %(n)s"), _("at most %(n)s"), _("%(least)s to %(most)s")))


def points_within(window: Window) -> str:
    """Bounds of points in words."""
    return _bound(window, (_("exactly %(n)s points"), _("at least %(n)s points"), _("at most %(n)s points"),
                           _("%(least)s to %(most)s points")))  # fmt: skip


def pieces_within(window: Window) -> str:
    """Bounds of a number of units or other pieces of credit in words."""
    return _bound(window, (_("exactly %(n)s units"), _("at least %(n)s units"), _("at most %(n)s units"),
                           _("%(least)s to %(most)s units")))  # fmt: skip


def share_within(window: Window) -> str:
    """Bounds of a share of all points in words, in percent."""
    percent = Window(*(None if one is None else one * 100 for one in (window.minimum, window.maximum)))
    return _bound(percent, (_("exactly %(n)s %% of the points"), _("at least %(n)s %% of the points"),
                            _("at most %(n)s %% of the points"),
                            _("%(least)s to %(most)s %% of the points")))  # fmt: skip


def _bound(window: Window, words: tuple[str, str, str, str]) -> str:
    exactly, least, most, between = words
    low, high = window.minimum, window.maximum
    if low is None:
        return most % {"n": number(high or Decimal(0))}
    if high is None:
        return least % {"n": number(low)}
    return exactly % {"n": number(low)} if low == high else between % {"least": number(low), "most": number(high)}
