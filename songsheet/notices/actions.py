"""What changes notices: noted from entries, settled, read, and how one wants to be mailed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from songsheet.base.bulk import execute
from songsheet.base.ids import many_keys
from songsheet.journal.act import act
from songsheet.notices.errors import NoSuchNotice
from songsheet.notices.events import MailChosen
from songsheet.notices.models import Cause, Choice, How, Kind, Notice
from songsheet.notices.queries import choices_of, notices_of
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


@dataclass(frozen=True, slots=True)
class Telling:
    """A member is to be told of a thing, because of an entry."""

    member: int
    cause: str
    about: str
    by: str
    because: int
    at: datetime
    count: int = 1


def note(told: Iterable[Telling]) -> None:
    """Note what members are to be told: one notice a thing, whoever reads the entries again.

    What happens anew is unread again; being mentioned in one note is told once and for all.
    """
    last = {(one.member, one.cause, one.about): one for one in told}
    rows = [last[name] for name in sorted(last)]
    if not rows:
        return
    execute(
        """insert into notices_notice (key, member_id, cause, about, by, because, at, count)
           select * from unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[],
                                %s::timestamptz[], %s::int[])
           on conflict (member_id, cause, about) do update
              set by = excluded.by, because = excluded.because, at = excluded.at, read_at = null,
                  posting_id = null,
                  count = excluded.count
                          + case when notices_notice.read_at is null then notices_notice.count else 0 end
            where notices_notice.because < excluded.because and excluded.cause <> 'mention'""",
        [
            many_keys("notice", len(rows)),
            *([getattr(one, name) for one in rows] for name in Telling.__slots__),
        ],
    )


def settle(about: str, *, before: int, at: datetime, causes: Iterable[str]) -> None:
    """What was to be done is done: nobody need be told of it any more."""
    Notice.objects.filter(
        about=about, because__lt=before, cause__in=list(causes), read_at=None
    ).update(read_at=at)  # fmt: skip


def settle_promises(until: Mapping[str, int], *, at: datetime, causes: Iterable[str]) -> None:
    """What was promised about each of these is done, owed by somebody else, or told anew at this position;
    with a lead also what was told of a clock beside its own that has ended."""
    if until:
        execute(
            """with given as (select * from unnest(%s::text[], %s::bigint[]) as given (about, position)),
                    meant as (select about, position from given union all
                              select clock.key, given.position from given
                                join clocks_clock clock on clock.about = given.about
                               where clock.ended_at is not null)
               update notices_notice it set read_at = %s from meant
                where it.about = meant.about and it.because < meant.position
                  and it.cause = any(%s::text[]) and it.read_at is null""",
            [list(until), list(until.values()), at, [str(cause) for cause in causes]],
        )


def take_back(about: str, *, before: int, but: str = "", causes: Iterable[str] = Cause.values) -> None:
    """It is gone, or somebody else's again: whoever has not read of it need not."""
    unread = Notice.objects.filter(about=about, because__lt=before, cause__in=list(causes), read_at=None)
    unread.exclude(member__key=but).delete()


def mark_read(keys: Iterable[str] | None, *, by: Acting, at: datetime) -> int:
    """Mark one's own notices as read, all of them without keys; how many were not."""
    by.must(Right.SAVE)
    mine = notices_of(by).filter(read_at=None)
    return mine.filter(**({} if keys is None else {"key__in": list(keys)})).update(read_at=at)


def mark_unread(key: str, *, by: Acting) -> None:
    """Keep a notice for later."""
    by.must(Right.SAVE)
    if not notices_of(by).filter(key=key).update(read_at=None):
        raise NoSuchNotice


def choose_mail(choices: Mapping[Kind, How], *, by: Acting, at: datetime) -> None:
    """Say when one wants to be mailed, by kind."""
    by.must(Right.SAVE)
    assert by.member is not None
    with act(by=by.actor, at=at) as record:
        before = choices_of([by.member.id])[by.member.id]
        changed = {kind: how for kind, how in choices.items() if before[kind] != how}
        for kind, how in changed.items():
            Choice.objects.update_or_create(member=by.member, kind=kind, defaults={"how": how})
        if changed:
            told = {str(kind.value): str(how.value) for kind, how in changed.items()}
            record(MailChosen(member=by.member.key, choices=told))
