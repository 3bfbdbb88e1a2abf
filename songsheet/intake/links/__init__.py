"""Tracked links: where they lead, in whose name, from which campaign, and what came of them."""
