"""What search must always keep: each record is found by its words, and by nothing that it is not (I7)."""

from collections.abc import Iterable, Iterator

from songsheet.base import bulk
from songsheet.doors.findable import Findable
from songsheet.find.kinds import KINDS
from songsheet.find.reader import BY_PREFIX, NOW, PAST, concerned, hear
from songsheet.find.refresh import IN_NO_NAME, spans, words_of
from songsheet.journal.check import Offence, Span, invariant, one_instant
from songsheet.journal.queries import head
from songsheet.journal.reader import Reader

_MOST = 100
#: Of many chunks of records the words of every so-manieth are cut again.
_SOME = 20


@invariant("I7")
def what_is_found_equals_its_recomputation(span: Span) -> Iterator[Offence]:
    """Each record has the words that its rows give, but for what happened since the readers heard all.

    In full: whether each has a row and each row a record; of more than 100,000 the words of a twentieth.
    """
    until = head()
    hear()
    with one_instant():
        heard = {reader.name: _heard(reader) for reader in (NOW, PAST)}
        if still := [reader for reader, position in heard.items() if position < until]:
            for name in still:
                yield Offence("I7", name, "The reader stands still; see the parked work.")
            return
        since = concerned(min(heard.values()), head())
        if span.full:
            for kind in KINDS:
                but = set(since.get(kind.prefix, ()))
                yield from _faults(kind, [_unmatched(kind)], but)
                yield from _faults(kind, spans(kind, some=_SOME), but)
            yield from words_of_nobody()
        else:
            for prefix, ids in concerned(span.after, span.until).items():
                yield from _faults(BY_PREFIX[prefix], [ids], set(since.get(prefix, ())))


def _unmatched(kind: Findable) -> list[int]:
    """Records that may have words and have no row, and rows of records that are not to be found."""
    sql = f"""select id from {kind.table} it where {kind.where}
                 and not exists (select from find_found where kind = {kind.number} and of = it.id)
               union all
              select of from find_found where kind = {kind.number}
                 and not exists (select from {kind.table} it where id = of and {kind.where})"""
    return [id_ for (id_,) in bulk.rows(sql)]


def words_of_nobody() -> Iterator[Offence]:
    """Words that are kept for misspelt ones, though they are in nobody's name."""
    for (count,) in bulk.rows(f"select count(*) from find_word where {IN_NO_NAME}"):
        if count:
            yield Offence("I7", "find_word", f"{count:,} words are kept that are in nobody's name.")


def _faults(kind: Findable, chunks: Iterable[list[int]], but: set[int]) -> Iterator[Offence]:
    for chunk in chunks:
        ids = [id_ for id_ in chunk if id_ not in but]
        found, called = words_of(kind, ids)
        wrong = bulk.rows(
            f"""select coalesce(given.of, stands.of)
                  from (select of, words::tsvector
                          from unnest(%(of)s::bigint[], %(words)s::text[]) as given (of, words)) as given
                  full join (select * from find_found
                              where kind = {kind.number} and of = any(%(ids)s::bigint[])) as stands
                    on stands.of = given.of
                 where given.words is distinct from stands.words limit {_MOST}""",
            {"ids": ids, "of": list(found), "words": list(found.values())},
        )
        for (id_,) in wrong:
            key = bulk.rows(f"select key from {kind.table} where id = %s", [id_])
            sentence = "It is found by other words than it has. `songsheet rebuild` puts that right."
            yield Offence("I7", key[0][0] if key else f"{kind.name} {id_}", sentence)
        missing = bulk.rows(
            "select count(*) from unnest(%s::text[]) as given"
            " where not exists (select from find_word where word = given)",
            [sorted(called)],
        )
        if missing[0][0]:
            yield Offence("I7", "find_word", f"{missing[0][0]:,} words of names are not known.")


def _heard(reader: Reader) -> int:
    """Until where it has heard what it hears: its own position, or the end when nothing follows."""
    ((position, more, end),) = bulk.rows(
        f"""select cursor.position, exists (select from journal_entry where {reader.filter}
                     and position > cursor.position), (select position from journal_head)
              from (select coalesce((select position from journal_reader where name = %s), 0)
                   ) as cursor(position)""",
        [reader.name],
    )
    return int(position if more else end)
