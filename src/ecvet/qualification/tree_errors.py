"""What can be wrong with rules of combination as values."""

from ecvet.errors import EcvetError


class WindowContradictory(EcvetError):
    """A window whose minimum lies above its maximum (R-COMP-2)."""

    code = "qualification.combination.window-contradictory"
    sentence = "A window from {minimum} to {maximum} contains nothing."
    remedy = "Correct one of the two bounds; leave a bound out where there is none."
    status = 422


class PlaceUnknown(EcvetError):
    """A place of a tree that is not there, or is no group where a group is needed."""

    code = "qualification.combination.place-unknown"
    sentence = "The rules have no place “{place}” for this."
    remedy = "Look at the rules as they are now; somebody may have moved or removed the part."
    status = 409


class MoveImpossible(EcvetError):
    """A part moved where there is nothing."""

    code = "qualification.combination.move-impossible"
    sentence = "The part “{place}” cannot be moved {way}."
    remedy = "Move it within its group, into a group before it, or out of its group; the whole stays where it is."
    status = 409


class RequirementUnknown(EcvetError):
    """A requirement across the tree that is not there."""

    code = "qualification.rules.requirement-unknown"
    sentence = "The rules have no requirement {number} of the kind “{kind}”."
    remedy = "Read the rules again; somebody may have removed it."
    status = 409
