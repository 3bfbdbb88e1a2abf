"""How much one request may bring, asked before a byte of it is read."""

from django.conf import settings
from django.http import HttpRequest

from songsheet.files.errors import FileTooLarge

#: A note may carry several files at once.
FILES_AT_ONCE = 4
#: Imports read what is sent as a stream and have a bound of their own.
STREAMED = ("/imports/new", "/api/v1/imports")


def beyond(request: HttpRequest) -> FileTooLarge | None:
    """The refusal of a request that brings too much."""
    given = request.META.get("CONTENT_LENGTH") or "0"
    most = settings.FILE_BYTES * FILES_AT_ONCE + 2**20
    if not given.isdigit() or int(given) <= most or request.path in STREAMED:
        return None
    return FileTooLarge(
        f"This brings more than {most // 2**20} MB at once. Nothing was kept; send the files one by one."
    )
