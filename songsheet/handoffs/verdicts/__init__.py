"""Verdicts: what sales says of a lead or a campaign, and what marketing answers."""
