"""What a row is called: by its id in the other system, or by a digest where it has none."""

import hashlib
from collections import Counter
from collections.abc import Iterable

from songsheet.imports.binding import BoundRecord, Columns


def digest_of(cells: Iterable[str], salt: bytes = b"", size: int = 12) -> bytes:
    """A digest of cells that differs when any of them does."""
    text = "\x1f".join(cells).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=size, salt=salt).digest()


class Names:
    """Ids for rows; those made by digest need to know how often the same content came before."""

    def __init__(self) -> None:
        self._seen: dict[str, Counter[bytes]] = {}

    def of(self, bound: BoundRecord, columns: Columns) -> list[str]:
        """One id for each row; empty where the row has none."""
        said = bound.record.id
        cells = [columns[place] for place in bound.ids]
        if said.hash:
            return [said.prefix + self._digest(bound, row) for row in zip(*cells, strict=True)]
        if len(cells) == 1:
            plain = [cell.strip() for cell in cells[0]]
        else:
            plain = ["|".join(row).strip("| ") for row in zip(*cells, strict=True)]
        names = [said.prefix + one if one else "" for one in plain]
        if said.or_hash and "" in names:
            rows = zip(names, zip(*columns, strict=True), strict=True)
            names = [name or self._digest(bound, row) for name, row in rows]
        return names

    def _digest(self, bound: BoundRecord, cells: Iterable[str]) -> str:
        digest = digest_of(cells)
        seen = self._seen.setdefault(bound.record.kind, Counter())
        seen[digest] += 1
        return f"{digest.hex()}-{seen[digest]}"
