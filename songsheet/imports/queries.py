"""Reads of imports: what a viewer sees."""

from django.db.models import QuerySet

from songsheet.imports.errors import NoSuchImport
from songsheet.imports.models import Import
from songsheet.journal.sql import rows
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


def people_like_others(run: Import) -> int:
    """How many of the people that an import made look like people who stand there, as far as was compared."""
    ((count,),) = rows(
        """select count(distinct person.key) from buyers_personsuggestion pair
             join buyers_person person on person.id in (pair.first_id, pair.second_id)
             join (select unnest(keys) as key from imports_made
                    where run_id = %s and kind = 'person') as made on made.key = person.key
            where pair.state = 'open'""",
        [run.pk],
    )
    return int(count)
