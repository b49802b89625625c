"""What keeps one learner of a population from being decided. None of it stops the others."""

from ecvet.errors import EcvetError


class LineUnreadable(EcvetError):
    """A line of the input that is no learner with held credit."""

    code = "population.line.unreadable"
    sentence = "Line {line} is no learner with held credit: {why}."
    remedy = 'Write one JSON object a line, such as {{"learner": "1", "qualification": "CODE", "units": {{"A": "5"}}}}.'
    status = 422


class QualificationUnknown(EcvetError):
    """A line that names a qualification, or a path, that the register does not hold."""

    code = "population.qualification.unknown"
    sentence = "The register holds no qualification “{name}”{path}."
    remedy = "Name it by its code, its identifier or the name of its file without the ending; see what was unreadable."
    status = 404


class QualificationAmbiguous(EcvetError):
    """A name for which the register holds several: paths of one qualification, or versions of it."""

    code = "population.qualification.ambiguous"
    sentence = "The register holds several qualifications “{name}”: {which}."
    remedy = "Give the path, or name the qualification by its identifier."
    status = 409


class LearnerNotDecided(EcvetError):
    """A defect of ours that one learner brought to light. The others are decided all the same."""

    code = "population.learner.not-decided"
    sentence = "The learner of line {line} could not be decided: {why}."
    remedy = "Report the line and the qualification; this should not happen."
    status = 500
