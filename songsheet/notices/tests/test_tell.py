"""Who is told of what: once for each thing, whoever reads the entries again; nobody of their own deeds."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest

from songsheet.base.adopting import Ref
from songsheet.beside.actions import add_webhook
from songsheet.beside.sending_actions import _stop
from songsheet.buyers.adopt import PersonRow, adopt_people
from songsheet.clocks.alert_actions import tell_what_is_due
from songsheet.deals.actions import open_deal
from songsheet.deals.adopt import DealRow
from songsheet.imports.events import ImportFinished
from songsheet.imports.models import Import
from songsheet.journal.act import act
from songsheet.journal.readers import catch_up
from songsheet.journal.sql import execute
from songsheet.journal.testing import assert_recorded
from songsheet.leads.actions import give_lead, lead_came, put_back
from songsheet.leads.adopt import LeadRow
from songsheet.leads.models import Lead
from songsheet.notices.actions import choose_mail, mark_read, mark_unread
from songsheet.notices.errors import NoSuchNotice
from songsheet.notices.events import MailChosen
from songsheet.notices.models import Choice, How, Kind, Notice
from songsheet.notices.queries import notices_of, page_of, unread_count
from songsheet.notices.reactions import READER, tell
from songsheet.notices.shown import shown
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.actions import change_member, issue_key
from songsheet.team.keys import whose
from songsheet.touches.actions import change_task, do_task, plan_task, remind
from songsheet.touches.adopt import TaskRow, TouchRow
from songsheet.touches.note_actions import archive_note, change_note, write_note

SYSTEM = as_system("tests")


def suzanne(at: datetime) -> Ref:
    return adopt_people([PersonRow(name="Suzanne Okafor")], by=SYSTEM, at=at)[0].must


def told(by: Acting) -> list[str]:
    catch_up(READER)
    return [one.says for one in shown(list(notices_of(by)))]


@pytest.fixture
def four(cast: dict[str, Any]) -> tuple[Acting, Acting, Acting, Acting]:
    catch_up(READER)
    return tuple(as_member(cast[name]) for name in ("priya", "tom", "diane", "ruth"))  # type: ignore[return-value]


def test_a_mention_is_told_once_whatever_becomes_of_the_note(four: Any, at: datetime) -> None:
    priya, tom, diane, _ = four
    note = write_note(
        TouchRow(text="Ask @Tom Lindqvist and @Priya Raman", person=suzanne(at)), by=priya, at=at
    )
    assert told(tom) == ["Priya Raman mentioned you in a note on Suzanne Okafor"]
    assert shown(list(notices_of(tom)))[0].words == "Ask @Tom Lindqvist and @Priya Raman"
    assert told(priya) == []
    change_note(note.key, "Ask @Diane Mercer", by=priya, at=at, version=1)
    change_note(note.key, "Ask @Tom Lindqvist", by=priya, at=at, version=2)
    assert len(told(tom)) == len(told(diane)) == 1
    archive_note(note.key, by=priya, at=at)
    assert told(tom) == told(diane) == []


def test_by_a_key_of_ones_own_it_is_still_oneself(cast: dict[str, Any], four: Any, at: datetime) -> None:
    priya, tom, *_ = four
    _, secret = issue_key(member=cast["tom"], scopes=["write"], by=SYSTEM, at=at)
    caller = whose(secret)
    assert caller is not None
    plan_task(TaskRow(subject="Call"), by=caller.by, at=at)
    plan_task(TaskRow(subject="Call", member=(cast["priya"].id, cast["priya"].key)), by=caller.by, at=at)
    assert told(tom) == []
    assert told(priya) == ["Tom Lindqvist gave you a task"]


def test_leads_deals_and_tasks_that_are_given(cast: dict[str, Any], four: Any, at: datetime) -> None:
    priya, tom, diane, _ = four
    person = suzanne(at)
    lead = lead_came(LeadRow(person=person), by=SYSTEM, at=at)
    give_lead(lead.key, cast["priya"], by=diane, at=at)
    assert told(priya) == ["Diane Mercer gave you a lead: Suzanne Okafor"]
    put_back(lead.key, by=diane, at=at)
    assert told(priya) == []
    give_lead(lead.key, cast["priya"], by=diane, at=at)
    deal = DealRow(lead=(lead.id, lead.key), owner=(cast["tom"].id, cast["tom"].key), name="40 desks",
                   next_step="Call", next_step_on=at.date())  # fmt: skip
    open_deal(lead.key, deal, by=priya, at=at)
    assert told(tom) == ["Priya Raman gave you a deal: Suzanne Okafor"]
    mine = plan_task(TaskRow(subject="Send the price", person=person), by=priya, at=at)
    assert len(told(priya)) == 1
    change_task(mine.key, by=priya, at=at, member_id=cast["diane"].id)
    assert told(diane) == ["Priya Raman gave you a task: Suzanne Okafor"]
    do_task(mine.key, by=diane, at=at)
    assert told(diane)
    assert unread_count(diane) == 0


def test_a_pile_is_one_notice_with_a_number(cast: dict[str, Any], four: Any, at: datetime) -> None:
    priya, _, diane, _ = four
    person = suzanne(at)
    for many in (7, 6):
        leads = [lead_came(LeadRow(person=person), by=SYSTEM, at=at) for _ in range(many)]
        for lead in leads:
            give_lead(lead.key, cast["priya"], by=diane, at=at)
        told(priya)
    assert told(priya) == ["Diane Mercer gave you 13 leads"]
    assert Lead.objects.filter(owner=cast["priya"]).count() == 13
    mark_read(None, by=priya, at=at)
    lead = lead_came(LeadRow(person=person, owner=(cast["priya"].id, cast["priya"].key)), by=diane, at=at)
    assert len(told(priya)) == 2
    assert unread_count(priya) == 1
    assert notices_of(priya)[0].about == lead.key


def test_a_reminder_is_told_to_who_has_the_task(cast: dict[str, Any], four: Any, at: datetime) -> None:
    priya, tom, *_ = four
    row = TaskRow(subject="Call", person=suzanne(at), remind_at=at, due_at=at)
    task = plan_task(row, by=priya, at=at)
    change_task(task.key, by=priya, at=at, member_id=cast["tom"].id)
    remind(by=SYSTEM, at=at)
    assert told(priya) == []
    assert set(told(tom)) == {
        "Priya Raman gave you a task: Suzanne Okafor", "You wanted to be reminded of a task: Suzanne Okafor",
    }  # fmt: skip
    change_task(task.key, by=tom, at=at, remind_at=at + timedelta(hours=1))
    mark_read(None, by=tom, at=at)
    remind(by=SYSTEM, at=at + timedelta(hours=2))
    assert len(told(tom)) == 2
    assert unread_count(tom) == 1


def test_work_behind_the_pages_and_a_webhook_that_stands(
    cast: dict[str, Any], four: Any, at: datetime
) -> None:
    _, tom, _, ruth = four
    run = Import.objects.create(member=cast["ruth"], made_at=at, system="zoho")
    with act(by=as_system("x").actor, at=at) as record:
        record(ImportFinished(run=run.key, rows=0, created=0, updated=0, unchanged=0, rejected=0))
    webhook = add_webhook(url="https://there.example/x", by=ruth, at=at)
    _stop(webhook, "the receiver answered 410 Gone", at)
    assert set(told(ruth)) == {"Your import is done", "A webhook was stopped after failures"}
    assert told(tom) == []
    change_member(cast["ruth"].key, by=as_system("x"), at=at, role="guide")
    again = as_member(type(cast["ruth"]).objects.get(id=cast["ruth"].id))
    assert told(again) == []


def test_reading_the_journal_again_tells_nobody_twice(four: Any, at: datetime) -> None:
    priya, tom, *_ = four
    write_note(TouchRow(text="@Tom Lindqvist", person=suzanne(at)), by=priya, at=at)
    plan_task(TaskRow(subject="x", member=(tom.member.id, tom.member.key), remind_at=at), by=priya, at=at)
    remind(by=SYSTEM, at=at)
    assert len(told(tom)) == 3
    mark_read(None, by=tom, at=at)
    for _ in range(2):
        execute("update journal_reader set position = 0 where name = %s", [READER.name])
        assert len(told(tom)) == 3
    assert unread_count(tom) == 0


def test_in_halves_and_by_two_workers_it_is_the_same(
    own_database: str, cast: dict[str, Any], at: datetime
) -> None:
    catch_up(READER)
    priya, tom = as_member(cast["priya"]), as_member(cast["tom"])
    for number in range(40):
        row = TaskRow(subject=str(number), member=(tom.member.id, tom.member.key), person=None)  # type: ignore[union-attr]
        plan_task(row, by=priya if number % 2 else as_member(cast["diane"]), at=at)
        write_note(TouchRow(text=f"{number} @Tom Lindqvist"), by=priya, at=at)

    def killed(entries: list[Any]) -> None:
        tell(entries)
        raise ConnectionError

    half = type(READER)(READER.name, batch=killed, hears=READER.hears, since="now")
    catch_up(half, at)
    assert Notice.objects.count() == 0

    def worker() -> None:
        from django.db import connection

        catch_up(READER, at + timedelta(hours=1))
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    catch_up(READER, at + timedelta(hours=2))
    mentions = Notice.objects.filter(member=cast["tom"], cause="mention")
    assert (mentions.count(), mentions.filter(count=1).count()) == (40, 40)
    given = Notice.objects.filter(member=cast["tom"], cause="task_given")
    assert sum(one.count for one in given) == 40


def test_what_is_anothers_is_neither_seen_nor_changed(four: Any, cast: dict[str, Any], at: datetime) -> None:
    priya, tom, *_ = four
    write_note(TouchRow(text="@Tom Lindqvist", person=suzanne(at)), by=priya, at=at)
    told(tom)
    (one,) = page_of(tom, unread=True)
    assert mark_read([one.key], by=priya, at=at) == 0
    with pytest.raises(NoSuchNotice):
        mark_unread(one.key, by=priya)
    with pytest.raises(NoSuchNotice):
        page_of(priya, before=one.key)
    assert mark_read([one.key], by=tom, at=at) == 1
    mark_unread(one.key, by=tom)
    assert unread_count(tom) == 1
    assert page_of(tom, before=one.key) == []
    choose_mail({Kind.MENTION: How.NEVER, Kind.GIVEN: How.DAILY}, by=tom, at=at)
    assert Choice.objects.get().how == "never"
    assert_recorded(MailChosen, member=cast["tom"].key, choices={"mention": "never"})


def test_a_promise_is_told_when_it_is_due_soon_then_that_it_was_not_kept(
    cast: dict[str, Any], four: Any, at: datetime
) -> None:
    """Each once, whoever reads the entries again; never both for one lead; and not once it is answered."""
    priya, tom, diane, _ = four
    lead = lead_came(
        LeadRow(person=suzanne(at), owner=(cast["priya"].id, cast["priya"].key)), by=SYSTEM, at=at
    )
    assert lead.clock is not None
    mark_read(None, by=priya, at=at)
    told(priya)
    mark_read(None, by=priya, at=at)

    def unread() -> list[tuple[str, datetime | None]]:
        catch_up(READER)
        return [(one.says, one.due) for one in shown(list(notices_of(priya).filter(read_at=None)))]

    due = lead.clock.due_at
    tell_what_is_due(by=SYSTEM, at=due - timedelta(minutes=61))
    assert unread() == []
    for minutes in (60, 30, 1):
        tell_what_is_due(by=SYSTEM, at=due - timedelta(minutes=minutes))
        assert unread() == [("A promise of yours is due soon: Suzanne Okafor", due)]
    for minutes in (0, 1, 600):
        tell_what_is_due(by=SYSTEM, at=due + timedelta(minutes=minutes))
        assert unread() == [("A promise of yours was not kept in time: Suzanne Okafor", due)]
    assert told(tom) == []
    give_lead(lead.key, cast["tom"], by=diane, at=due + timedelta(hours=1))
    assert unread() == []
