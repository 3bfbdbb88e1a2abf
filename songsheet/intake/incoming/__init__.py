"""What comes in, as it comes in, and what became of it."""
