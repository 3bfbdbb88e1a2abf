"""Keeping bytes and letting them go. Whoever attaches them owns the act and the entry."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction

from songsheet.base.bulk import rows
from songsheet.files import store
from songsheet.files.errors import FileIsEmpty, FileTooLarge
from songsheet.files.models import Blob
from songsheet.files.queries import owners
from songsheet.files.sniffing import HEAD, type_of

#: So long a file without a row may be one that is just being kept.
GRACE = timedelta(days=1)


def keep(file: "File[Any]", *, at: datetime) -> Blob:
    """The blob of these bytes; written where nobody gave the same before. Held until the act ends."""
    digest, size, head = _read(file)
    made = Blob(sha256=digest, size=size, type=type_of(head), made_at=at)
    made.place = store.place_of(made.key)
    with transaction.atomic():
        held = None
        while held is None:  # once more where it was forgotten between the two statements
            Blob.objects.bulk_create([made], ignore_conflicts=True)
            held = Blob.objects.select_for_update(no_key=True).filter(sha256=digest).first()
        if held.key == made.key:
            store.put(made.place, file)
    return held


def forget_unheld() -> int:
    """Delete what nothing refers to any more, row and bytes; how many."""
    free = " and ".join(
        f"not exists (select from {table} owner where owner.{column} = it.id)" for table, column in owners()
    )
    with transaction.atomic():
        held = rows(f"select it.id from files_blob it where {free} for update of it skip locked")
        gone = rows(
            f"delete from files_blob it where it.id = any(%s::bigint[]) and {free} returning it.place",
            [[one for (one,) in held]],
        )
        for (place,) in gone:
            transaction.on_commit(lambda place=place: store.remove(place), robust=True)  # type: ignore[misc]
    return len(gone)


def forget_strays(at: datetime) -> int:
    """Delete files that no row knows, a day after they were written: what killed processes left; how many."""
    old = [one for one in store.places() if store.written_at(one) < at - GRACE]
    known = set(Blob.objects.filter(place__in=old).values_list("place", flat=True))
    strays = [one for one in old if one not in known]
    for one in strays:
        store.remove(one)
    return len(strays)


def _read(file: "File[Any]") -> tuple[str, int, bytes]:
    digest, size, head = hashlib.sha256(), 0, b""
    file.seek(0)
    for block in file.chunks(store.BLOCK):
        size += len(block)
        if size > settings.FILE_BYTES:
            raise too_large()
        digest.update(block)
        head = head or block[:HEAD]
    if not size:
        raise FileIsEmpty("This file is empty. Choose it again; perhaps it had not been saved.", field="file")
    return digest.hexdigest(), size, head


def too_large() -> FileTooLarge:
    """What is said of a file that is too large."""
    most = settings.FILE_BYTES // 2**20
    return FileTooLarge(
        f"A file may have {most} MB and this one has more. Nothing was kept; send a smaller one, or a link.",
        field="file",
    )
