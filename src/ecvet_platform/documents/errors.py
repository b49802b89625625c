"""What can go wrong when a document is made."""

from ecvet.errors import EcvetError


class CharacterMissing(EcvetError):
    """No font here has a character; a document with a hole in a name is worse than none."""

    code = "documents.print.character-missing"
    sentence = "No font on this server has the character {character}."
    remedy = "Ask the operator to install a font that has it, for example fonts-noto-cjk on Debian."
    status = 422


class LanguageUnknown(EcvetError):
    """A document was asked for in a language that the platform does not speak."""

    code = "documents.print.language-unknown"
    sentence = "There are no documents in the language “{language}”."
    remedy = "Ask for one of the official languages of the Union by its code, for example en, el or mt."
    status = 422


class FormatUnknown(EcvetError):
    """A document was asked for in a format that it does not come in."""

    code = "documents.print.format-unknown"
    sentence = "There are no documents in the format “{format}”."
    remedy = "Ask for pdf, or for docx where a document is to be edited."
    status = 422
