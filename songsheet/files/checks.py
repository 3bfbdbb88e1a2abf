"""Each blob has its bytes, and no bytes are nobody's."""

from collections.abc import Iterator

from songsheet.files import store
from songsheet.files.actions import GRACE
from songsheet.files.models import Blob
from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.sql import rows


@invariant("I7")
def blobs_have_their_bytes(span: Span) -> Iterator[Offence]:
    """Each row has its file with its size; a full check reads them all and compares the checksums."""
    for blob in Blob.objects.order_by("id").iterator():
        size = store.size_of(blob.place)
        if size is None:
            yield Offence("I7", blob.key, f"The file of {blob.key} is not in the store.")
        elif size != blob.size or (span.full and store.sha_of(blob.place) != blob.sha256):
            yield Offence("I7", blob.key, f"The file of {blob.key} is not the one that was kept.")


@invariant("I7")
def no_file_is_nobodys(span: Span) -> Iterator[Offence]:
    """Each file has its row, but for those of the last day: one may be on its way."""
    known = set(Blob.objects.values_list("place", flat=True))
    ((now,),) = rows("select clock_timestamp()")
    for place in store.places():
        if place not in known and store.written_at(place) < now - GRACE:
            yield Offence("I7", place, f"{place} lies in the store and belongs to nothing.")
