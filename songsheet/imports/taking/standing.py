"""What stands already, for rows of which only the changed cells are taken."""

from typing import Any

from songsheet.base import bulk
from songsheet.imports.records import Part
from songsheet.imports.taking.slice import Slice

_SQL = {
    "company": """select e.external_id, it.{column} from buyers_externalid e
                    join buyers_company it on it.id = e.company_id
                   where e.system = %s and e.kind = 'company' 
                     and e.external_id = any(%s::text[]) and e.gone_at is null""",
    "campaign": """select external_id, {column} from touches_campaign
                    where system = %s and external_id = any(%s::text[]) and gone_at is null""",
    "task": """select external_id, {column} from touches_task
                where system = %s and external_id = any(%s::text[]) and gone_at is null""",
    "touch": """select external_id, {column} from touches_touch
                 where system = %s 
                   and external_id = any(%s::text[]) and gone_at is null and kind = '{touch}'""",
}


def standing_values(kind: str, column: str, part: Part, into: Slice, *, touch: str = "") -> dict[str, Any]:
    """What this column holds for the rows that give only what changed: their records need it, but it did
    not change."""
    ids = [id_ for id_, row in zip(part.ids, part.rows, strict=True) if row in into.partial]
    if not ids:
        return {}
    sql, given = _SQL[kind].format(column=column, touch=touch), [into.system, ids]
    real = into.bring.really(sql, given) if into.bring else []
    return dict(real) | dict(bulk.rows(sql, given))
