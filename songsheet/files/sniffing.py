"""What bytes are, by their beginning. Nothing is opened, unpacked or drawn for it."""

import re

#: So much of a file is looked at.
HEAD = 4096
UNKNOWN = "application/octet-stream"
_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"PK\x03\x04", "application/zip"),
    (4, b"ftyp", "video/mp4"),
    (0, b"ID3", "audio/mpeg"),
)
_MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<\s*(!doctype|\?xml|html|head|body|script|svg|iframe|math)", re.S | re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def type_of(head: bytes) -> str:
    """The type of a file that begins so."""
    for at, mark, kind in _MARKS:
        if head[at:].startswith(mark):
            return kind
    text = head.decode("utf-8-sig", "ignore")
    lost = len(head.removeprefix(b"\xef\xbb\xbf")) - len(text.encode())
    if lost > 3 or _CONTROL.search(text):
        return UNKNOWN
    if found := _MARKUP.match(text):
        return "image/svg+xml" if "<svg" in text.lower() else "text/html" if found[1] else UNKNOWN
    return "text/plain"
