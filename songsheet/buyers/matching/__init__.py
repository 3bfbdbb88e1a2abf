"""Who may be the same: how records are compared, found by stored blocks, and suggested."""
