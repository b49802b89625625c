"""How far somebody is, as bars: each group with its share as a length and the same in words."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecvet.credit.accumulation import Reach
from ecvet.terms import LangString
from ecvet_platform.people.language import number


@dataclass(frozen=True, slots=True)
class Bar:
    """One group: its title, how many points of how many, the share in per cent as text, and the groups below."""

    title: str
    said: str
    share: str
    is_full: bool
    below: "tuple[Bar, ...]"


def bars(groups: tuple[Reach, ...], whole: LangString) -> tuple[Bar, ...]:
    """The bars of groups in the reader's language; the group of the whole is called by the qualification's title."""
    return tuple(
        Bar(
            title=(one.title or whole).in_(get_language() or "en", "en"),
            said=_("%(reached)s of %(needed)s points") % {"reached": number(one.reached), "needed": number(one.needed)},
            share=str(one.share), is_full=one.is_full, below=bars(one.below, one.title or whole),
        )
        for one in groups
    )  # fmt: skip
