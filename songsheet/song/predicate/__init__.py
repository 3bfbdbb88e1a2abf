"""Predicates: what must be true of our facts for a claim to hold; read, printed, weighed."""
