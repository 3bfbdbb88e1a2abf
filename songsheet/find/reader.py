"""The readers that keep the table: what is recorded about something refreshes the words it is found by.

Two with the same work: one hears what people do now, and never waits behind an import; the other hears
history, and in a database of before it begins at the first entry and hears all that the first did not, which
fills the table.
"""

from django.db import transaction

from songsheet.base import bulk
from songsheet.find.again_actions import go_on, hear_of_fields
from songsheet.find.kinds import KINDS
from songsheet.find.refresh import refresh
from songsheet.journal.reader import Reader
from songsheet.journal.readers import catch_up

_OWNED = ", ".join(f"('{kind.prefix}', '{kind.part}')" for kind in KINDS)
_TELLS = " or ".join(f"(owned.prefix = '{kind.prefix}' and ({kind.passes_on}))" for kind in KINDS)
#: Keys that entries of their own part, or of a process over several, name; and whether others hear of it.
_NAMED = f"""
select owned.prefix, about.key, bool_or({_TELLS})
  from journal_about about
  join journal_entry entry on entry.position = about.position
  join (values {_OWNED}) as owned (prefix, part)
    on owned.prefix = split_part(about.key, '_', 1)
   and split_part(entry.kind, '.', 1) in (owned.part, 'flows', 'journal')
 where about.position > %(after)s and about.position <= %(until)s
   and entry.position > %(after)s and entry.position <= %(until)s and {{lane}}
 group by 1, 2"""


def answer_now(after: int, until: int) -> None:
    """Refresh what those of the entries after < position <= until are about that happened live."""
    _answer(after, until, "entry.lane = 0")
    hear_of_fields(after, until)


def answer_past(after: int, until: int) -> None:
    """Refresh what those of them are about that are history, or happened before the other reader began."""
    ((began,),) = bulk.rows("select (select began from journal_reader where name = %s)", [NOW.name])
    past = "true" if began is None else f"(entry.lane = 1 or entry.position <= {began})"
    _answer(after, until, past)


def _answer(after: int, until: int, lane: str) -> None:
    for kind, ids in concerned(after, until, lane).items():
        refresh(BY_PREFIX[kind], ids)


BY_PREFIX = {kind.prefix: kind for kind in KINDS}


def concerned(after: int, until: int, lane: str = "true") -> dict[str, list[int]]:
    """Kind → ids of the records whose words these entries may have changed."""
    with transaction.atomic():
        # What was recorded since the tables were last analyzed counts as one row: for thousands of entries a
        # nested loop was chosen, which reads the whole index for each.
        bulk.execute("set local enable_nestloop = off")
        named = bulk.rows(_NAMED.format(lane=lane), {"after": after, "until": until})
        bulk.execute("set local enable_nestloop = on")
    telling = {
        name: [key for prefix, key, tells in named if tells and prefix == one]
        for name, one in (("people", "person"), ("companies", "company"))
    }
    found = {}
    for kind in KINDS:
        keys = [key for prefix, key, _ in named if prefix == kind.prefix]
        if keys or telling["people"] or telling["companies"]:
            given = {"keys": keys, **telling}
            asked = {name: value for name, value in given.items() if f"%({name})s" in kind.changed}
            if any(asked.values()):
                found[kind.prefix] = [id_ for (id_,) in bulk.rows(kind.changed, asked)]
    return {prefix: ids for prefix, ids in found.items() if ids}


NOW = Reader("find.now", ranges=answer_now, since="now")
PAST = Reader("find", ranges=answer_past, hears_history=True)


def hear() -> None:
    """Catch up with the journal now, both, and with what is cut again."""
    for reader in (NOW, PAST):
        catch_up(reader)
    while go_on():
        pass
