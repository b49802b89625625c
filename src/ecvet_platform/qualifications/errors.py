"""What can stand in the way at the register of qualifications."""

from ecvet.errors import EcvetError


class QualificationUnknown(EcvetError):
    """A qualification that is not published here."""

    code = "qualifications.qualification.unknown"
    sentence = "The qualification {name} is not published here."
    remedy = "Search the list of qualifications, or have it published first."
    status = 404


class UnitUnknown(EcvetError):
    """A unit that is not published here."""

    code = "qualifications.unit.unknown"
    sentence = "The unit {name} is not published here."
    remedy = "Search the list of qualifications, or have the unit published with its qualification first."
    status = 404


class NotYoursToPublish(EcvetError):
    """A person who may not publish for the institution in charge."""

    code = "qualifications.publish.not-yours"
    sentence = "Only {institution} or a register office may publish this qualification."
    remedy = "Ask the institution in charge, or choose to act for it if you are one of its people."
    status = 403


class FileTooLarge(EcvetError):
    """A file that is larger than a qualification can be."""

    code = "qualifications.file.too-large"
    sentence = "The file has {size} bytes; at most {most} are read."
    remedy = "Upload one qualification at a time."
    status = 413
