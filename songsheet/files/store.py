"""Where the bytes lie: Django's storage, a folder of the data directory unless the settings name another."""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage

from songsheet.files.errors import FileIsMissing, NoRoom

#: The blobs' own folder in the store; what else lies there is not theirs.
FOLDER = "blobs"
BLOCK = 1 << 18
_FULL = {errno.ENOSPC, errno.EDQUOT}
_elsewhere: "ContextVar[Storage | None]" = ContextVar("_elsewhere", default=None)


@contextmanager
def stored_in(folder: Path) -> Iterator[None]:
    """Within, the store is this folder: a backup's files, or those that a restore puts back."""
    token = _elsewhere.set(FileSystemStorage(location=folder))
    try:
        yield
    finally:
        _elsewhere.reset(token)


def _store() -> Storage:
    return _elsewhere.get() or default_storage


def place_of(key: str) -> str:
    """Where a blob lies: by its key, so that no two ever share a file."""
    return f"{FOLDER}/{key[-2:]}/{key}"


def put(place: str, file: "File[Any]") -> None:
    """Write a file and have it on the disk before anybody is told that it is kept."""
    try:
        file.seek(0)
        _store().save(place, File(file.file))
        _sync(place)
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom(
                "There is no room for the file on the disk. Nothing was kept; tell an administrator."
            ) from error
        raise


def _sync(place: str) -> None:
    try:
        path = Path(_store().path(place))
    except NotImplementedError:
        return  # a store of another kind, which answers only when it has kept the bytes
    for one, flags in ((path, os.O_RDONLY), (path.parent, os.O_RDONLY | os.O_DIRECTORY)):
        held = os.open(one, flags)
        try:
            os.fsync(held)
        finally:
            os.close(held)


def opened(place: str) -> IO[Any]:
    """The bytes of a place, to be read from their beginning."""
    try:
        return _store().open(place, "rb")
    except FileNotFoundError:
        raise FileIsMissing("The bytes of this file are not in the store. Tell an administrator.") from None


def remove(place: str) -> None:
    """Take the bytes away, also where a restore set the files before aside; none there is no matter."""
    _store().delete(place)
    try:
        folder = Path(_store().path(""))
    except NotImplementedError:
        return
    for aside in folder.parent.glob(f"{folder.name}-before-*"):
        (aside / place).unlink(missing_ok=True)


def size_of(place: str) -> int | None:
    """How many bytes lie there; None where there is no file."""
    return _store().size(place) if _store().exists(place) else None


def sha_of(place: str) -> str:
    """The checksum of what lies there."""
    digest = hashlib.sha256()
    with opened(place) as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def places() -> Iterator[str]:
    """Every place of the blobs' folder that holds a file."""
    if not _store().exists(FOLDER):
        return
    for folder in sorted(_store().listdir(FOLDER)[0]):
        for name in sorted(_store().listdir(f"{FOLDER}/{folder}")[1]):
            yield f"{FOLDER}/{folder}/{name}"


def written_at(place: str) -> datetime:
    """When it was written, by the store's clock."""
    return _store().get_modified_time(place)
