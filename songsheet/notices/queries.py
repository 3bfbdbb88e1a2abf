"""Reads of notices: one's own, how many are unread, how somebody wants to be mailed."""

from collections.abc import Iterable

from django.db.models import QuerySet

from songsheet.notices.causes import DEFAULTS, causes_for
from songsheet.notices.errors import NoSuchNotice
from songsheet.notices.models import Choice, How, Notice
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

PAGE = 50
#: Beyond it a bell says no number.
MOST_COUNTED = 99


def notices_of(viewer: Acting) -> QuerySet[Notice]:
    """The viewer's own notices that they may know of, the newest first."""
    viewer.must(Right.LOOK)
    mine = Notice.objects.filter(member=viewer.member, cause__in=causes_for(viewer))
    return mine.order_by("-at", "-id")


def unread_count(viewer: Acting) -> int:
    """How many are unread; counted to a hundred."""
    return len(notices_of(viewer).filter(read_at=None).order_by().values_list("id")[: MOST_COUNTED + 1])


def one_of(viewer: Acting, key: str) -> Notice:
    """One's own notice."""
    found = notices_of(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchNotice
    return found


def page_of(viewer: Acting, *, unread: bool = False, before: str = "", most: int = PAGE) -> list[Notice]:
    """A page of them, after the one that was shown last."""
    found = notices_of(viewer)
    if unread:
        found = found.filter(read_at=None)
    if before:
        last = one_of(viewer, before)
        found = found.filter(at__lte=last.at).exclude(at=last.at, id__gte=last.id)
    return list(found[:most])


def choices_of(members: Iterable[int]) -> dict[int, dict[str, How]]:
    """How each member wants to be mailed, by kind."""
    found = {member: dict(DEFAULTS) for member in members}
    for one in Choice.objects.filter(member__in=list(found)):
        found[one.member_id][one.kind] = How(one.how)
    return found
