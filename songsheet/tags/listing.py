"""What every list says of tags: a column and a filter."""

from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from songsheet.doors.listing import Column, Filter
from songsheet.tags.queries import carrying
from songsheet.ui.components.marks import chip


def _narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(key__in=carrying(value))


def _cell(row: Any) -> SafeString:
    return format_html_join(" ", "{}", ((chip(name),) for name in row.tag_names))


TAGS = Column("tags", "Tags", lambda row: ", ".join(row.tag_names), _cell, shown=False)
WITH_TAG = Filter("tag", "Tag", _narrow)
