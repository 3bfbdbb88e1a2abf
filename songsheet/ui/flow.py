"""The flow picture: where leads came from, in whose hands they were, what came of them.

A pure layout; no colours here. `draw(nodes, links)` places nodes in columns and ribbons between them, for
`ui/flow.html`. What is lost is sorted to the foot of every column, so that it runs along the bottom of the
picture; every label has a line of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from songsheet.ui.picture import Leak, Link, Node, Picture, PlacedNode, Ribbon, Table, Tone

__all__ = ["Link", "Node", "Picture", "draw"]

WIDTH = 800.0
TOP = 24.0
LINE = 17.0  # a label's own height
GAP = 12.0  # between two nodes at the least
BAR = 5.0
BODY = 302.0  # height of the columns unless there are too many nodes for it
GLYPH = 6.7  # width of a letter, on the wide side
LONGEST = 24  # letters of a label before it is cut
LEAST = 0.75  # a ribbon thinner than this could not be seen


@dataclass
class _Column:
    nodes: list[Node]
    counts: dict[str, int]
    tops: dict[str, float] = field(default_factory=dict)

    def gaps(self, scale: float) -> list[float]:
        """The least distances below each node but the last, so that labels at the middles never meet."""
        heights = [self.counts[node.key] * scale for node in self.nodes]
        return [max(GAP, LINE - (one + other) / 2) for one, other in pairwise(heights)]

    def extent(self, scale: float) -> float:
        """How high the column is at this scale."""
        return sum(self.counts[node.key] for node in self.nodes) * scale + sum(self.gaps(scale))

    def place(self, scale: float, height: float) -> None:
        """Give each node its top; what is left over goes evenly between them."""
        gaps = self.gaps(scale)
        spare = height - self.extent(scale)
        lonely = len(self.nodes) == 1
        y = TOP + (spare if lonely and self.nodes[0].tone == "lost" else 0.0)
        for index, node in enumerate(self.nodes):
            self.tops[node.key] = y
            y += self.counts[node.key] * scale
            if index < len(gaps):
                y += gaps[index] + spare / len(gaps)


def draw(nodes: Iterable[Node], links: Iterable[Link], *, heads: Sequence[str] = ()) -> Picture:
    """Lay the flow out; links without leads and nodes that nothing passes are left out."""
    known = {node.key: node for node in nodes}
    flows = [link for link in links if link.count > 0]
    columns = _columns(known, flows)
    if not columns:
        return Picture(total=0, width=WIDTH, height=0)
    body = max(
        BODY, *(LINE * len(column.nodes) + BODY / 2 for column in columns if len(column.nodes) > 10), 0.0
    )
    scale = _scale(columns, body)
    for column in columns:
        column.place(scale, body)
    xs = _xs(columns)
    placed = [_placed(column, node, xs, scale) for column in columns for node in column.nodes]
    ribbons = _ribbons(columns, flows, known, xs, scale)
    outcomes = [one for one in placed if one.node.column == 2]
    return Picture(
        total=sum(columns[0].counts.values()),
        width=WIDTH,
        height=TOP + body + 6,
        nodes=placed,
        ribbons=ribbons,
        heads=_heads(heads or (_("Source"), _("In whose hands"), _("What came of it")), xs),
        leak=_leak(ribbons, xs),
        tables=[_table(stage, placed, ribbons) for stage in (0, 1)],
        outcomes=outcomes,
        widest=max((one.count for one in outcomes), default=0),
    )


def _columns(known: dict[str, Node], flows: Sequence[Link]) -> list[_Column]:
    """The three columns, each sorted: what is lost, and what loses most, at the foot."""
    into: dict[str, int] = defaultdict(int)
    out: dict[str, int] = defaultdict(int)
    loses: dict[str, int] = defaultdict(int)
    for link in flows:
        into[link.target] += link.count
        out[link.source] += link.count
        if "lost" in (known[link.target].tone, known[link.source].tone):
            loses[link.source] += link.count
    columns = []
    for number in range(3):
        counts = {key: max(into[key], out[key]) for key, node in known.items() if node.column == number}
        passed = [known[key] for key, count in counts.items() if count]
        by_loss = sorted(
            passed, key=lambda node: (node.tone == "lost", loses[node.key] if number == 0 else 0)
        )
        columns.append(_Column(by_loss, {node.key: counts[node.key] for node in passed}))
    return [column for column in columns if column.nodes] if flows else []


def _scale(columns: Sequence[_Column], body: float) -> float:
    """Points per lead: the largest at which the fullest column still fits."""
    low, high = 0.0, body / max(sum(column.counts.values()) for column in columns)
    for _turn in range(40):
        middle = (low + high) / 2
        if all(column.extent(middle) <= body for column in columns):
            low = middle
        else:
            high = middle
    return low


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"


def _xs(columns: Sequence[_Column]) -> tuple[float, float, float]:
    """The left edges of the bars, as the labels leave room."""

    def widest(column: _Column) -> float:
        return max(len(f"{_cut(node.label)} {column.counts[node.key]:,}") for node in column.nodes) * GLYPH

    first = max(90.0, widest(columns[0]) + 10)
    last = WIDTH - BAR - 9 - max(90.0, widest(columns[-1]))
    return first, round(first + (last - first) * 0.54), last


def _placed(column: _Column, node: Node, xs: tuple[float, float, float], scale: float) -> PlacedNode:
    x, top = xs[node.column], column.tops[node.key]
    height = column.counts[node.key] * scale
    return PlacedNode(
        node=node,
        count=column.counts[node.key],
        x=round(x, 1),
        y=round(top, 2),
        height=round(max(height, 2 * LEAST), 2),
        label=_cut(node.label),
        text_x=round(x - 10 if node.column == 0 else x + BAR + 9, 1),
        text_y=round(top + height / 2 + 4.5, 1),
        anchor="end" if node.column == 0 else "start",
    )


def _ribbons(
    columns: Sequence[_Column],
    flows: Sequence[Link],
    known: dict[str, Node],
    xs: tuple[float, float, float],
    scale: float,
) -> list[Ribbon]:
    """The ribbons, stage by stage and from the top; they leave and arrive in the order of the other ends."""
    order = {
        node.key: (column_at, at)
        for column_at, column in enumerate(columns)
        for at, node in enumerate(column.nodes)
    }
    tops = {key: top for column in columns for key, top in column.tops.items()}
    leaves, arrives = dict(tops), dict(tops)
    ribbons = []
    for link in sorted(flows, key=lambda link: (order[link.source], order[link.target])):
        source, target = known[link.source], known[link.target]
        height = link.count * scale
        y0, y1 = leaves[source.key], arrives[target.key]
        leaves[source.key] += height
        arrives[target.key] += height
        tone: Tone = "lost" if "lost" in (source.tone, target.tone) else target.tone
        path = _path(xs[source.column] + BAR, y0, xs[target.column], y1, max(height, LEAST))
        says = _("%(n)s leads: %(source)s to %(target)s") % {
            "n": f"{link.count:,}", "source": source.label, "target": target.label,
        }  # fmt: skip
        ribbons.append(Ribbon(link, source.column, tone, path, says, source, target, y0, y1, height))
    return ribbons


def _path(x0: float, y0: float, x1: float, y1: float, height: float) -> str:
    middle = f"{(x0 + x1) / 2:.1f}"
    foot0, foot1 = y0 + height, y1 + height
    there = f"M{x0:.1f} {y0:.1f}C{middle} {y0:.1f} {middle} {y1:.1f} {x1:.1f} {y1:.1f}"
    return f"{there}V{foot1:.1f}C{middle} {foot1:.1f} {middle} {foot0:.1f} {x0:.1f} {foot0:.1f}Z"


def _heads(names: Sequence[str], xs: tuple[float, float, float]) -> list[tuple[str, float, str]]:
    anchors = ("end", "start", "start")
    places = (xs[0] + BAR, xs[1], xs[2])
    return list(zip(names, places, anchors, strict=True))


def _leak(ribbons: Sequence[Ribbon], xs: tuple[float, float, float]) -> Leak | None:
    """The thickest leak of the first stage that has one, named on its ribbon."""
    lost = [ribbon for ribbon in ribbons if ribbon.tone == "lost"]
    if not lost:
        return None
    stage = min(ribbon.stage for ribbon in lost)
    worst = max((ribbon for ribbon in lost if ribbon.stage == stage), key=lambda ribbon: ribbon.link.count)
    text = worst.link.note or _("%(n)s of %(source)s") % {
        "n": f"{worst.link.count:,}",
        "source": _cut(worst.source.label),
    }
    first = stage == 0
    y = (worst.y_source if first else worst.y_target) + worst.height / 2 + 4.5
    x = xs[0] + BAR + 12 if first else xs[2] - 12
    return Leak(text, round(x, 1), round(y, 1), "start" if first else "end", thin=worst.height < LINE)


def _table(stage: int, placed: Sequence[PlacedNode], ribbons: Sequence[Ribbon]) -> Table:
    heads = [one.node for one in placed if one.node.column == stage + 1]
    by_ends = {(ribbon.source.key, ribbon.target.key): ribbon for ribbon in ribbons}
    rows = [
        (one, [by_ends.get((one.node.key, head.key)) for head in heads])
        for one in placed
        if one.node.column == stage
    ]
    title = _("From source to hands") if stage == 0 else _("From hands to outcome")
    return Table(title, heads, rows)
