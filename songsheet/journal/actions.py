"""What a person does about work that is stuck. Who may is asked by the page above that offers it."""

from datetime import datetime

from songsheet.journal.act import act
from songsheet.journal.actors import Actor
from songsheet.journal.errors import NotParked, StillWaiting
from songsheet.journal.events import ReaderRestarted, WorkDismissed, WorkRetried
from songsheet.journal.held import release
from songsheet.journal.models import Cursor, Parked


def retry_parked(reader: str, position: int, *, by: Actor, at: datetime) -> None:
    """Try a parked entry again at once; it has five tries anew."""
    with act(by=by, at=at) as record:
        parked = _hold(reader, position)
        Parked.objects.filter(pk=parked.pk).update(state=Parked.State.DUE, due_at=at, attempts=0)
        record(WorkRetried(reader=reader, entry=position))


def dismiss_parked(reader: str, position: int, *, by: Actor, at: datetime) -> None:
    """Leave an entry unanswered by this reader; what waited behind it goes on."""
    with act(by=by, at=at) as record:
        _hold(reader, position)
        release(reader, position)
        record(WorkDismissed(reader=reader, entry=position))


def restart_reader(reader: str, *, by: Actor, at: datetime) -> None:
    """Let a reader that stood still after five failures go on."""
    with act(by=by, at=at) as record:
        if not Cursor.objects.filter(name=reader, failures__gt=0).update(failures=0, due_at=None, error=""):
            raise NotParked(reader, 0)
        record(ReaderRestarted(reader=reader))


def _hold(reader: str, position: int) -> Parked:
    parked = Parked.objects.select_for_update().filter(reader=reader, position=position).first()
    if parked is None:
        raise NotParked(reader, position)
    if parked.state == Parked.State.WAITING:
        raise StillWaiting(position)
    return parked
