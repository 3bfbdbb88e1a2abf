"""Who is behind the keys in entries: members by key, by a key for programs, by what they started."""

from collections.abc import Iterable
from typing import Any

from songsheet.beside.models import Webhook
from songsheet.flows.models import BulkChange
from songsheet.imports.models import Import
from songsheet.journal.entries import Entry
from songsheet.leads.models import Queue
from songsheet.team.models import ApiKey, Member
from songsheet.team.roles import RIGHTS, Right
from songsheet.touches.models import Task

Members = list[tuple[int, str]]


class Whom:
    """The members that a batch of entries is about, read once. Who does not work here is told nothing."""

    def __init__(self, entries: list[Entry[Any]]) -> None:
        named = {key for entry in entries for key in (entry.actor, *entry.event.subjects())}
        keys = [key for key in named if key.startswith("key_")]
        programs = ApiKey.objects.filter(key__in=keys) if keys else ApiKey.objects.none()
        self._programs = dict(programs.values_list("key", "member__key"))
        members = Member.objects.active().filter(key__in=[key for key in named if key.startswith("member_")])
        self._members = dict(members.values_list("key", "id"))

    def behind(self, actor: str) -> str:
        """The key of the member who did it, themselves or by a program; empty where nobody of us did."""
        return self._programs.get(actor, actor if actor.startswith("member_") else "")

    def keyed(self, keys: Iterable[str | None]) -> Members:
        """Those of these keys who work here."""
        return [(self._members[key], key) for key in keys if key in self._members]

    def has_task(self, key: str) -> Members:
        """Whose task it is now."""
        return _working(Task.objects.filter(key=key, done_at=None, gone_at=None))

    def imports(self, key: str) -> Members:
        """Who started an import."""
        return _working(Import.objects.filter(key=key))

    def changed(self, key: str) -> Members:
        """Who asked for a change of many records."""
        return _working(BulkChange.objects.filter(key=key))

    def answers_for(self, queue: str | None) -> Members:
        """Who answers for a queue."""
        found = Queue.objects.filter(key=queue, responsible__state=Member.State.ACTIVE)
        return list(found.values_list("responsible_id", "responsible__key"))

    def mends(self, key: str) -> Members:
        """Who made a webhook, if they may still mend it; otherwise everybody who may."""
        may = [role for role, rights in RIGHTS.items() if Right.HOUSE in rights]
        made = Webhook.objects.filter(key=key, made_by__role__in=may)
        found = made.filter(made_by__state=Member.State.ACTIVE).values_list("made_by_id", "made_by__key")
        everybody = Member.objects.active().filter(role__in=may).values_list("id", "key")
        return [(id_, member) for id_, member in (found or everybody) if id_]


def _working(rows: Any) -> Members:
    found = rows.filter(member__state=Member.State.ACTIVE)
    return list(found.values_list("member_id", "member__key"))
