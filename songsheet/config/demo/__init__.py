"""The demo company Aldermoor: generated from a seed, with known causes, adopted part by part."""
