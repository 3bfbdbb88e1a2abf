"""songsheet song: the song as a folder of readable files, out and in."""

from pathlib import Path

import click

from songsheet.config.cli import give, say
from songsheet.config.prepare import ready


@click.group()
def command() -> None:
    """Facts, claims, market and narratives as TOML and Markdown, so that they can live in version control."""


@command.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="print what was written as JSON")
def write(folder: Path, as_json: bool) -> None:
    """Write the song of this house into FOLDER; narratives that are told no more are taken out of it."""
    ready()
    from songsheet.song.paper.files import written
    from songsheet.song.paper.queries import song_of
    from songsheet.team.acting import as_system
    from songsheet.team.queries import now

    files = written(song_of(as_system("cli"), now()))
    (folder / "narratives").mkdir(parents=True, exist_ok=True)
    for path in (folder / "narratives").glob("[0-9][0-9][0-9]-*.md"):
        if f"narratives/{path.name}" not in files:
            path.unlink()
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    if as_json:
        give({"folder": str(folder), "files": sorted(files)})
    else:
        say(f"{len(files)} files are in {folder}.")


@command.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--member", "name", required=True, help="who brings it in: the name of a member")
@click.option("--json", "as_json", is_flag=True, help="print what was done as JSON")
def bring(folder: Path, name: str, as_json: bool) -> None:
    """Bring the song in FOLDER in: what is new is added, what differs is changed; claims come as drafts."""
    ready()
    from songsheet.song.paper.actions import bring_song
    from songsheet.song.paper.files import PaperRefused, read
    from songsheet.team.acting import as_member
    from songsheet.team.queries import member_named, now

    paths = [*folder.glob("*.toml"), *folder.glob("narratives/*.md")]
    try:
        files = {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}
    except UnicodeDecodeError as error:
        raise PaperRefused(f"A file of the folder is not UTF-8: {error}. Save it as UTF-8.") from None
    done = bring_song(read(files), by=as_member(member_named(name)), at=now())
    if as_json:
        give(done)
    else:
        say(", ".join(f"{count} {what}" for what, count in done.items() if count) or "Nothing differs.")
