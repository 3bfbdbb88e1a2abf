"""The demo company Aldermoor: generated from a seed, with known causes, loaded through the parts' own adoption."""
