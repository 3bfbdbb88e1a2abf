"""Deals: what a lead became, with amount, stage, owner and a dated next step while it is open."""
