"""Tasks on every page: planned, given to somebody, changed, done and taken up again."""
