"""What a row holds in a declared field, as SQL: the same expression in a filter, a sort and its index.

A name or label never becomes part of a statement but as a quoted literal; an index is named by a number.
"""

import re
from typing import Any

from django.db.models import BooleanField, CharField, Field, FloatField, Func

from songsheet.team.models import CustomField

Type = CustomField.Type
#: What an empty one counts as: behind everything, or (for an order that comes down) before everything.
LAST, FIRST = "\U0010ffff", ""
_COMPARED = 200
_SEARCHED = 2_000
_MARKS = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
_SPACES = " " * len(_MARKS)

TEXT = f"""(coalesce(nullif(lower(left(%s ->> %s, {_COMPARED})), ''), %s) collate "C")"""
NUMBER = "coalesce(case when jsonb_typeof(%s -> %s) = 'number' then (%s -> %s)::float8 end, %s::float8)"
#: The currency, then the amount with so much added that all are of one length and in order as texts.
MONEY = """(coalesce(substring(%s ->> %s from '^{"([A-Z]{3})": -?[0-9]{1,16}}$')
 || (substring(%s ->> %s from '^{"[A-Z]{3}": (-?[0-9]{1,16})}$')::bigint + 50000000000000000)::text,
 %s) collate "C")"""
ADDED = 50_000_000_000_000_000
WORDS = f"to_tsvector('simple'::regconfig, translate(left(%s ->> %s, {_SEARCHED}), %s, %s))"


def _quoted(text: str) -> str:
    """A literal; standard_conforming_strings is on, so a backslash is one."""
    return "'" + text.replace("'", "''") + "'"


def expression(field: CustomField, column: str = "custom", *, down: bool = False) -> str:
    """The value of a field in a row, comparable, with empty ones at the end."""
    name = _quoted(field.name)
    if field.type == Type.NUMBER:
        last = "'-Infinity'" if down else "'Infinity'"
        return NUMBER % (column, name, column, name, last)
    if field.type == Type.MONEY:
        return MONEY % (column, name, column, name, _quoted(FIRST if down else LAST))
    return TEXT % (column, name, _quoted(FIRST if down else LAST))


def words(field: CustomField, column: str = "custom") -> str:
    """The words of a field in a row, to be searched."""
    return WORDS % (column, _quoted(field.name), _quoted(_MARKS), _quoted(_SPACES))


def spoken(on: str) -> str:
    """What search finds the row `it` by, of its own fields: texts, and choices by their labels."""
    return f"""(
select string_agg(coalesce(chosen.label, held.value #>> '{{}}'), ' ')
  from jsonb_each(it.custom) as held (name, value)
  left join team_customfield field on field."on" = '{on}' and field.name = held.name
  left join lateral (select option ->> 'label' as label from jsonb_array_elements(field.options) as option
                      where option ->> 'key' = held.value #>> '{{}}' limit 1) as chosen on true
 where jsonb_typeof(held.value) = 'string' and field.gone_at is null)"""


def query_of(text: str) -> str:
    """A search for all words of a text, each by its beginning; ValueError where it has none."""
    found = text.lower().translate(str.maketrans(_MARKS, _SPACES)).split()[:20]
    if not found:
        raise ValueError(text)
    return " & ".join(f"'{word}':*" for word in found)


class Held(Func):
    """What a row holds in a field, for an ORM query."""

    def __init__(self, column: Any, *, of: CustomField, down: bool = False) -> None:
        output: Field[Any, Any] = FloatField() if of.type == Type.NUMBER else CharField()
        super().__init__(column, output_field=output)
        self._of, self._down = of, down

    def as_sql(self, compiler: Any, connection: Any, **_more: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The expression over the compiled column."""
        column, _none = compiler.compile(self.source_expressions[0])
        return expression(self._of, column, down=self._down).replace("%", "%%"), []


class HasWords(Func):
    """Whether the words of a field hold those of a search."""

    conditional = True

    def __init__(self, column: Any, *, of: CustomField, text: str) -> None:
        super().__init__(column, output_field=BooleanField())
        self._of, self._query = of, query_of(text)

    def as_sql(self, compiler: Any, connection: Any, **_more: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Words @@ query."""
        column, _none = compiler.compile(self.source_expressions[0])
        found = words(self._of, column).replace("%", "%%")
        return f"({found} @@ to_tsquery('simple'::regconfig, %s))", [self._query]


def index_names(field: CustomField) -> dict[str, str]:
    """The indexes of a field by their names, each with what it is on."""
    number = int(field.pk)
    made = {f"custom_{number}": f"using btree ({expression(field)}, id)"}
    if field.type in (Type.NUMBER, Type.DATE, Type.MONEY):
        made[f"custom_{number}_down"] = f"using btree ({expression(field, down=True)}, id)"
    if field.type in (Type.TEXT, Type.URL):
        made[f"custom_{number}_words"] = f"using gin ({words(field)}) with (fastupdate = off)"
    return made


def is_safe(name: str) -> bool:
    """Whether this is the name of an index of ours."""
    return re.fullmatch(r"custom_\d+(_down|_words)?", name) is not None
