"""Files become tables: named columns and numbered rows, streamed, whatever wrote them."""

from songsheet.imports.reading.table import Broken, Table, is_blank
from songsheet.imports.reading.tables import open_table, open_tables

__all__ = ["Broken", "Table", "is_blank", "open_table", "open_tables"]
