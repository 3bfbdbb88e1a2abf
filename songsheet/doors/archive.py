"""What is hidden, as a filter of the lists that have an archive."""

from typing import Any

from django.db.models import QuerySet

from songsheet.doors.listing import ARCHIVED, Filter


def _the_archive(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """The rows are those of the archive already."""
    if value != "yes":
        raise ValueError(value)
    return rows


IN_ARCHIVE = Filter(ARCHIVED, "Archived", _the_archive, "choice", lambda: [("yes", "Only archived ones")])
