"""What can be asked wrongly of the examples."""

from ecvet.errors import EcvetError


class ExampleUnknown(EcvetError):
    """A name that none of the example qualifications has."""

    code = "examples.qualification.unknown"
    sentence = "There is no example “{name}”."
    remedy = "Take one of these: {known}."
    status = 404
