"""Where a fact or a claim holds: for a product, in a market, for a segment; everywhere without any."""

from collections.abc import Iterable
from dataclasses import dataclass

#: What is more particular wins: a product before a market, a market before a segment.
_WEIGHTS = (4, 2, 1)
#: So many places a claim is looked at in, at most.
MOST_PLACES = 200


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """A product, a market, a segment by its key; an empty one is every one."""

    product: str = ""
    market: str = ""
    segment: str = ""

    def parts(self) -> tuple[str, str, str]:
        """The three in their order."""
        return self.product, self.market, self.segment

    def covers(self, other: "Scope") -> bool:
        """Whether whatever lies in the other lies in this one."""
        return all(mine in ("", its) for mine, its in zip(self.parts(), other.parts(), strict=True))

    def weight(self) -> int:
        """How particular it is."""
        return sum(weight for weight, part in zip(_WEIGHTS, self.parts(), strict=True) if part)

    def meet(self, other: "Scope") -> "Scope | None":
        """What lies in both; None where nothing does."""
        met = []
        for mine, its in zip(self.parts(), other.parts(), strict=True):
            if mine and its and mine != its:
                return None
            met.append(mine or its)
        return Scope(*met)

    def says(self, segments: dict[str, str] | None = None) -> str:
        """In words; nothing for everywhere."""
        segment = (segments or {}).get(self.segment, self.segment)
        return ", ".join(part for part in (self.product, self.market, segment) if part)


EVERYWHERE = Scope()


def places(within: Scope, stated: Iterable[Scope]) -> list[Scope]:
    """The scope itself and each narrower one within it that these scopes tell apart, the widest first."""
    found = {within}
    for one in sorted(set(stated)):
        for place in list(found):
            met = place.meet(one)
            if met is not None and len(found) < MOST_PLACES:
                found.add(met)
    return sorted(found, key=lambda place: (place.weight(), place))
