"""Tasks brought in: known by what another system calls them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from songsheet.base.adopting import Adopted, Fault, Lane, Ref, Standing, Table, named, ref_id
from songsheet.base.chunks import Chunk, Given
from songsheet.journal.adopt import adopt_in_acts
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.events import TaskChanged, TaskDone, TaskPlanned
from songsheet.touches.models import Task


@dataclass(slots=True)
class TaskRow:
    """What somebody means to do, or did (`done_at`)."""

    subject: str = ""
    person: Ref | None = None
    member: Ref | None = None
    lead_key: str = ""
    deal_key: str = ""
    made_at: datetime | None = None
    due_at: datetime | None = None
    done_at: datetime | None = None
    external: tuple[str, str] | None = None
    remind_at: datetime | None = None


def adopt_tasks(
    rows: Sequence[TaskRow], *, by: Acting, at: datetime, lane: Lane = "history"
) -> list[Adopted]:
    """Bring tasks in; the same again changes nothing, and one that was done here stays done."""
    by.must(Right.WORK)
    return adopt_in_acts(Tasks, rows, entries_of=lambda row: 2, by=by.actor, at=at, lane=lane)


class Tasks(Chunk[TaskRow]):
    """The tasks of one chunk."""

    table = Table(Task)
    prefix = "task"
    realm = 5

    def values(self, row: TaskRow) -> dict[str, Any]:
        system, external_id = row.external or ("", "")
        return {
            "subject": row.subject.strip(),
            "person_id": ref_id(row.person),
            "member_id": ref_id(row.member),
            "lead_key": row.lead_key,
            "deal_key": row.deal_key,
            "made_at": row.made_at,
            "due_at": row.due_at,
            "done_at": row.done_at,
            "remind_at": row.remind_at,
            "system": system,
            "external_id": external_id,
        }

    def fault(self, row: TaskRow, values: dict[str, Any]) -> Fault | None:
        return None if values["subject"] else ("A task needs to say what is to be done.", "subject")

    def make(self, given: Given[TaskRow]) -> Standing:
        given.values["made_at"] = given.values["made_at"] or self.at
        return super().make(given)

    def made(self, standing: Standing, given: Given[TaskRow]) -> None:
        body = {"task": standing.key, **_about(given.row), "member": given.row.member and given.row.member[1]}
        self.happened.append((TaskPlanned, body, standing.values["made_at"]))
        self._done(standing, given)

    def changed(self, standing: Standing, given: Given[TaskRow], before: dict[str, Any]) -> None:
        if "remind_at" in before:
            standing.values["reminded_at"] = None
        about = {name: key for name, key in _about(given.row).items() if name != "deal"}
        body = {"task": standing.key, "fields": named(before), "version": standing.version, **about}
        self.happened.append((TaskChanged, body, self.at))
        if before.get("done_at", self) is None:
            self._done(standing, given)

    def _done(self, standing: Standing, given: Given[TaskRow]) -> None:
        if done_at := standing.values["done_at"]:
            self.happened.append((TaskDone, {"task": standing.key, **_about(given.row)}, done_at))


def _about(row: TaskRow) -> dict[str, str | None]:
    return {
        "person": row.person and row.person[1],
        "lead": row.lead_key or None,
        "deal": row.deal_key or None,
    }
