"""What can be wrong with a file from outside."""

from ecvet.errors import EcvetError


class FileNotUnderstood(EcvetError):
    """Bytes that are none of the formats known, or break the rules of the one they claim to be."""

    code = "exchange.file.not-understood"
    sentence = "{name} cannot be read as a qualification: {why}."
    remedy = (
        "Known formats: ecvet/1 (YAML or JSON), ePerusteet (JSON), openECVET (XML). Correct the file or ask its sender."
    )
    status = 422


class FileDangerous(EcvetError):
    """A file that could exhaust or mislead its reader: entities, aliases, duplicate names, too deep, too large."""

    code = "exchange.file.dangerous"
    sentence = "{name} is not read, because {why}."
    remedy = "Ask the sender for a plain file without it."
    status = 422


class PathNotChosen(EcvetError):
    """A file that holds several ways to the qualification, with different rules, and none was chosen."""

    code = "exchange.file.path-not-chosen"
    sentence = "{name} holds several paths with different rules: {paths}."
    remedy = "Choose one of them, for example with --path {first}."
    status = 422


class PathUnknown(EcvetError):
    """A path was chosen that the file does not hold."""

    code = "exchange.file.path-unknown"
    sentence = "{name} has no path “{path}”; it has {paths}."
    remedy = "Choose one of the paths that it has."
    status = 422


class HeldUnreadable(EcvetError):
    """A file or line of held credit that is not what is read as such. The code is older than its place here."""

    code = "cli.accumulate.held-unreadable"
    sentence = "{file} is not a list of held credit: {why}."
    remedy = 'Write JSON such as {{"units": {{"100114": "35"}}, "other_units_points": ["5"]}}.'
    status = 422


class OverrideUnreadable(EcvetError):
    """A manual decision in a file of held credit that lacks something, or says something that is not known."""

    code = "exchange.held.override-unreadable"
    sentence = "{file}: manual decision {number} cannot be read: {why}."
    remedy = (
        'Write {{"kind": "waive" or "accept", "subject": "100114", "by": "https://school.example/", '
        '"on": "2025-01-31", "reason": "…", "legal_basis": "…"}}, with "accepts" for accept, "until" where it expires.'
    )
    status = 422


class PartUnreadable(EcvetError):
    """A sub-area of a unit in a file of held credit that lacks something, or says something that is not known."""

    code = "exchange.held.part-unreadable"
    sentence = "{file}: part {number} cannot be read: {why}."
    remedy = 'Write {{"unit": "400012", "sub_area": "AI", "points": "4"}}.'
    status = 422


class NeighbourUnreadable(EcvetError):
    """A file that should be a document of EMREX or of Erasmus Without Paper and is not."""

    code = "exchange.neighbour.unreadable"
    sentence = "{name} cannot be read: {why}."
    remedy = (
        "Documents of neighbours are ELMO transcripts (also inside an EWP response) and EWP learning agreements and "
        "inter-institutional agreements, as XML. Ask the sender for one of them."
    )
    status = 422
