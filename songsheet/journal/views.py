"""Parked work: entries that a reader could not answer, and how far each reader is.

The storey above hands down who may (`right`) and which readers there are; the request brings who asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from songsheet.journal import actions
from songsheet.journal.models import Parked
from songsheet.journal.queries import lags
from songsheet.journal.reader import Reader
from songsheet.journal.sql import rows
from songsheet.ui.toasts import tell

MOST_SHOWN = 100


@dataclass(frozen=True)
class Row:
    """One held entry as the page shows it."""

    reader: str
    position: int
    kind: str
    error: str
    attempts: int
    parked_at: Any
    waiting: int


@require_safe
def parked(request: HttpRequest, right: Any, readers: Sequence[Reader]) -> HttpResponse:
    """What is stuck, why, and what waits behind it; and the lag of each reader."""
    _by(request, right)
    held, shown = _held(), lags(readers)
    standing = [lag for lag in shown if lag.error]
    context = {"title": _("Parked work"), "held": held, "lags": shown, "standing": standing}
    return render(request, "journal/parked.html", context)


@require_POST
def retry(request: HttpRequest, right: Any, reader: str, position: int) -> HttpResponse:
    """Try an entry again at once."""
    actions.retry_parked(reader, position, by=_by(request, right), at=_at(request))
    tell(request, _("The entry is tried again"))
    return redirect("parked")


@require_POST
def dismiss(request: HttpRequest, right: Any, reader: str, position: int) -> HttpResponse:
    """Leave an entry unanswered by this reader for good."""
    actions.dismiss_parked(reader, position, by=_by(request, right), at=_at(request))
    tell(request, _("The entry stays unanswered; what waited behind it goes on"))
    return redirect("parked")


@require_POST
def restart(request: HttpRequest, right: Any, reader: str) -> HttpResponse:
    """Let a reader that stood still go on."""
    actions.restart_reader(reader, by=_by(request, right), at=_at(request))
    tell(request, _("The reader goes on"))
    return redirect("parked")


def _held() -> list[Row]:
    found = rows(
        """select held.reader, held.position, entry.kind, held.error, held.attempts, held.parked_at,
                  (select count(distinct later.position)
                     from unnest(held.keys) as own(key)
                     join journal_parked_about later on later.reader = held.reader and later.key = own.key
                    where later.position > held.position)
             from journal_parked held join journal_entry entry using (position)
            where held.state = %s order by held.parked_at, held.position limit %s""",
        [Parked.State.PARKED, MOST_SHOWN],
    )
    return [Row(*one) for one in found]


def _by(request: Any, right: Any) -> Any:
    request.acting.must(right)
    return request.acting.actor


def _at(request: Any) -> Any:
    return request.at
