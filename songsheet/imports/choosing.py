"""Which mapping reads some files: a preset by name, a mapping's own file, the preset that knows them, or a
guess."""

from dataclasses import dataclass, field
from pathlib import Path

from songsheet.imports.errors import NothingToRead
from songsheet.imports.guessing import Guess, guess
from songsheet.imports.mapping import House, Mapping
from songsheet.imports.planning import tables_of
from songsheet.imports.presets import load_preset, recognise
from songsheet.team.queries import house


@dataclass
class Chosen:
    """A mapping, the preset it is, and how each table was guessed where it is none."""

    mapping: Mapping
    preset: str = ""
    guesses: list[Guess] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """What was recognised, for people."""
        if self.guesses:
            kinds = ", ".join(f"{one.mapping.files[0].title} as {one.kind}s" for one in self.guesses)
            return f"No preset knows these files. Guessed: {kinds}."
        return f"Read as {self.mapping.title or self.mapping.name}."


def choose(
    paths: list[Path], *, preset: str = "", map_file: Path | None = None, date_order: str = ""
) -> Chosen:
    """The mapping to read these files by."""
    if map_file is not None:
        chosen = Chosen(Mapping.load(map_file))
    elif preset:
        chosen = Chosen(load_preset(preset), preset)
    else:
        chosen = _found(paths)
    if date_order:
        chosen.mapping = Mapping.of({**chosen.mapping.model_dump(), "date_order": date_order})
    return chosen


def _found(paths: list[Path]) -> Chosen:
    try:
        mapping = recognise(paths).mapping
        return Chosen(mapping, mapping.name)
    except NothingToRead:
        return guessed(paths)


def guessed(paths: list[Path], kinds: dict[str, str] | None = None) -> Chosen:
    """A guess for each table; `kinds` says for some what their rows are."""
    tables, _ = tables_of(paths)
    guesses = [guess(table, (kinds or {}).get(table.name), country=house().country) for table in tables]
    if not guesses:
        raise NothingToRead("There is no file here that could be a table. Give CSV or XLSX files.")
    files = []
    for number, one in enumerate(guesses):
        file = one.mapping.files[0]
        alike = sum(1 for earlier in guesses[:number] if earlier.kind == one.kind)
        files.append(file.model_copy(update={"name": f"{file.name} {alike + 1}"}) if alike else file)
    title = ", ".join(file.title for file in files)
    return Chosen(guesses[0].mapping.model_copy(update={"files": files, "title": title}), "", guesses)


def house_of_files() -> House:
    """What the company says for all files that do not say otherwise."""
    ours = house()
    return House(zone=ours.zone, currency=ours.currency, country=ours.country)
