"""Rows that every request needs, kept in this process while the database has the same version of them."""

from copy import copy
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)

_KEPT: dict[tuple[Any, ...], tuple[str, Model]] = {}
#: A team is hardly larger; with more than that everything is read again.
_MOST = 500


def kept(model: type[M], id_: int, xmin: str) -> M:
    """The row with this id, of which the caller has just read the transaction that wrote it (`xmin`).

    A copy: nobody who changes it changes another request's. A row that was written since it was kept has
    another xmin; one that changes between the caller's reading and ours is kept under the older, and so
    read again.
    """
    named = (connection.settings_dict["NAME"], model, id_)
    known = _KEPT.get(named)
    if known is None or known[0] != xmin:
        if len(_KEPT) >= _MOST:
            _KEPT.clear()  # in one step: other threads look in here meanwhile
        known = _KEPT[named] = (xmin, model._default_manager.get(id=id_))
    there: Any = copy(known[1])
    return there  # type: ignore[no-any-return]
