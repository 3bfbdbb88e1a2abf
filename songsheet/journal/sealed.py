"""Sealed values: what is personal stands here by person, not in the journal; erasure deletes it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from songsheet.base.ids import many_keys, new_key
from songsheet.journal.events import PersonErased
from songsheet.journal.models import Sealed
from songsheet.journal.sql import execute, rows


def seal(person: str, name: str, text: str) -> str:
    """Keep a text for a person; the returned key may stand in an entry."""
    return Sealed.objects.create(key=new_key("sealed"), person=person, name=name, text=text).key


def seal_many(texts: Sequence[tuple[str, str, str]]) -> list[str]:
    """`seal` for many (person, name, text), in order."""
    keys = many_keys("sealed", len(texts))
    Sealed.objects.bulk_create(
        [
            Sealed(key=key, person=person, name=name, text=text)
            for key, (person, name, text) in zip(keys, texts, strict=True)
        ]
    )
    return keys


def unseal(key: str) -> str | None:
    """The text behind a key; None once it was erased."""
    return unseal_many([key]).get(key)


def unseal_many(keys: Iterable[str]) -> dict[str, str]:
    """The texts behind keys, without those that were erased."""
    return dict(Sealed.objects.filter(key__in=list(keys)).values_list("key", "text"))


def forget(person: str) -> int:
    """Delete everything sealed for a person, for the erasure action; says how many."""
    return Sealed.objects.filter(person=person).delete()[0]


def forget_words(keys: Sequence[str], fields: Mapping[str, str], ours: Sequence[str]) -> int:
    """Empty what somebody wrote in entries about these keys; how many entries held any.

    `fields`: kind of entry → the field with the words; `ours` are words of the house, which may stay. The
    database lets nothing else be changed in an entry, and only while this is done.
    """
    execute("select set_config('songsheet.forgetting', 'on', true)")
    done = execute(
        """update journal_entry entry set body = jsonb_set(body, array[given.field], '""')
             from unnest(%s::text[], %s::text[]) as given (kind, field)
            where entry.kind = given.kind
              and entry.position in (select position from journal_about where key = any(%s::text[]))
              and body->>given.field <> '' and not body->>given.field = any(%s::text[])""",
        [list(fields), list(fields.values()), list(keys), list(ours)],
    )
    execute("select set_config('songsheet.forgetting', 'off', true)")
    return done


def erased() -> list[tuple[str, datetime]]:
    """Whom somebody asked to be forgotten, and when, the first first: what a restore does again."""
    found = rows(
        """select about.key, entry.occurred_at from journal_entry entry
             join journal_about about on about.position = entry.position
            where entry.kind = %s and entry.lane = 0 order by entry.position""",
        [PersonErased.declared.name],
    )
    return [(key, at) for key, at in found]


def erased_since(position: int) -> tuple[int, int, bool]:
    """The head, how many were erased after a position, and whether entries lost words with them: what the
    nightly vacuum is for."""
    (found,) = rows(
        """select (select position from journal_head), count(*),
                  coalesce(bool_or((body->>'entries')::int > 0), false)
             from journal_entry where position > %s and lane = 0 and kind = %s""",
        [position, PersonErased.declared.name],
    )
    return int(found[0]), int(found[1]), bool(found[2])
