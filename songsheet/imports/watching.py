"""A folder of nightly exports: which files came or changed since they were last read."""

import json
from pathlib import Path

from songsheet.imports.planning import TABLES
from songsheet.imports.store import folder_of

#: Seconds between two looks; a file that changed between them is still being written.
PAUSE = 5.0
Stamp = tuple[int, int]


class Watched:
    """Remembers size and time of the files that were read, also over a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._kept = (
            folder_of("watched") / f"{self._folder.as_posix().strip('/').replace('/', '-')[-100:]}.json"
        )
        self._read: dict[str, Stamp] = (
            {name: (size, time) for name, (size, time) in json.loads(self._kept.read_text()).items()}
            if self._kept.exists()
            else {}
        )
        self._last: dict[str, Stamp] = {}

    def changed(self) -> list[Path]:
        """Files that are new or other than when they were read, and have come to rest; all of them
        together."""
        now = dict(self._stamps())
        fresh = {name for name, stamp in now.items() if self._read.get(name) != stamp}
        at_rest = all(self._last.get(name) == now[name] for name in fresh)
        self._last = now
        return [self._folder / name for name in sorted(fresh)] if fresh and at_rest else []

    def read(self, paths: list[Path]) -> None:
        """These were read as they were at the last look."""
        self._read |= {path.name: self._last[path.name] for path in paths if path.name in self._last}
        self._kept.write_text(json.dumps(self._read))

    def _stamps(self) -> list[tuple[str, Stamp]]:
        return [
            (path.name, (stat.st_size, stat.st_mtime_ns))
            for path in self._folder.iterdir()
            if path.suffix.lower() in TABLES and path.is_file() and (stat := path.stat())
        ]
