"""What a column's parser has to know beforehand."""

from dataclasses import dataclass, field
from datetime import UTC, tzinfo


@dataclass(frozen=True)
class Options:
    """How the cells of one column are to be read."""

    zone: tzinfo = UTC
    currency: str = "USD"
    country: str | None = None
    date_order: str | None = None
    decimal: str = "."
    fractions: bool = False
    unit: str = "seconds"
    limit: int = 300
    split: bool = True
    choices: frozenset[str] = field(default_factory=frozenset)
