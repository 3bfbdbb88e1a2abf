"""What touches, tasks and campaigns must always keep (I7)."""

from collections.abc import Iterator

from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.masters import among, versions_agree
from songsheet.journal.sql import rows
from songsheet.touches.events import (
    CampaignChanged,
    CampaignEntered,
    FileAttached,
    TaskChanged,
    TaskDone,
    TaskPlanned,
    TouchChanged,
    TouchMade,
)


@invariant("I7")
def touches_agree_with_their_entries(span: Span) -> Iterator[Offence]:
    """Each touch, task and campaign was recorded, and has the version of its last change."""
    yield from versions_agree(span, "touches_touch", made=[TouchMade], changed=TouchChanged, exactly=False)
    yield from versions_agree(span, "touches_campaign", made=[CampaignEntered], changed=CampaignChanged)
    yield from versions_agree(span, "touches_task", made=[TaskPlanned], changed=TaskChanged, exactly=False)


@invariant("I7")
def done_tasks_were_recorded_as_done(span: Span) -> Iterator[Offence]:
    """A task that is done has the entry that says so."""
    for (key,) in rows(
        f"""select task.key from touches_task task
             where task.gone_at is null and task.done_at is not null and {among(span, "task.key")}
               and not exists (select from journal_about about
                                 join journal_entry entry on entry.position = about.position
                                where about.key = task.key and entry.kind = %s)
             order by task.id""",
        [TaskDone.declared.name],
    ):
        yield Offence("I7", key, f"{key} is done, but no entry says so.")


@invariant("I7")
def attachments_were_recorded(span: Span) -> Iterator[Offence]:
    """Each file that hangs on a touch has the entry that says so."""
    for (key,) in rows(
        f"""select file.key from touches_attachment file
             where {among(span, "file.key")}
               and not exists (select from journal_about about
                                 join journal_entry entry on entry.position = about.position
                                where about.key = file.key and entry.kind = %s)
             order by file.id""",
        [FileAttached.declared.name],
    ):
        yield Offence("I7", key, f"{key} hangs on a touch, but no entry says how it came.")
