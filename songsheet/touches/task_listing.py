"""The list of tasks: what page, API and export show of it."""

from functools import partial
from typing import Any

from django.db.models import QuerySet

from songsheet.doors.archive import IN_ARCHIVE
from songsheet.doors.cells import link_cell
from songsheet.doors.days import end_of, iso, start_of
from songsheet.doors.listing import Column, Filter, Group, Listing, Sort
from songsheet.touches.editing import DONE, DUE, WHAT, WHOSE
from songsheet.touches.models import DUE_OR_LAST, Task
from songsheet.touches.narrowing import (
    about,
    by_member,
    key_of,
    members,
    name_of,
    of_buyer,
    of_person,
    person_cell,
)
from songsheet.touches.queries import archived_tasks, tasks_seen_by
from songsheet.ui.when import when


def task_path(task: Task) -> str:
    """A task is a form of its own."""
    return f"/tasks/{task.key}"


def _is_done(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value not in ("yes", "no"):
        raise ValueError(value)
    return rows.filter(done_at__isnull=value == "no")


TASKS = Listing(
    name="tasks",
    title="Tasks",
    base=tasks_seen_by,
    archive=archived_tasks,
    bulk=True,
    path="/tasks",
    row_path=task_path,
    columns=(
        Column(
            "subject",
            "What",
            lambda one: one.subject,
            link_cell(task_path, lambda one: one.subject),
            edit=WHAT,
        ),
        Column("due", "Due", lambda one: iso(one.due_at), lambda one: when(one.due_at), edit=DUE),
        Column(
            "person",
            "Person",
            lambda one: key_of(one.person),
            person_cell,
            written=lambda one: name_of(one.person),
        ),
        Column(
            "member",
            "Member",
            lambda one: key_of(one.member),
            lambda one: name_of(one.member),
            written=lambda one: name_of(one.member),
            edit=WHOSE,
        ),
        Column("done", "Done", lambda one: iso(one.done_at), lambda one: when(one.done_at), edit=DONE),
        Column("made", "Made", lambda one: iso(one.made_at), lambda one: when(one.made_at), shown=False),
        Column("lead", "Lead", lambda one: one.lead_key or None, shown=False),
        Column("deal", "Deal", lambda one: one.deal_key or None, shown=False),
        Column(
            "remind", "Reminder", lambda one: iso(one.remind_at), lambda one: when(one.remind_at), shown=False
        ),
        Column("external_id", "External id", lambda one: one.external_id, shown=False),
    ),
    filters=(
        Filter("q", "Search", find=of_buyer, find_hidden=partial(of_buyer, hidden=True), personal=True),
        Filter("member", "Member", by_member, "choice", members),
        Filter("person", "Person", of_person),
        Filter("lead", "Lead", about("lead")),
        Filter("deal", "Deal", about("deal")),
        Filter("done", "Done", _is_done, "flag"),
        Filter("from", "Due from", lambda rows, value: rows.filter(due_at__gte=start_of(value)), "date"),
        Filter("until", "Due until", lambda rows, value: rows.filter(due_at__lt=end_of(value)), "date"),
        IN_ARCHIVE,
    ),
    sorts=(
        Sort("-made", "Newest first", ("-made_at", "-id"), "task_by_made"),
        Sort("due", "Due soonest", ("due_or_last", "id"), "task_by_due", {"due_or_last": DUE_OR_LAST}),
    ),
    groups=(Group("member", "By member", "task_of_member_open"),),
)
