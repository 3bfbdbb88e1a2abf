"""Notices by mail: at most one digest a member and day, never one that was read or mailed before."""

import logging
from collections import defaultdict
from datetime import datetime, time, timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string

from songsheet.notices.causes import CAUSES, causes_for
from songsheet.notices.models import How, Notice, Posting
from songsheet.notices.queries import choices_of
from songsheet.notices.shown import mailed, still_there
from songsheet.team.acting import as_member
from songsheet.team.models import Member
from songsheet.team.queries import house

log = logging.getLogger(__name__)
#: From when on the day's digest goes out, by the member's own clock.
DIGEST_AT = time(8)
#: So long one may still read it in the application before it is mailed at once.
PATIENCE = timedelta(minutes=2)
#: What is older was not worth a mail then; a mail server may be down so long.
OLDEST, TRIED_FOR = timedelta(days=3), timedelta(days=1)
MOST_AT_ONCE, MOST_SHOWN = 200, 30


def gather(at: datetime) -> int:
    """Put what is due into postings, one a member; how many. Two workers never take the same notice."""
    with transaction.atomic():
        waiting = Notice.objects.filter(read_at=None, posting=None, at__gt=at - OLDEST, at__lte=at - PATIENCE)
        held = waiting.select_for_update(of=("self",), skip_locked=True).select_related("member")
        by_member: dict[int, list[Notice]] = defaultdict(list)
        for one in held.order_by("member", "id"):
            by_member[one.member_id].append(one)
        choices = choices_of(by_member)
        return sum(_put(notices, choices[member], at) for member, notices in by_member.items())


def send_postings(at: datetime) -> int:
    """Send what was gathered; how many mails went out."""
    ready = Posting.objects.filter(sent_at=None, claimed_at=None, made_at__gt=at - TRIED_FOR)
    sent = 0
    for key in list(ready.order_by("id").values_list("key", flat=True)[:MOST_AT_ONCE]):
        if Posting.objects.filter(key=key, claimed_at=None).update(claimed_at=at, tries=F("tries") + 1):
            sent += _send(Posting.objects.select_related("member").get(key=key), at)
    return sent


def hush(at: datetime) -> int:
    """After a restore: what was unread then may have been mailed since, so nobody is told again; how many."""
    with transaction.atomic():
        Posting.objects.filter(sent_at=None).update(sent_at=at, claimed_at=at)
        unposted = Notice.objects.filter(posting=None, read_at=None)
        members = set(unposted.values_list("member_id", flat=True))
        for member in members:
            posting = Posting.objects.create(member_id=member, made_at=at, claimed_at=at, sent_at=at)
            unposted.filter(member_id=member).update(posting=posting)
    return len(members)


def _put(notices: list[Notice], choices: dict[str, How], at: datetime) -> int:
    member = notices[0].member
    day = at.astimezone(ZoneInfo(member.zone)).date()
    by_how = {how: [one for one in notices if choices[CAUSES[one.cause].kind] == how] for how in How}
    due = by_how[How.AT_ONCE]
    is_morning = at.astimezone(ZoneInfo(member.zone)).time() >= DIGEST_AT
    had_one = not by_how[How.DAILY] or Posting.objects.filter(member=member, day=day).exists()
    with_digest = is_morning and not had_one
    if with_digest:
        due = due + by_how[How.DAILY]
    if not due:
        return 0
    posting = Posting.objects.create(member=member, day=day if with_digest else None, made_at=at)
    Notice.objects.filter(id__in=[one.id for one in due]).update(posting=posting)
    return 1


def _send(posting: Posting, at: datetime) -> int:
    """Send one that is claimed; what was read meanwhile is left out. What the server refuses waits again."""
    notices = _still_worth(posting)
    try:
        if notices:
            message_to(posting, notices).send()
    except (SMTPException, OSError) as error:
        log.warning("a digest could not be mailed: %s", type(error).__name__)
        Posting.objects.filter(id=posting.id).update(claimed_at=None)
        return 0
    Posting.objects.filter(id=posting.id).update(sent_at=at)
    return int(bool(notices))


def _still_worth(posting: Posting) -> list[Notice]:
    member = posting.member
    if member.state != Member.State.ACTIVE or not member.email:
        return []
    causes = causes_for(as_member(member))
    unread = Notice.objects.filter(posting=posting, read_at=None, cause__in=causes).order_by("at", "id")
    return still_there(list(unread))


def message_to(posting: Posting, notices: list[Notice]) -> EmailMessage:
    """The mail: what happened in one line each, with the address where it stands; plain text."""
    url, there = settings.ENVIRONMENT.url, house()
    lines = [(says, url + address) for says, address in mailed(notices[:MOST_SHOWN])]
    words = {
        "member": posting.member, "lines": lines, "more": len(notices) - len(lines), "url": url,
        "house": there,
    }  # fmt: skip
    subject = lines[0][0] if len(notices) == 1 else f"{len(notices)} things for you in Songsheet"
    host = urlsplit(url).hostname or "localhost"
    headers = {
        "Message-ID": f"<{posting.key}@{host}>",
        "List-Unsubscribe": f"<{url}/notices/mail>",
        "List-Id": f"Notices of Songsheet <notices.{host}>",
        "Auto-Submitted": "auto-generated",
    }
    to = [str(posting.member.email)]
    return EmailMessage(subject, render_to_string("notices/mail.txt", words), None, to, headers=headers)
