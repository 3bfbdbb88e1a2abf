"""What people have from the last landing is brought to this version, and everything of theirs is still there.

`landings/NNNN.dump` is a small company made by that landing's own code (imports, one again with a change, a
lead taken, a sealed text), dumped by pg_dump in its custom form. A landing adds one; none is ever changed.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from songsheet.config.backup import counting, databases, tools
from songsheet.config.prepare import ready
from songsheet.config.wiring import DERIVED, READERS
from songsheet.journal import check
from songsheet.journal.readers import catch_up
from songsheet.journal.sealed import unseal_many
from songsheet.journal.sql import rows

LANDINGS = sorted((Path(__file__).parent / "landings").glob("*.dump"))
#: What a version keeps for itself and may count anew.
OURS = ("django_", "auth_", "procrastinate_", "journal_reader", "config_cache")


@pytest.fixture
def fresh(own_database: str) -> Iterator[str]:
    name = f"{own_database}_landing"
    databases.make(name)
    yield name
    databases.drop(name)


@pytest.mark.slow
@pytest.mark.parametrize("landing", LANDINGS, ids=lambda path: path.stem)
def test_a_populated_landing_is_migrated_with_everything_in_it(fresh: str, landing: Path) -> None:
    tools.run("pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", str(landing), database=fresh)
    with databases.working_on(fresh):
        with databases.plain(fresh) as opened:
            before = counting.rows(opened)
            people = opened.execute("select key, name, title from buyers_person order by id").fetchall()
        sealed = [key for (key,) in rows("select key from journal_sealed")]
        assert before["leads_lead"] > 3
        assert before["journal_entry"] > 30
        ready()
        with databases.plain(fresh) as opened:
            after = counting.rows(opened)
            assert counting.migrations(opened) == counting.migrations_here()
            assert (
                opened.execute("select key, name, title from buyers_person order by id").fetchall() == people
            )
        lost = {
            table: (count, after.get(table))
            for table, count in before.items()
            if not table.startswith(OURS) and after.get(table, -1) < count
        }
        assert not lost
        assert list(unseal_many(sealed).values()) == ["kept"]
        for reader in READERS:
            catch_up(reader)
        assert check.run(full=True) == []
        assert DERIVED["desk.Standing"]() == 0
