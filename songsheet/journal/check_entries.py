"""Every entry read again, and what it names compared with the rows about it: those that look alike at once.

Entries of one kind whose bodies differ in the keys alone read alike: one of them is read by its event, which
also tells whether all of its keys are subjects. Of the others the keys are taken from the stored text.
"""

import re
from collections.abc import Iterator
from operator import add
from typing import NamedTuple

import orjson

from songsheet.base.ids import BODY_PATTERN
from songsheet.journal.events import UNREADABLE, kind_of
from songsheet.journal.sql import rows

CHUNK = 20_000

#: Splits a body at the keys in it; their prefixes stay with the text between them.
_KEYS = re.compile(rf'_({BODY_PATTERN})"')
_PREFIX = re.compile(r'"([a-z]+)$')
#: Entries with the keys of what they are about; an entry has few, a chunk fits in memory.
_ENTRIES = """
select position, coalesce(entry.kind, ''), entry.version, entry.body::text, coalesce(about.keys, '')
  from (select position, kind, version, body from journal_entry
         where position > %(after)s and position <= %(until)s) as entry
  full join (select position, string_agg(key, ' ') as keys from journal_about
              where position > %(after)s and position <= %(until)s group by position) as about
       using (position)
 order by position
"""


class Entry(NamedTuple):
    """An entry as it is stored, and the keys that `journal_about` has of it; none such has no kind."""

    position: int
    kind: str
    version: int
    body: str
    about: str


class _Form(NamedTuple):
    """What entries that look alike have in common: the prefixes of their keys, all of them subjects."""

    prefixes: tuple[str, ...]


def faults(after: int, until: int) -> Iterator[tuple[int, str]]:
    """(position, what is wrong with it) of the entries after < p <= until."""
    forms: dict[tuple[str, ...], _Form | None] = {}
    for entry in map(Entry._make, rows(_ENTRIES, {"after": after, "until": until})):
        if not entry.kind:
            yield entry.position, f"journal_about speaks of entry {entry.position}, which does not exist."
            continue
        parts = _KEYS.split(entry.body)
        form = (entry.kind, str(entry.version), *parts[::2])
        if form not in forms:
            forms[form] = _read(entry, parts)
        known = forms[form]
        if known is not None and set(map(add, known.prefixes, parts[1::2])) == set(entry.about.split()):
            continue
        if sentence := _fault_of(entry):
            yield entry.position, sentence


def _read(entry: Entry, parts: list[str]) -> _Form | None:
    """The form of an entry; nothing if each that looks like it is to be read by itself."""
    ends = list(map(_PREFIX.search, parts[:-1:2]))
    prefixes = tuple(f"{end[1]}_" for end in ends if end)
    try:
        named = kind_of(entry.kind).read(entry.version, orjson.loads(entry.body)).subjects()
    except UNREADABLE:
        return None
    is_all = len(prefixes) == len(ends) and set(map(add, prefixes, parts[1::2])) == set(named)
    return _Form(prefixes) if is_all else None


def _fault_of(entry: Entry) -> str | None:
    what = f"Entry {entry.position} ({entry.kind}"
    try:
        event = kind_of(entry.kind).read(entry.version, orjson.loads(entry.body))
    except UNREADABLE as error:
        return f"{what} version {entry.version}) cannot be read: {type(error).__name__}."
    wrong = sorted(set(event.subjects()) ^ set(entry.about.split()))
    return f"{what}) and journal_about disagree about {', '.join(wrong)}." if wrong else None
