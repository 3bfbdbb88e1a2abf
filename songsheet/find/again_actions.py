"""Words that are cut again though nothing was recorded about their records: a part of them at a time."""

from django.db import transaction

from songsheet.base import bulk
from songsheet.find.kinds import BY_NUMBER, KINDS
from songsheet.find.models import Again
from songsheet.find.refresh import CHUNK, refresh

#: Letters that older versions did not fold; what was cut by them is cut again. See migration 0003.
_OLD_LETTERS = "[øłđðıħŋŧĸƒəɓɗƙɨæœþ]"
#: Live changes of declarations after which other words find a record; a new field holds nothing yet.
_DECLARED = """
select distinct field."on", field.name from journal_entry entry
  join team_customfield field on field.key = entry.body ->> 'field'
 where entry.position > %(after)s and entry.position <= %(until)s
   and (entry.kind in ('team.field_archived', 'team.field_brought_back')
        or entry.kind = 'team.field_changed' and entry.body ->> 'fields' like '%%options%%')"""
_BY_PREFIX = {kind.prefix: kind for kind in KINDS}


def hear_of_fields(after: int, until: int) -> bool:
    """Have the words of records cut again whose declarations changed in these entries; whether any were."""
    asked = bulk.rows(_DECLARED, {"after": after, "until": until})
    for on, name in asked:
        kind = _BY_PREFIX[on]
        ((last,),) = bulk.rows(f"select coalesce(max(id), 0) from {kind.table}")
        Again.objects.create(kind=kind.number, until=last, field=name)
    return bool(asked)


def go_on() -> bool:
    """Cut the words of one chunk again; whether there may be more. Several may do so at once."""
    with transaction.atomic():
        asked = Again.objects.select_for_update(skip_locked=True).order_by("id").first()
        if asked is None:
            return False
        refresh(BY_NUMBER[asked.kind], _holding(asked))
        asked.after += CHUNK
        if asked.after < asked.until:
            asked.save(update_fields=["after"])
        else:
            asked.delete()
    return True


def _holding(asked: Again) -> list[int]:
    """Of the next chunk: records with a value in the field; without a field, those with an old letter."""
    if asked.field:
        table = BY_NUMBER[asked.kind].table
        sql = f"""select id from {table} where id > %(after)s and id <= %(until)s
                     and jsonb_exists(custom, %(field)s)"""
    else:
        sql = """select of from find_found where kind = %(kind)s and of > %(after)s and of <= %(until)s
                    and words::text ~ %(letters)s"""
    values = {"after": asked.after, "until": min(asked.after + CHUNK, asked.until), "kind": asked.kind,
              "field": asked.field, "letters": _OLD_LETTERS}  # fmt: skip
    return [id_ for (id_,) in bulk.rows(sql, values)]
