"""Looking whether the pages behind links are still there: what was found is noted, and is nobody's act."""

from datetime import datetime, timedelta

from django.db.models import Q

from songsheet.base.refusals import Refusal
from songsheet.doors.http import NotSent, look
from songsheet.intake.links.models import Link

#: A page is looked at once a day.
AGAIN = timedelta(hours=20)


def due_for_a_look(at: datetime, most: int = 2_000) -> list[str]:
    """The keys of links that lead somewhere and were not looked at today."""
    live = Link.objects.filter(Q(expires_at=None) | Q(expires_at__gt=at), withdrawn_at=None).exclude(
        target=""
    )
    due = live.filter(Q(checked_at=None) | Q(checked_at__lt=at - AGAIN)).order_by("id")
    return list(due.values_list("key", flat=True)[:most])


def check_link(key: str, at: datetime) -> Link | None:
    """Ask for the page once and note what it answers; no version changes, as nothing of the link does."""
    link = Link.objects.filter(key=key, withdrawn_at=None).exclude(target="").first()
    if link is None:
        return None
    code: int | None = None
    said = ""
    try:
        code = look(link.target.partition("#")[0]).code
    except NotSent as error:
        said = str(error)[:100]
    except Refusal as refusal:
        said = refusal.sentence[:100]
    link.checked_at, link.answered, link.check_said = at, code, said
    same = Link.objects.filter(id=link.id, target=link.target)  # unless it leads elsewhere by now
    same.update(checked_at=at, answered=code, check_said=said)
    return link
