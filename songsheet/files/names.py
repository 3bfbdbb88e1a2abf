"""File names as they may be stored, shown and sent: one line, no path, no trick."""

import re
import unicodedata

LONGEST = 120
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I)
#: Control characters, format characters (which turn the direction of writing), lone halves, line ends.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_name(given: str) -> str:
    """The last part of a name without what misleads a reader, a shell or a file system; never empty."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in _UNSEEN)
    plain = re.sub(r'[<>:"|?*]', "_", " ".join(seen.split())).strip(". ")
    if _DEVICES.match(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= 16:
        plain = f"{stem[: LONGEST - len(ending) - 1]}.{ending}"
    return plain[:LONGEST] or "file"
