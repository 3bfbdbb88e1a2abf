"""Reads of imports: what a viewer sees."""

from django.db.models import QuerySet

from songsheet.imports.errors import NoSuchImport
from songsheet.imports.models import Import
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def seen_by(viewer: Acting) -> QuerySet[Import]:
    """The imports that the viewer may see."""
    viewer.must(Right.IMPORT)
    return Import.objects.select_related("member")


def import_for(viewer: Acting, key: str) -> Import:
    """One import that the viewer may see."""
    run = seen_by(viewer).filter(key=key).first()
    if run is None:
        raise NoSuchImport(key)
    return run
