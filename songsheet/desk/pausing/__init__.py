"""A promise stands still until a day that is said, and why; it runs on before, if one likes."""
