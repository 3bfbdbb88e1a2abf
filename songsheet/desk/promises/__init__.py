"""Promises of both sides to each other: how many were kept and missed, by person, tier and month."""
