"""What a backup says about itself: version, position of the journal, counts, checksums."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from songsheet.config.backup.errors import FromNewer, NoBackup, NotTheSame

NAME = "manifest.json"
#: What is copied of the data directory; the database is dumped, and the secret stays where it is.
FILES = "files"
FORM = 1
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """`rows` counts each table in the very snapshot that was dumped; `files` are size and SHA-256."""

    form: int
    songsheet: str
    postgres: int
    made_at: str
    position: int
    migrations: dict[str, list[str]]
    rows: dict[str, int]
    files: dict[str, list[Any]]

    @property
    def size(self) -> int:
        """Bytes of everything it names."""
        return sum(int(size) for size, _ in self.files.values())


def write(folder: Path, manifest: Manifest) -> None:
    """Write it last, so that a folder without one is no backup."""
    path = folder / NAME
    with path.open("wb") as file:
        file.write(orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2))
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> Manifest:
    """The manifest of a backup; refused where there is none that we can read."""
    try:
        given = orjson.loads((folder / NAME).read_bytes())
    except FileNotFoundError as error:
        raise NoBackup(f"{folder} holds no {NAME}: it is no backup, or one that was not finished.") from error
    except ValueError as error:
        raise NoBackup(f"{folder / NAME} cannot be read. Take another backup.") from error
    if given.get("form") != FORM:
        raise FromNewer(f"This backup is of form {given.get('form')}; this version reads form {FORM}.")
    return Manifest(**given)


def seals(folder: Path) -> dict[str, list[Any]]:
    """Size and checksum of every file of the backup but the manifest itself."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / NAME)
    return {path.relative_to(folder).as_posix(): [path.stat().st_size, sha256(path)] for path in paths}


def must_be_whole(folder: Path, manifest: Manifest) -> None:
    """Refuse a backup of which a file is missing, added or changed."""
    found = seals(folder)
    wrong = sorted(
        {*found, *manifest.files} - {name for name, seal in found.items() if manifest.files.get(name) == seal}
    )
    if wrong:
        raise NotTheSame(f"This backup was changed or is not whole: {_some(wrong)}. Use another one.")


def must_be_known(manifest: Manifest, here: dict[str, list[str]]) -> None:
    """Refuse a backup of a schema that this version does not know."""
    unknown = [
        f"{app}.{name}"
        for app, names in manifest.migrations.items()
        for name in names
        if name not in here.get(app, [])
    ]
    if unknown:
        raise FromNewer(
            f"This backup was made by Songsheet {manifest.songsheet}, whose schema this version does not "
            f"know ({_some(unknown)}). Install that version or a newer one and restore with it."
        )


def must_count(manifest: Manifest, rows: dict[str, int]) -> None:
    """Refuse where a table has another number of rows than the one that was dumped."""
    wrong = [
        f"{table} has {rows.get(table, 0):,} rows, not {count:,}"
        for table, count in manifest.rows.items()
        if rows.get(table, 0) != count
    ]
    if wrong:
        raise NotTheSame(f"What was read back is not what was written: {_some(wrong)}.")


def sha256(path: Path) -> str:
    """The checksum of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - 3} more" if len(listed) > 3 else ""
    return ", ".join(listed[:3]) + more
