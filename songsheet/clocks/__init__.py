"""Running promises with a due time, each owned by one member."""
