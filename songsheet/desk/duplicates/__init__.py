"""Records that may be one: the list of suggestions, two side by side, merged and taken apart."""
