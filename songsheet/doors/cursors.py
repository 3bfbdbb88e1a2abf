"""Places in a list: the values of the last row seen, signed, so that nobody can make one up."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from songsheet.base.refusals import Refusal


class BadCursor(Refusal):
    """A place that was not given out for this list and order, or was altered on the way."""

    code = "bad_cursor"


def write_cursor(listing: str, sort: str, fields: Sequence[str], row: Any) -> str:
    """The place behind a row."""
    values = [_plain(getattr(row, name.lstrip("-"))) for name in fields]
    return _signer(listing, sort).sign_object(values, compress=True)


def read_cursor(listing: str, sort: str, cursor: str) -> list[Any]:
    """The values of a place; refused when it is not one of ours."""
    try:
        values: list[Any] = _signer(listing, sort).unsign_object(cursor)
    except (BadSignature, ValueError):
        sentence = "The place in the list that was asked for cannot be read. Start again from the top."
        raise BadCursor(sentence, field="after") from None
    return values


def beyond(fields: Sequence[str], values: Sequence[Any]) -> TupleLessThan | TupleGreaterThan:
    """Rows after these values, as one comparison of rows: an index goes straight there, whatever is equal."""
    compare = TupleLessThan if fields[0].startswith("-") else TupleGreaterThan
    return compare(Tuple(*(F(name.lstrip("-")) for name in fields)), tuple(values))


def _signer(listing: str, sort: str) -> Signer:
    return Signer(salt=f"cursor of {listing} by {sort}")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
