"""What is told of an import: its counts as one object, and how much time is left."""

from typing import Any

from songsheet.imports.models import Import
from songsheet.imports.planning import Plan
from songsheet.imports.store import rejects_path


def report_of(run: Import) -> dict[str, Any]:
    """An import as command line and API tell it."""
    return {
        "import": run.key,
        "state": run.state,
        "system": run.system,
        **run.counts,
        "rejects_file": str(rejects_path(run.key)) if run.rejects_size else None,
        "seconds": round(run.seconds, 3),
        "by_kind": run.by_kind,
        "not_read": run.not_read,
        "failure": run.failure or None,
        "undo": run.undo,
    }


def report_of_dry_run(counts: dict[str, Any], made: Plan) -> dict[str, Any]:
    """What a run would tell."""
    return {
        "import": None,
        "dry_run": True,
        "system": made.mapping.system,
        **counts,
        "rejects_file": None,
        "not_read": [{"name": one.name, "reason": one.reason} for one in made.not_read],
    }


def share_of(run: Import) -> float:
    """How much of the files is read, of 1."""
    return min(1.0, run.read / run.size) if run.size else 1.0


def whole_of(run: Import) -> str:
    """How far it is, in rows."""
    checked = run.checked or {}
    if run.state == Import.State.UNDOING:
        return f"{(run.undo or {}).get('gone', 0):,} records taken out"
    rows = checked.get("rows", 0) if run.state == Import.State.CHECKING else run.rows
    return f"{rows:,} rows"


def left_of(run: Import) -> str:
    """The time left in words, judged by the bytes read until now."""
    share = share_of(run)
    if run.state == Import.State.CHECKING and run.checked:
        return _in_words(share, run.checked.get("seconds", 0))
    if run.state == Import.State.UNDOING:
        return "working"
    return _in_words(share, run.seconds)


def _in_words(share: float, spent: float) -> str:
    if share < 0.01 or spent < 1:
        return "just begun"
    seconds = spent * (1 - share) / share
    if seconds < 90:
        return f"{max(1, round(seconds))} s left"
    return f"{round(seconds / 60)} min left" if seconds < 5400 else f"{seconds / 3600:.1f} h left"
