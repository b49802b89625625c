"""What can be wrong with an equivalence, and why credit from one version does not count in another."""

from ecvet.errors import EcvetError


class NothingEquals(EcvetError):
    """An equivalence without units on one of its sides, or from a unit to itself."""

    code = "correspondence.equivalence.empty"
    sentence = "An equivalence needs at least one unit on each side, and different ones: {from_} → {to}."
    remedy = "Name the units that are given and the units for which they count."
    status = 422


class ShareOutOfRange(EcvetError):
    """A ratio that gives nothing, or more than the target units carry."""

    code = "correspondence.equivalence.share-out-of-range"
    sentence = "An equivalence cannot carry {ratio} of the points of its target."
    remedy = "Give a share above 0 and at most 1; 1 means all of them."
    status = 422


class NoEquivalence(EcvetError):
    """Credit of one unit version claimed for another without an explicit equivalence (R-UNIT-12)."""

    code = "correspondence.equivalence.missing"
    sentence = "{held} does not count for {wanted} on {on}: {why}."
    remedy = "Ask the competent institution of {wanted} to decide on an equivalence, or have the outcomes assessed."
    status = 409
