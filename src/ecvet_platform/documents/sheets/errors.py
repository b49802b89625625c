"""What can be wrong with a table that somebody brings."""

from ecvet.errors import EcvetError


class TableTooLarge(EcvetError):
    """A table larger than any list of people, or one that unpacks to more than it seems."""

    code = "documents.sheet.too-large"
    sentence = "The table is too large: {what}; at most {most} are read."
    remedy = "Delete empty rows, pictures and other sheets, or divide the list into several files."
    status = 413


class TableHostile(EcvetError):
    """A workbook that holds what no list needs and what could do harm."""

    code = "documents.sheet.not-plain"
    sentence = "The workbook holds {what} and is not opened."
    remedy = "Copy the cells into a new workbook as values, or save the sheet as CSV, and bring that file."
    status = 422


class TableUnreadable(EcvetError):
    """Bytes that are neither a workbook nor a text in columns."""

    code = "documents.sheet.unreadable"
    sentence = "The file cannot be read as a table: {why}."
    remedy = "Save it as an Excel workbook (.xlsx) or as CSV in UTF-8, with the names of the columns in the first row."
    status = 422


class TableEmpty(EcvetError):
    """A table without a single row under its head."""

    code = "documents.sheet.empty"
    sentence = "The table has no rows under the names of its columns."
    remedy = "Write the names of the columns into the first row and one person into each row below."
    status = 422
