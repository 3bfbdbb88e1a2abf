"""What a part declares so that its records are found by their words; the table itself stands in `find`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    Expression,
    F,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

#: What is shown of a hit, in this order, and the type of each; what a kind has not is left out.
SHOWN: dict[str, Any] = {
    "key": CharField(),
    "label": CharField(),
    "note": CharField(),
    "state": CharField(),
    "opens": CharField(),
    "text": TextField(),
    "at": DateTimeField(),
    "amount": BigIntegerField(),
    "currency": CharField(),
}


@dataclass(frozen=True)
class Findable:
    """One kind of record that is found.

    `number` stands in the table for life, and is the order of kinds where hits are equally good. `rows` is
    SQL for the records of `%(ids)s` that are to be found: (id, names, words, mails, phones, marks), texts and
    arrays of texts; marks find it when they are given whole. `changed` is SQL for the ids of records whose
    words an entry may have changed: `%(keys)s` were named by entries of its own part, `%(people)s` and
    `%(companies)s` had their names changed. `base` is the gate; `shown` says what a hit shows (SHOWN), and
    `path` where it opens, by its key and what it shows as `opens`.
    """

    number: int
    name: str
    label: str
    one: str
    icon: str
    part: str
    prefix: str
    table: str
    rows: str
    changed: str
    base: Callable[[Any], QuerySet[Any]]
    shown: Mapping[str, str | Expression]
    path: Callable[[str, str], str]
    #: SQL over the record `it`: which may be found at all, in one look.
    where: str = "it.gone_at is null"
    #: A state, or a note that is one word of a vocabulary, as people read it.
    says: Callable[[str], str] = str
    #: SQL over `entry`: which entries about it change the words of other records as well.
    passes_on: str = "false"
    #: Whether its names are words that a misspelt word is compared with.
    spelled: bool = False

    def seen(self, viewer: Any, ids: list[int]) -> QuerySet[Any]:
        """The records of these many ids that the viewer may see, bare."""
        given = RawSQL("select unnest(%s::bigint[])", [ids])
        return self.base(viewer).filter(id__in=given).order_by().prefetch_related(None)

    def shown_of(self, viewer: Any, ids: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
        """What is shown of these few: (kind, id, then SHOWN), of the same types for a union of kinds."""
        values = {
            f"its_{name}": Cast(
                F(its) if isinstance(its := self.shown.get(name, Value(None)), str) else its, kind
            )
            for name, kind in SHOWN.items()
        }
        few = self.base(viewer).filter(id__in=ids).order_by().prefetch_related(None)
        return few.values_list(Value(self.number), "id", *values.values())
