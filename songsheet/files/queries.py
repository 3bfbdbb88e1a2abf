"""Reads of blobs: who may own one."""

from django.db.models import ManyToOneRel

from songsheet.files.models import Blob


def owners() -> list[tuple[str, str]]:
    """Table and column of everything that refers to a blob; derived, so that no owner is forgotten."""
    return [
        (str(one.field.model._meta.db_table), str(one.field.column))
        for one in Blob._meta.get_fields(include_hidden=True)
        if isinstance(one, ManyToOneRel)
    ]
