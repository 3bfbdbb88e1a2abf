"""The preview of one version of tiers and routing, for page and API."""

from dataclasses import dataclass
from datetime import datetime

from songsheet.agreements.kinds.tiers_and_routing import TIERS_AND_ROUTING
from songsheet.agreements.models import SIGNED_STATES, Version
from songsheet.agreements.queries import before, version_in_force
from songsheet.leads.promising import first_answers
from songsheet.leads.routing.past import Past, Share, Tried, past


@dataclass(frozen=True, slots=True)
class RoutingTried:
    """What `version` would have done, beside `other`: the version in force, or the one before it."""

    version: Version
    other: Version | None
    found: Past

    def beside(self, name: str) -> list[tuple[str, Share, Share | None]]:
        """By `tiers` or `whose`: the name, what this version would have given, and the other."""
        this, other = _shares(self.found.this, name), _shares(self.found.other, name)
        rows = [
            (key, this.get(key, Share()), other.get(key, Share()) if self.found.other else None)
            for key in dict.fromkeys([*this, *other])
        ]
        return rows if name == "tiers" else sorted(rows, key=lambda row: (-row[1].leads, row[0]))


def _shares(tried: Tried | None, name: str) -> dict[str, Share]:
    found: dict[str, Share] = getattr(tried, name) if tried else {}
    return found


def try_routing(version: Version, *, at: datetime) -> RoutingTried:
    """What a version of tiers and routing would have done with the leads of the last three months."""
    was = version.state in SIGNED_STATES
    other = before(version) if was else version_in_force(TIERS_AND_ROUTING.name, at)
    terms, beside = (TIERS_AND_ROUTING.read(one.body) if one else None for one in (version, other))
    assert terms is not None
    return RoutingTried(version, other, past(terms, beside, minutes=first_answers(at), at=at))
