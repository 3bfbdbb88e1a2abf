"""Deals in bulk: what imports and the demo bring in, and take out again."""

from songsheet.deals.adopt_deals import DealRow, adopt_deals, stages_named

__all__ = ["DealRow", "adopt_deals", "stages_named"]
