"""Who must not be contacted, in one list, and what one buyer allowed over time."""
