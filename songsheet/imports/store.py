"""Where the files of an import lie: one folder each, under names of our own, kept as long as the import
can be undone."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage

from songsheet.base.refusals import Refusal
from songsheet.imports.errors import FileIsMissing, FileTooLarge

MOST_BYTES = 2 * 2**30
BLOCK = 1 << 20
REJECTS = "rejected.csv"
_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._- ()")


def folder_of(key: str) -> Path:
    """The folder of an import; made when it is first asked for."""
    assert isinstance(default_storage, FileSystemStorage)
    folder = Path(default_storage.path(f"imports/{key}"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def rejects_path(key: str) -> Path:
    """The file of an import's rejected rows."""
    return folder_of(key) / REJECTS


def originals_of(key: str) -> list[Path]:
    """The files as they were sent, in the order of sending."""
    folders = sorted((folder_of(key) / "sent").glob("*"), key=lambda folder: int(folder.name))
    return [path for folder in folders for path in folder.iterdir()]


def keep(key: str, number: int, name: str, blocks: Iterable[bytes]) -> Path:
    """Write one sent file, block by block, bounded; a file cut short by an error leaves nothing."""
    folder = folder_of(key) / "sent" / str(number)
    folder.mkdir(parents=True, exist_ok=True)
    plain = "".join(letter if letter in _SAFE else "_" for letter in Path(name).name)[-120:].strip() or "file"
    path = folder / plain
    written = 0
    try:
        with path.open("wb") as file:
            for block in blocks:
                written += len(block)
                if written > MOST_BYTES:
                    raise FileTooLarge(
                        f"{name} is larger than {MOST_BYTES // 2**30} GB. Export it in parts and send those.",
                        field="files",
                    )
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
    except (OSError, Refusal):
        path.unlink(missing_ok=True)
        raise
    return path


def keep_copy(key: str, number: int, path: Path) -> Path:
    """Keep a file of this machine, so that it may change or go without harm to the import."""
    try:
        with path.open("rb") as file:
            return keep(key, number, path.name, iter(lambda: file.read(BLOCK), b""))
    except FileNotFoundError as error:
        raise FileIsMissing(f"There is no file {path}. Look at the name and try again.") from error


def throw_away(key: str) -> None:
    """Remove what an import kept, once there is nothing left to repair."""
    shutil.rmtree(folder_of(key), ignore_errors=True)
