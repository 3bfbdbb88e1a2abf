"""For migrations: what was stored folded before letters such as ø and ł were, folded as it is since.

It works on what is stored, in SQL; what is folded anew holds none of these letters, so that a migration that
was cut off goes on where it stood.
"""

from typing import Any

#: As they were when this was written; a later letter needs a migration of its own.
_ONE, _PLAIN = "øłđðıħŋŧĸƒəɓɗƙɨ", "olddihntkfebdki"
_TWO = {"æ": "ae", "œ": "oe", "þ": "th"}
#: A regular expression for what is not folded as it is now.
HELD = f"[{_ONE}{''.join(_TWO)}]"
#: So many ids a statement: its locks last for a moment.
CHUNK = 20_000


def plainly(column: str) -> str:
    """SQL for a folded column without these letters."""
    found = f"translate({column}, '{_ONE}', '{_PLAIN}')"
    for letter, two in _TWO.items():
        found = f"replace({found}, '{letter}', '{two}')"
    return found


def fold_names_again(schema_editor: Any, table: str, longest: int) -> None:
    """Fold `name_folded` of a long table anew, some ids at a time; outside of a transaction."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"select coalesce(max(id), 0) from {table}")
        last = cursor.fetchone()[0]
        for after in range(0, last, CHUNK):
            cursor.execute(
                f"""update {table} set name_folded = left({plainly("name_folded")}, {longest})
                     where id > %s and id <= %s and name_folded ~ '{HELD}'""",
                [after, after + CHUNK],
            )


def fold_register_again(schema_editor: Any, table: str) -> None:
    """As much for a short table where each name is there once; of two that are now one, one gets a number."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            f"select id, name, {plainly('name_folded')} from {table} where name_folded ~ '{HELD}' order by id"
        )
        for id_, name, folded in cursor.fetchall():
            number, words, wanted = 1, name, folded
            while _is_taken(cursor, table, wanted):
                number += 1
                words, wanted = f"{name[:54]} ({number})", f"{folded[:110]} ({number})"
            cursor.execute(
                f"update {table} set name = %s, name_folded = %s where id = %s", [words, wanted[:120], id_]
            )


def _is_taken(cursor: Any, table: str, folded: str) -> bool:
    cursor.execute(f"select exists (select from {table} where name_folded = left(%s, 120))", [folded])
    return bool(cursor.fetchone()[0])
