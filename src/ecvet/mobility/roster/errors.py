"""What can be said about a line of a list of learners: why it is not read, or why it is left out."""

from ecvet.errors import EcvetError


class ColumnsMissing(EcvetError):
    """A list of which no column is known to hold the names."""

    code = "mobility.roster.columns-missing"
    sentence = "No column is chosen for: {missing}."
    remedy = "Say which column of the file holds it; given names and family name are needed."
    status = 422


class ColumnTwice(EcvetError):
    """Two columns of a list that are to be the same."""

    code = "mobility.roster.column-twice"
    sentence = "Two columns are chosen for: {columns}."
    remedy = "Choose one column for each; leave the others out."
    status = 422


class CellMissing(EcvetError):
    """A line without a name."""

    code = "mobility.roster.cell-missing"
    sentence = "The cell “{column}” is empty."
    remedy = "Write it into the file and bring the file again; the lines that are entered by then are recognised."
    status = 422


class CellIsFormula(EcvetError):
    """A cell that holds a formula instead of what it shows."""

    code = "mobility.roster.cell-is-formula"
    sentence = "The cell “{column}” holds a formula: {text}."
    remedy = "Copy the column and insert it again as values."
    status = 422


class DayUnreadable(EcvetError):
    """A date of birth that is no day."""

    code = "mobility.roster.day-unreadable"
    sentence = "“{text}” is no date of birth that can be read."
    remedy = "Write it as 2006-07-31 or 31.07.2006: year, month and day, or day, month and year."
    status = 422


class AgeImpossible(EcvetError):
    """A date of birth of nobody who learns today."""

    code = "mobility.roster.age-impossible"
    sentence = "Nobody who was born on {born} can be a learner today."
    remedy = "Correct the year."
    status = 422


class EmailUnreadable(EcvetError):
    """A text that is no e-mail address."""

    code = "mobility.roster.email-unreadable"
    sentence = "“{text}” is not an e-mail address."
    remedy = "Correct it, or leave the cell empty; the learner can then sign as a guest."
    status = 422


class QualificationNotFound(EcvetError):
    """A text in the column of qualifications that names none, or several."""

    code = "mobility.roster.qualification-not-found"
    sentence = "“{text}” does not name one published qualification."
    remedy = "Write the code or the identifier of the version, or leave the cell empty and choose one for all."
    status = 422


class EmailOfAnother(EcvetError):
    """An e-mail address that belongs to a learner of another name: with it one would sign in as the other."""

    code = "mobility.roster.email-of-another"
    sentence = "The e-mail address {email} is that of {other}."
    remedy = "Write the learner's own address, or leave the cell empty."
    status = 409


class ThereAlready(EcvetError):
    """A learner whom the institution has entered before."""

    code = "mobility.roster.there-already"
    sentence = "{name} is entered already, recognised by {by}."
    remedy = "Nothing needs to be done; what is new in the line is not taken over."
    status = 409


class PerhapsThere(EcvetError):
    """A learner of the same name as one who is known, with nothing that tells the two apart."""

    code = "mobility.roster.perhaps-there"
    sentence = "{name} may be the one of this name who is known already; nothing tells the two apart."
    remedy = "Add the date of birth or the learner number if they are two; otherwise do nothing."
    status = 409


class TwiceInTheList(EcvetError):
    """A learner who stands in an earlier line of the same list."""

    code = "mobility.roster.twice"
    sentence = "{name} stands in line {line} already, recognised by {by}."
    remedy = "Delete one of the two lines, or correct it if they are two people."
    status = 409


class GuardianWanted(EcvetError):
    """A remark about a minor for whom nobody can sign (R-LA-9)."""

    code = "mobility.roster.guardian-wanted"
    sentence = "The learner is {age}, and no guardian's e-mail address is given."
    remedy = "She is entered; before an agreement is proposed, a guardian must be named."
    status = 422
