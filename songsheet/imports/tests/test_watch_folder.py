"""A watched folder: new and changed files are imported once they have come to rest."""

import os
from pathlib import Path

from songsheet.imports.watching import Watched


def test_a_file_is_read_once_it_rests_and_again_when_it_changed(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    watched = Watched(folder)
    assert watched.changed() == []
    leads = folder / "leads.csv"
    leads.write_text("Id\n1\n")
    (folder / "notes.pdf").write_text("not a table")
    assert watched.changed() == []  # it may still be growing
    assert watched.changed() == [leads]
    watched.read([leads])
    assert watched.changed() == []
    assert Watched(folder).changed() == []  # also after a restart
    leads.write_text("Id\n1\n2\n")
    os.utime(leads, ns=(1, 1))
    assert watched.changed() == []
    assert watched.changed() == [leads]
