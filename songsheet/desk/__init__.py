"""Screens over several parts: Today, Letters, the buyer page."""
