"""What keeps accumulation from answering at all."""

from ecvet.errors import EcvetError


class DeclaredGroupUnknown(EcvetError):
    """A declared competence area, title or group that the rules do not have."""

    code = "credit.accumulate.declared-group-unknown"
    sentence = "The qualification has no group “{name}”."
    remedy = "Declare one of: {known}."
    status = 422


class TreeUnusable(EcvetError):
    """Rules of combination that cannot be computed with: two nodes with one id, or too many nodes."""

    code = "credit.accumulate.tree-unusable"
    sentence = "The rules of combination cannot be used: {why}."
    remedy = "Correct the rules; `ecvet lint` lists everything that is wrong with them."
    status = 422


class NoVersionApplies(EcvetError):
    """No version of a qualification was open when the learner began, and none is in force on the day."""

    code = "credit.accumulate.no-version-applies"
    sentence = "No version applies on {on} to a learner who began on {began}."
    remedy = "Give the versions that were in force, with their periods and the ends of their transitions."
    status = 422


class OverrideWithoutBasis(EcvetError):
    """A manual decision that does not say on which legal basis it stands, or what it accepts."""

    code = "credit.accumulate.override-without-basis"
    sentence = "The manual decision about {subject} names no legal basis, or does not say which unit it accepts."
    remedy = "Give the legal basis; name the accepted unit when something is accepted, and only then."
    status = 422
