"""songsheet import: files in, undone, watched."""

import sys
import time
from pathlib import Path
from typing import Any

import click

from songsheet.config.cli import give, say
from songsheet.config.prepare import ready


@click.command(context_settings={"ignore_unknown_options": False})
@click.argument("words", nargs=-1, metavar="PATH… | undo IMPORT")
@click.option(
    "--preset", default="", help="the system the files come from: zoho, hubspot, salesforce, pipedrive"
)
@click.option("--map", "map_file", type=click.Path(path_type=Path), help="a mapping of yours (TOML)")
@click.option(
    "--date-order", type=click.Choice(["dmy", "mdy"]), help="how 03/04/2026 is read, where no row decides it"
)
@click.option("--dry-run", is_flag=True, help="the counts that a run will give; nothing is changed")
@click.option(
    "--watch", type=click.Path(path_type=Path), help="a folder whose new and changed files are imported"
)
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def command(
    words: tuple[str, ...], *, preset: str, map_file: Path | None, date_order: str | None, dry_run: bool,
    watch: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Import the exports of other systems, several files at once; or undo an import.

    Without --preset and --map the files are recognised by their headers, else their columns are guessed.
    """
    if bool(words) == bool(watch):
        raise click.UsageError(
            "Give the files or folders to import, `undo` and an import, or --watch FOLDER."
        )
    if preset and map_file:
        raise click.UsageError("Give --preset or --map, not both.")
    ready()
    options = {"preset": preset, "map_file": map_file, "date_order": date_order or ""}
    if words and words[0] == "undo" and not Path("undo").exists():
        _undo(words[1:], as_json)
    elif watch:
        _watch(watch, options, as_json)
    elif dry_run:
        _dry_run([Path(word) for word in words], options, as_json)
    else:
        _import([Path(word) for word in words], options, as_json)


def _import(paths: list[Path], options: dict[str, Any], as_json: bool) -> None:
    from songsheet.imports.actions import begin, run_import
    from songsheet.imports.choosing import choose
    from songsheet.imports.errors import ImportUnderWay
    from songsheet.imports.reports import report_of
    from songsheet.team.acting import as_system
    from songsheet.team.queries import now

    chosen = choose(paths, **options)
    say(chosen.sentence)
    run, made = begin(paths, chosen.mapping, preset=chosen.preset, by=as_system("cli"), at=now())
    if run.rows:
        say(f"Going on with {run.key} after {run.rows:,} rows.")
    for one in made.not_read:
        say(f"Not read: {one.name}. {one.reason}")
    try:
        run = run_import(run.key, at=now(), told=_progress(), made=made)
    except ImportUnderWay:
        run = _waited_for(run.key)
    _tell(report_of(run), as_json)
    _catch_up()


def _waited_for(key: str) -> Any:
    """A worker took it over: it is waited for, and told as if this process had done it."""
    from songsheet.imports.actions import import_of

    say(f"A worker goes on with {key} already; waiting for it.")
    while (run := import_of(key)).is_under_way:
        time.sleep(1)
    return run


def _dry_run(paths: list[Path], options: dict[str, Any], as_json: bool) -> None:
    from songsheet.imports.actions import dry_run
    from songsheet.imports.choosing import choose, house_of_files
    from songsheet.imports.planning import plan
    from songsheet.imports.reports import report_of_dry_run
    from songsheet.team.acting import as_system
    from songsheet.team.queries import now

    chosen = choose(paths, **options)
    say(chosen.sentence)
    made = plan(paths, chosen.mapping, house_of_files())
    for one in made.not_read:
        say(f"Not read: {one.name}. {one.reason}")
    counts = dry_run(made, by=as_system("cli"), at=now(), told=_progress())
    _tell(report_of_dry_run(counts, made), as_json)


def _undo(words: tuple[str, ...], as_json: bool) -> None:
    from songsheet.imports.undo import undo_import
    from songsheet.team.acting import as_system
    from songsheet.team.queries import now

    if len(words) != 1:
        raise click.UsageError("Name one import: songsheet import undo import_…")
    report = undo_import(words[0], by=as_system("cli"), at=now(), told=_progress())
    if as_json:
        give(report)
    gone, restored, stayed = report["gone"], report["restored"], report["stayed"]
    say(f"Undone: {gone:,} records taken out, {restored:,} put back, {stayed:,} stay.")
    for one in report["stays"][:20]:
        say(f"  {one['key']} {one['why']}")
    _catch_up()


def _watch(folder: Path, options: dict[str, Any], as_json: bool) -> None:
    """Look at the folder every few seconds; a file is read once it no longer grows."""
    from songsheet.base.refusals import Refusal
    from songsheet.imports.errors import FileIsMissing
    from songsheet.imports.watching import PAUSE, Watched

    if not folder.is_dir():
        raise FileIsMissing(f"There is no folder {folder}. Look at the name and try again.")
    watched = Watched(folder)
    say(f"Watching {folder}; Ctrl-C stops.")
    while True:
        paths = watched.changed()
        if paths:
            try:
                _import(paths, options, as_json)
            except Refusal as refusal:
                say(refusal.sentence)
            watched.read(paths)
        time.sleep(PAUSE)


def _tell(report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        give(report)
    counts = ", ".join(f"{report[name]:,} {name}" for name in ("created", "updated", "unchanged", "rejected"))
    say(f"{report['rows']:,} rows in {report['seconds']:,} s: {counts}.")
    if report["rejects_file"]:
        say(f"The rejected rows are in {report['rejects_file']}.")
    if report["import"]:
        say(f"To undo it: songsheet import undo {report['import']}")


def _progress() -> Any:
    """A line that tells how far it is, where somebody looks at it."""
    last = [0.0]

    def told(run: Any) -> None:
        if sys.stderr.isatty() and time.monotonic() - last[0] > 0.5:
            last[0] = time.monotonic()
            from songsheet.imports.reports import left_of

            click.echo(f"\r{run.rows:,} rows, {left_of(run)}   ", err=True, nl=False)

    return told


def _catch_up() -> None:
    """What the letters are made of follows at once; search and notices are the worker's."""
    from songsheet.desk.standing import READER
    from songsheet.journal.readers import catch_up

    catch_up(READER)
