"""What was held back: read, mended, sent in again once, dropped and kept again."""
