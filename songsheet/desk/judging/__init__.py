"""Verdicts on screen: given with one key, answered, and told to who gave them."""
