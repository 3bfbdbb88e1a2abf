"""Deals in bulk: what imports and the demo bring in, and take out again."""

from songsheet.deals.adopt_deals import DealRow, adopt_deals, stages_named
from songsheet.deals.withdraw import withdraw_deals

__all__ = ["DealRow", "adopt_deals", "stages_named", "withdraw_deals"]
