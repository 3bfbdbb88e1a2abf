"""One record into the archive and back: what is shown never rests on what is hidden."""

from datetime import datetime

from django.db import IntegrityError

from songsheet.flows.bulk.archiving import archived_at, bring_back, still_held, still_under
from songsheet.flows.bulk.kinds import kind_of
from songsheet.flows.errors import NotArchived, StillHeld
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def archive_one(what: str, key: str, *, by: Acting, at: datetime, why: str = "archived") -> None:
    """Hide a record; refused while something that is shown rests on it."""
    by.must(Right.WORK)
    kind = kind_of(what)
    with act(by=by.actor, at=at):
        if held := still_held(what, kind.table.name, [key]):
            raise StillHeld(held[key])
        kind.withdraw([key], by=by, at=at, why=why, lane="live")


def bring_back_one(what: str, key: str, *, by: Acting, at: datetime) -> None:
    """Show an archived record again, as it was; refused where it would rest on something hidden."""
    by.must(Right.WORK)
    kind = kind_of(what)
    archive, table = kind.listing.archive, kind.table.name
    if archive is None or not archive(by).filter(key=key).exists():
        raise NotArchived("It is not in the archive: it is shown, or there is no such record.")
    if under := still_under(what, table, [key]):
        raise StillHeld(under[key])
    try:
        with act(by=by.actor, at=at):
            bring_back(what, table, archived_at(table, [key]), by=by, at=at)
    except IntegrityError:
        raise StillHeld(
            "Another record has its domain or its id by now. Merge the two, or change the other one first."
        ) from None
