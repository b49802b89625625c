"""What is enclosed with memoranda and agreements: the boxes to tick of the European templates, section by section."""

from enum import StrEnum
from typing import Final


class Enclosure(StrEnum):
    """A paper that goes with an agreement. The three others say which section they belong to; a text names them."""

    CERTIFICATE_SUPPLEMENT = "certificate supplement"
    QUALIFICATION_OUTCOMES = "learning outcomes of the qualification"
    CV = "Europass CV"
    MOBILITY = "Europass Mobility"
    LANGUAGE_PASSPORT = "Europass Language Passport"
    SKILLS_PASSPORT = "European Skills Passport"
    UNITS_HELD = "units already acquired"
    OTHER_QUALIFICATION = "other, about the qualification"
    UNITS = "descriptions of units"
    ACTIVITIES = "descriptions of learning activities"
    DEVELOPMENT_PLAN = "individual development plan"
    OTHER_OUTCOMES = "other, about the outcomes"
    ASSESSMENT_PROCEDURE = "procedure and criteria of assessment, or grid"
    TRANSCRIPT_FORM = "form of the personal transcript"
    OTHER_ASSESSMENT = "other, about assessment"


COVERED: Final = (
    Enclosure.CERTIFICATE_SUPPLEMENT, Enclosure.QUALIFICATION_OUTCOMES, Enclosure.UNITS, Enclosure.OTHER_QUALIFICATION,
)  # fmt: skip
"""With a qualification that a memorandum covers (European template of the memorandum, section 4)."""

TAKEN: Final = (
    Enclosure.CERTIFICATE_SUPPLEMENT, Enclosure.CV, Enclosure.MOBILITY, Enclosure.LANGUAGE_PASSPORT,
    Enclosure.SKILLS_PASSPORT, Enclosure.UNITS_HELD, Enclosure.OTHER_QUALIFICATION,
)  # fmt: skip
"""With the qualification that the learner is taking (European template of the agreement, section 3)."""

TARGETED: Final = (
    Enclosure.UNITS, Enclosure.ACTIVITIES, Enclosure.DEVELOPMENT_PLAN, Enclosure.OTHER_OUTCOMES,
)  # fmt: skip
"""With the outcomes to be achieved (section 4 of the agreement)."""

ASSESSED: Final = (Enclosure.ASSESSMENT_PROCEDURE, Enclosure.TRANSCRIPT_FORM, Enclosure.OTHER_ASSESSMENT)
"""With assessment and documentation (section 5 of the agreement)."""
