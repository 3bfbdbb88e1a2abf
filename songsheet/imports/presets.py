"""Mappings that come with the house, for the exports most have."""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from songsheet.imports.errors import NothingToRead, PresetUnknown
from songsheet.imports.mapping import Mapping, spellings_of
from songsheet.imports.planning import NotRead, file_of, tables_of
from songsheet.imports.reading import Table

_FOLDER = resources.files("songsheet.imports") / "presets"


@dataclass
class Recognised:
    """The preset that knows most of the files: what each is, and which it does not know."""

    mapping: Mapping
    files: dict[str, list[Table]]
    not_read: list[NotRead]


def preset_names() -> list[str]:
    """The names of all presets."""
    return sorted(one.name.removesuffix(".toml") for one in _FOLDER.iterdir() if one.name.endswith(".toml"))


@lru_cache(maxsize=16)
def load_preset(name: str) -> Mapping:
    """A preset by its name."""
    if name not in preset_names():
        raise PresetUnknown(f"There is no preset “{name}”. There are: {', '.join(preset_names())}.")
    with resources.as_file(_FOLDER / f"{name}.toml") as path:
        return Mapping.load(path)


def recognise(paths: list[Path]) -> Recognised:
    """Find the preset for files by their headers; refused if none knows a single one."""
    tables, not_read = tables_of(paths)
    best = max((_sorted_by(load_preset(name), tables) for name in preset_names()), key=_known)
    if not best.files:
        names = ", ".join(path.name for path in paths[:5])
        raise NothingToRead(f"No preset knows the columns of {names}. Map them: the guess is a start.")
    best.not_read += not_read
    return best


def _sorted_by(mapping: Mapping, tables: list[Table]) -> Recognised:
    sorted_out = Recognised(mapping, {}, [])
    for table in tables:
        if file := file_of(mapping, table):
            sorted_out.files.setdefault(file.name, []).append(table)
        else:
            sorted_out.not_read.append(NotRead(table.name, "Nothing in the preset knows such a file."))
    return sorted_out


def _known(recognised: Recognised) -> tuple[int, int]:
    """How many files are known, and how many of their columns are spelled as the preset spells them."""
    known = [(name, table) for name, tables in recognised.files.items() for table in tables]
    return len(known), sum(
        len(
            {*table.columns}
            & {name for record in recognised.mapping.file(file).records for name in spellings_of(record)}
        )
        for file, table in known
    )
