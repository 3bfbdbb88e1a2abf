"""Labelled passages for whatever looks for claims in texts: what it may be built on, and what judges it."""
