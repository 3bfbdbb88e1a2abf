"""A blob as an answer: always a file to save, never a page of ours."""

from django.http import FileResponse
from django.utils.http import content_disposition_header

from songsheet.files import store
from songsheet.files.models import Blob
from songsheet.files.sniffing import UNKNOWN


def download(blob: Blob, name: str) -> FileResponse:
    """The bytes, streamed, under a name. Whether the asker may have them is asked by who owns the blob."""
    answer = FileResponse(store.opened(blob.place), content_type=UNKNOWN)
    answer["Content-Length"] = str(blob.size)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer
