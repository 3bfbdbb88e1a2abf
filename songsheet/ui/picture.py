"""What the flow picture is made of: nodes and links as given, and their shapes as placed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "won", "lost"]


@dataclass(frozen=True)
class Node:
    """What leads pass: a source, a pair of hands, an outcome. `column` is 0, 1 or 2."""

    key: str
    label: str
    column: int
    href: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True)
class Link:
    """Leads that went from one node to one of the next column. `note` names the thickest leak."""

    source: str
    target: str
    count: int
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class PlacedNode:
    """A node with its place; `count` is what passes it."""

    node: Node
    count: int
    x: float
    y: float
    height: float
    label: str
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True)
class Ribbon:
    """A link with its shape."""

    link: Link
    stage: int
    tone: Tone
    path: str
    says: str
    source: Node
    target: Node
    y_source: float
    y_target: float
    height: float


@dataclass(frozen=True)
class Leak:
    """The words on the thickest leak."""

    text: str
    x: float
    y: float
    anchor: str
    thin: bool


@dataclass(frozen=True)
class Table:
    """The same numbers as rows: one per node on the left, one column per node on the right."""

    title: str
    heads: Sequence[Node]
    rows: Sequence[tuple[PlacedNode, Sequence[Ribbon | None]]]


@dataclass(frozen=True)
class Picture:
    """All that the template draws; `total` is the number of leads."""

    total: int
    width: float
    height: float
    nodes: Sequence[PlacedNode] = ()
    ribbons: Sequence[Ribbon] = ()
    heads: Sequence[tuple[str, float, str]] = ()
    leak: Leak | None = None
    tables: Sequence[Table] = ()
    outcomes: Sequence[PlacedNode] = ()
    widest: int = 0
