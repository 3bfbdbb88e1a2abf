"""What people have from the last landing is brought to this version, and everything of theirs is still there.

`landings/NNNN.dump` is a small company made by that landing's own code (`tools/landing.py` says how) and
dumped by pg_dump in its custom form, from the fourth on packed. A landing adds one; none is ever changed.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from songsheet.buyers.merge_actions import COMPANIES, PEOPLE, Kind, unmerge
from songsheet.config.backup import counting, databases, tools
from songsheet.config.prepare import ready
from songsheet.config.wiring import DERIVED, READERS
from songsheet.files import store
from songsheet.files.models import Blob
from songsheet.flows.bulk.change_many import undo_change
from songsheet.flows.models import BulkChange
from songsheet.journal import check
from songsheet.journal.readers import catch_up
from songsheet.journal.sealed import unseal_many
from songsheet.journal.sql import rows
from songsheet.team.acting import as_system
from songsheet.team.queries import now

LANDINGS = sorted((Path(__file__).parent / "landings").glob("*.dump*"))
#: The bytes of each file; they are not in the dump.
FILE = b"kept with the landing"
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
def test_a_populated_landing_is_migrated_with_everything_in_it(
    fresh: str, landing: Path, tmp_path: Path
) -> None:
    dump = tmp_path / "dump"
    packed = landing.suffix == ".gz"
    dump.write_bytes(gzip.decompress(landing.read_bytes()) if packed else landing.read_bytes())
    tools.run("pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", str(dump), database=fresh)
    with databases.working_on(fresh):
        for place in Blob.objects.values_list("place", flat=True) if has_files() else ():
            store.put(place, ContentFile(FILE))
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
        stands_right()
        undo_everything()
        stands_right()


def has_files() -> bool:
    return rows("select to_regclass('files_blob')") != [(None,)]


def stands_right() -> None:
    for reader in READERS:
        catch_up(reader)
    assert check.run(full=True) == []
    assert DERIVED["desk.Standing"]() == 0


def undo_everything() -> None:
    """What could be undone in the landing can be undone now."""
    by: dict[str, Any] = {"by": as_system("tests"), "at": now()}
    kinds: tuple[Kind[Any, Any], ...] = (PEOPLE, COMPANIES)
    for kind in kinds:
        for (key,) in kind.merges.objects.filter(undone_at=None).values_list("merged__key"):
            assert not unmerge(kind, key, **by).stayed
    for change in BulkChange.objects.filter(state=BulkChange.State.FINISHED):
        assert undo_change(change.key, **by).state == BulkChange.State.UNDONE
