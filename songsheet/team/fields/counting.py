"""How many records hold something in a field, and in a choice how many hold each option."""

from dataclasses import dataclass, field

from songsheet.journal.sql import rows
from songsheet.team.fields.held import LAST, expression
from songsheet.team.fields.kinds import KINDS
from songsheet.team.models import CustomField


@dataclass(frozen=True)
class Held:
    """The records with a value, and by option."""

    filled: int
    of: dict[str, int] = field(default_factory=dict)


def held_by(one: CustomField) -> Held:
    """What the records that are shown hold in a field."""
    table, value = KINDS[one.on].table, expression(one)
    if one.type == CustomField.Type.CHOICE:
        found = dict(rows(f"select {value}, count(*) from {table} where gone_at is null group by 1"))
        found.pop(LAST, None)
        return Held(sum(found.values()), found)
    last = "'Infinity'::float8" if one.type == CustomField.Type.NUMBER else f"'{LAST}'"
    ((filled,),) = rows(f"select count(*) from {table} where gone_at is null and {value} < {last}")
    return Held(filled)
