"""When members work, are away and what they know; working time over it."""
