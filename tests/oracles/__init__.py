"""Independent counts over the raw files of the real sets, by pandas alone: nothing of the product is used.

Each module has `count(folder) -> dict`: `leads`, `came_from` (source → leads, deals, won, revenue in minor
units), `went` (outcome → leads) and `response`, in the words of `songsheet letters --json`.
`python -m tests.oracles.zoho FOLDER` prints them.
"""

from typing import Any

OUTCOMES = (
    "won",
    "lost",
    "no decision",
    "released",
    "open deal",
    "disqualified",
    "nurturing",
    "working",
    "contacted without answer",
    "never contacted",
    "never taken from a queue",
)
RESPONSES = ("under_1h", "1h_to_24h", "over_24h", "never")


def counted(series: Any, names: tuple[str, ...]) -> dict[str, int]:
    """How often each name occurs, those that do not included."""
    found = series.value_counts().to_dict()
    assert set(found) <= set(names), found
    return {name: int(found.get(name, 0)) for name in names}
