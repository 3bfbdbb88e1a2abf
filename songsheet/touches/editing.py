"""What of touches, tasks and campaigns is changed in their lists, in place: how each is typed, its action."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from songsheet.base.adopting import RowRefused
from songsheet.base.money import Money, typed_money
from songsheet.base.refusals import Stale
from songsheet.base.text import fold
from songsheet.doors.listing import Edit
from songsheet.team.acting import Acting
from songsheet.team.queries import house, member_choices, member_keyed
from songsheet.team.roles import Right
from songsheet.touches.actions import change_campaign, change_task, change_touch, do_task, reopen_task
from songsheet.touches.models import Campaign, Source, Task, Touch

Choices = Callable[[], Sequence[tuple[str, str]]]
Given = Callable[[Any, str], dict[str, Any]]
#: On its day a task is due at the end of the working day.
END_OF_DAY = time(17)


def _edit(
    change: Callable[..., Any],
    read: Callable[[Any], str],
    given: Given,
    *,
    kind: str = "text",
    choices: Choices = tuple,
    right: Right = Right.WORK,
    fits: Callable[[Any], bool] = lambda row: True,
) -> Edit:
    def write(row: Any, text: str, *, version: int, by: Acting, at: datetime) -> None:
        change(row.key, by=by, at=at, version=version, **given(row, text))

    return Edit(read, write, right, kind, choices, fits)


def due_on(text: str) -> datetime | None:
    """When a task of this day is due: at the end of the working day, by the clock of the house."""
    if not text:
        return None
    return datetime.combine(_day(text, "due") or date.max, END_OF_DAY, ZoneInfo(house().zone))


def _day(text: str, field: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RowRefused("Write the day like 2026-05-12.", field=field) from None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _is_no_note(touch: Touch) -> bool:
    return touch.kind != Touch.Kind.NOTE  # who wrote a note changes it, where it stands


def _touch(name: str) -> Edit:
    return _edit(
        change_touch, lambda one: str(getattr(one, name)), lambda one, text: {name: text}, fits=_is_no_note
    )


SUBJECT, STATUS = _touch("subject"), _touch("status")


def _what(task: Task, text: str) -> dict[str, Any]:
    if not text:
        raise RowRefused("A task says what is to be done. Write it.", field="subject")
    return {"subject": text}


def _whose(task: Task, text: str) -> dict[str, Any]:
    return {"member_id": member_keyed(text).id if text else None}


def _tick(task: Task, text: str, *, version: int, by: Acting, at: datetime) -> None:
    if version != task.version:
        raise Stale("Somebody changed this task since you opened it. Look at it again.", version=task.version)
    if (text == "yes") != (task.done_at is not None):
        (do_task if text == "yes" else reopen_task)(task.key, by=by, at=at)


def _due(task: Task) -> str:
    return _iso(task.due_at.astimezone(ZoneInfo(house().zone)).date() if task.due_at else None)


WHAT = _edit(change_task, lambda task: task.subject, _what)
DUE = _edit(change_task, _due, lambda task, text: {"due_at": due_on(text)}, kind="date")
WHOSE = _edit(
    change_task,
    lambda task: task.member.key if task.member else "",
    _whose,
    kind="choice",
    choices=lambda: [("", "—"), *member_choices()],
)
DONE = Edit(
    lambda task: "yes" if task.done_at else "no",
    _tick,
    Right.WORK,
    "choice",
    lambda: [("no", "To do"), ("yes", "Done")],
)


def _campaign(
    read: Callable[[Campaign], str], given: Given, kind: str = "text", choices: Choices = tuple
) -> Edit:
    return _edit(change_campaign, read, given, kind=kind, choices=choices, right=Right.SPEND)


def _name(campaign: Campaign, text: str) -> dict[str, Any]:
    if not text:
        raise RowRefused("A campaign needs a name. Give one.", field="name")
    return {"name": text}


def _source(campaign: Campaign, text: str) -> dict[str, Any]:
    found = Source.objects.filter(name_folded=fold(text)).first() if text else None
    if text and found is None:
        raise RowRefused(f"There is no source “{text[:60]}”. Add it first.", field="source")
    return {"source_id": found.pk if found else None}


def _sources() -> Sequence[tuple[str, str]]:
    names = Source.objects.order_by("name").values_list("name", flat=True)
    return [("", "—"), *((name, name) for name in names)]


def _amount(name: str) -> Edit:
    def read(campaign: Campaign) -> str:
        minor = getattr(campaign, name)
        return f"{Money(minor, campaign.currency).decimal()} {campaign.currency}" if minor is not None else ""

    def given(campaign: Campaign, text: str) -> dict[str, Any]:
        if not text:
            return {name: None}
        money, other = typed_money(text, campaign.currency), {"budget": "cost", "cost": "budget"}[name]
        if money is None or money.minor < 0:
            raise RowRefused("Write the amount with its currency, such as 22,700.50 EUR.", field=name)
        if money.currency != campaign.currency and getattr(campaign, other) is not None:
            raise RowRefused(f"Its {other} is in {campaign.currency}. Give both in one currency.", field=name)
        return {name: money.minor, "currency": money.currency}

    return _campaign(read, given)


CALLED = _campaign(lambda one: one.name, _name)
KIND = _campaign(lambda one: one.kind, lambda one, text: {"kind": text})
STANDS = _campaign(lambda one: one.status, lambda one, text: {"status": text})
SOURCE = _campaign(lambda one: one.source.name if one.source else "", _source, "choice", _sources)
STARTS = _campaign(
    lambda one: _iso(one.starts_on), lambda one, text: {"starts_on": _day(text, "starts_on")}, "date"
)
ENDS = _campaign(lambda one: _iso(one.ends_on), lambda one, text: {"ends_on": _day(text, "ends_on")}, "date")
BUDGET, COST = _amount("budget"), _amount("cost")
