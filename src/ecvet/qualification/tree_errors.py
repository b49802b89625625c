"""What can be wrong with rules of combination as values."""

from ecvet.errors import EcvetError


class WindowContradictory(EcvetError):
    """A window whose minimum lies above its maximum (R-COMP-2)."""

    code = "qualification.combination.window-contradictory"
    sentence = "A window from {minimum} to {maximum} contains nothing."
    remedy = "Correct one of the two bounds; leave a bound out where there is none."
    status = 422
