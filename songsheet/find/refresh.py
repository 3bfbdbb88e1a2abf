"""Writing the table: the words of some records, or of all, as they are now."""

from collections.abc import Collection, Iterable

from django.db import transaction

from songsheet.base import bulk
from songsheet.doors.findable import Findable
from songsheet.find.kinds import KINDS
from songsheet.find.near import stored
from songsheet.find.words import NAME, lexemes, name_words
from songsheet.journal.queries import head

#: So many records a statement.
CHUNK = 5_000


def refresh(kind: Findable, ids: Collection[int]) -> int:
    """Store what these records are found by now; how many rows changed. What is not found loses its row.

    Whoever refreshes holds the table, so that nobody writes what they read before somebody else's change.
    """
    chosen = sorted(set(ids))
    return sum(_some(kind, chosen[start : start + CHUNK]) for start in range(0, len(chosen), CHUNK))


def refresh_all() -> int:
    """Store what every record is found by, a chunk a transaction; how many rows were not right."""
    return sum(refresh(kind, ids) for kind in KINDS for ids in spans(kind))


def spans(kind: Findable, *, some: int = 1) -> Iterable[list[int]]:
    """The ids of all records of a kind that may be found, and of all rows, a chunk at a time.

    With `some`, only every so-manieth chunk, another one as the journal grows.
    """
    ((last,),) = bulk.rows(
        f"""select greatest((select max(id) from {kind.table}),
                            (select max(of) from find_found where kind = {kind.number}), 0)"""
    )
    first = CHUNK * (head() % some) if last > CHUNK * some else 0
    for after in range(first, last, CHUNK * some if last > CHUNK * some else CHUNK):
        yield [
            id_
            for (id_,) in bulk.rows(
                f"""select id from {kind.table} it where id > %(after)s and id <= %(until)s and {kind.where}
                     union select of from find_found
                     where kind = {kind.number} and of > %(after)s and of <= %(until)s""",
                {"after": after, "until": after + CHUNK},
            )
        ]


def words_of(kind: Findable, ids: list[int]) -> tuple[dict[int, str], set[str]]:
    """What each of these records is found by, as tsvectors, and the words of their names."""
    found: dict[int, str] = {}
    called: set[str] = set()
    for id_, names, *rest in bulk.rows(kind.rows, {"ids": ids}):
        if its := lexemes(names or "", rest[0] or "", *rest[1:]):
            found[id_] = its
            called |= name_words(names or "") if kind.spelled else set()
    return found, called


def _some(kind: Findable, ids: list[int]) -> int:
    with transaction.atomic():
        bulk.execute("lock table find_found in share row exclusive mode")
        found, called = words_of(kind, ids)
        before = _names_before(kind, ids) if kind.spelled else set()
        gone = bulk.execute(
            f"""delete from find_found where kind = {kind.number} and of = any(%s::bigint[])
                   and not of = any(%s::bigint[])""",
            [ids, list(found)],
        )
        changed = bulk.execute(
            f"""insert into find_found as stands (kind, of, words)
                select {kind.number}, of, words::tsvector
                  from unnest(%s::bigint[], %s::text[]) as given (of, words)
                on conflict (kind, of) do update set words = excluded.words
                 where stands.words <> excluded.words""",
            [list(found), list(found.values())],
        )
        learn(called - before)
        forget(before - called)
    return gone + changed


def _names_before(kind: Findable, ids: list[int]) -> set[str]:
    return {
        word
        for (word,) in bulk.rows(
            f"""select distinct substr(lexeme, 2) from find_found, unnest(tsvector_to_array(words)) as lexeme
                 where kind = {kind.number} and of = any(%s::bigint[]) and starts_with(lexeme, '{NAME}')""",
            [ids],
        )
    }


def learn(words: set[str]) -> None:
    """Keep words of names that were not known."""
    new = [
        word
        for (word,) in bulk.rows(
            """select given from unnest(%s::text[]) as given
                where not exists (select from find_word where word = given)""",
            [sorted(words)],
        )
    ]
    bulk.execute(
        """insert into find_word (word, near)
           select word, near::int[] from unnest(%s::text[], %s::text[]) as given (word, near)""",
        [new, [bulk.array(stored(word)) for word in new]],
    )


def forget(words: set[str]) -> None:
    """Forget words that are in nobody's name any more."""
    bulk.execute(f"delete from find_word where word = any(%s::text[]) and {IN_NO_NAME}", [sorted(words)])


#: Of a row of `find_word`: no record has it in its name.
IN_NO_NAME = " and ".join(
    f"""not exists (select from find_found
                     where kind = {kind.number} and words @@ quote_literal('{NAME}' || word)::tsquery)"""
    for kind in KINDS
    if kind.spelled
)
