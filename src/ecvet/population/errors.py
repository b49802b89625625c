"""What keeps one line of a population from being decided or issued. None of it stops the others."""

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


class DraftUnreadable(EcvetError):
    """A line of the input that is no draft of a credential."""

    code = "population.draft.unreadable"
    sentence = "Line {line} is no draft of a credential: {why}."
    remedy = "Write one JSON object a line with “draft”; docs/integrate/credentials.md shows a whole one."
    status = 422


class DraftNotIssued(EcvetError):
    """A defect of ours that one draft brought to light. The others are issued all the same."""

    code = "population.draft.not-issued"
    sentence = "The credential of line {line} could not be issued: {why}."
    remedy = "Report the line without the names in it; this should not happen."
    status = 500
