"""Handoffs: a lead is accepted, or returned with a reason that somebody of marketing answers."""
