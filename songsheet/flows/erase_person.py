"""Erasing one person (I11): rows keep their keys and numbers, every personal value goes, one entry stays."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from songsheet.base.bulk import execute, rows
from songsheet.buyers.errors import NoSuchPerson
from songsheet.buyers.models import Person
from songsheet.buyers.suppressed_acts import suppress
from songsheet.files.actions import forget_unheld
from songsheet.flows.erase_files import erase_files
from songsheet.flows.erase_rows import erase_rows
from songsheet.flows.erase_whose import Whose, whose
from songsheet.journal.act import act
from songsheet.journal.events import PersonErased
from songsheet.journal.sealed import forget, forget_words
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: The list kept outside the database, so that a restore knows of erasures that its backup does not.
LIST = "erasures"
#: Entries that hold words: reasons until these had a second version, and why the API was told to archive.
WORDS = {
    "leads.lead_ended": "reason",
    "deals.deal_ended": "reason",
    "leads.lead_gone": "why",
    "deals.deal_gone": "why",
    "touches.touch_gone": "why",
    "touches.task_gone": "why",
    "buyers.person_gone": "why",
}
#: What we say ourselves of why something was taken out.
OURS = ("archived", "undone", "import undone", "withdrawn")


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did: the records it was about, rows per table, files."""

    people: list[str]
    rows: dict[str, int]
    files: int


def erase_person(key: str, *, by: Acting, at: datetime) -> Erased:
    """Delete every personal value of a person, and of the records merged with theirs; cannot be undone.

    What stays says that somebody was there: keys, times, amounts, states. Whoever erased is in the journal.
    """
    by.must(Right.ERASE)
    with act(by=by.actor, at=at) as record:
        person = known_person(key)
        them = whose(person.root_id or person.id)
        told = _told_before(them.people)
        suppress(them.ids, at=at)
        done = erase_rows(them)
        if freed := forget_unheld():
            done["files_blob"] = freed
        for one in them.people:
            forget(one)
        entries = forget_words(them.keys, WORDS, OURS)
        _out_of_the_lists(them, at)
        for one in them.people:
            if one not in told:
                record(PersonErased(person=one, entries=entries))
        files = erase_files(them)
        transaction.on_commit(lambda: note_outside([(one, at) for one in them.people]))
    return Erased(them.people, done, files)


def known_person(key: str) -> Person:
    """The person with this key, also one who is in no list any more; refused when there is none."""
    person = Person.objects.filter(key=key).first() if "\x00" not in key else None
    if person is None:
        raise NoSuchPerson("There is no such person. Look them up again; the address may be misspelt.")
    return person


def erase_again(keys: Iterable[str], *, by: Acting, at: datetime) -> list[str]:
    """Do erasures again on a restored backup; those whom it does not know are no matter. Whom it knew."""
    there = list(Person.objects.filter(key__in=list(keys)).order_by("id").values_list("key", flat=True))
    for key in there:
        erase_person(key, by=by, at=at)
    return there


def _told_before(people: list[str]) -> set[str]:
    found = rows(
        """select about.key from journal_about about
             join journal_entry entry on entry.position = about.position
            where about.key = any(%s::text[]) and entry.kind = %s""",
        [people, PersonErased.declared.name],
    )
    return {key for (key,) in found}


def _out_of_the_lists(them: Whose, at: datetime) -> None:
    execute(
        "update buyers_person set gone_at = coalesce(gone_at, %s), version = version + 1"
        " where id = any(%s::bigint[])",
        [at, them.ids],
    )


def note_outside(erased: Iterable[tuple[str, datetime]]) -> None:
    """Add to the list in the data directory; keys and times alone."""
    path = Path(settings.ENVIRONMENT.home) / LIST
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{key} {at.isoformat()}\n" for key, at in erased)
        file.flush()
        os.fsync(file.fileno())


def noted_outside(path: Path) -> dict[str, datetime]:
    """The erasures that such a list names."""
    if not path.exists():
        return {}
    lines = [line.split() for line in path.read_text("utf-8").splitlines() if line.strip()]
    return {key: datetime.fromisoformat(at) for key, at in lines}
