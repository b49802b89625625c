"""Tables as people exchange them: CSV and Excel workbooks, read from strangers' bytes and written for the reader."""

from ecvet_platform.documents.sheets.reading import Sheet, read
from ecvet_platform.documents.sheets.writing import CSV, FORMATS, MARK, XLSX, Format, as_csv, as_xlsx, harmless

__all__ = ["CSV", "FORMATS", "MARK", "XLSX", "Format", "Sheet", "as_csv", "as_xlsx", "harmless", "read"]
