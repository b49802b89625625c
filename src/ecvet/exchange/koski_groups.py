"""The four groups that a record of KOSKI may declare a unit for, found again in the rules of a qualification."""

from typing import Final

from ecvet.qualification.combination import UnitPlace, walk
from ecvet.qualification.qualification import Qualification

GROUPS: Final = {
    "1": "Ammatilliset tutkinnon osat",
    "2": "Yhteiset tutkinnon osat",
    "3": "Vapaasti valittavat tutkinnon osat",
    "4": "Tutkintoa yksilöllisesti laajentavat tutkinnon osat",
}
"""National codes (koodisto ammatillisentutkinnonosanryhma) and the titles that the requirements use for them."""


def declared_place(towards: Qualification, group: str) -> str:
    """The id of the topmost group or slot with the group's title; the title where the rules have none; empty for no
    group."""
    title = GROUPS.get(group, group)
    if not title:
        return ""
    return min(
        (
            (place.depth, place.id)
            for place in walk(towards.rules.root)
            if not isinstance(place.node, UnitPlace)
            and place.node.title
            and title.casefold() in (" ".join(text.split()).casefold() for _, text in place.node.title.texts)
        ),
        default=(0, title),
    )[1]
