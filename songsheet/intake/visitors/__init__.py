"""Who it was: visitors, whom they turned out to be, and whether a hit was made by a human."""
