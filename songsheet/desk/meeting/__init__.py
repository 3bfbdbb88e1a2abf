"""Somebody new, typed in: a buyer, perhaps with a lead, or a company; who is known already is told."""
