"""How the units and groups of a draft are called on its pages."""

from ecvet_platform.drafts.actions import dividing
from ecvet_platform.qualifications.actions import Draft
from ecvet_platform.qualifications.words.rules import group_names, unit_names


def units(draft: Draft) -> dict[str, str]:
    """The units by code, each with its code and its title."""
    return unit_names(draft.qualification, dividing.units_of(draft))


def groups(draft: Draft) -> dict[str, str]:
    """The groups of the rules by id, without the whole."""
    return group_names(draft.qualification.rules)
