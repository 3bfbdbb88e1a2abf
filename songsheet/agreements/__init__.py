"""Agreements: what both sides have signed, version by version, with a typed body for each kind."""
