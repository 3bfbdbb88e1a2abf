"""The kinds of agreements that this part brings, one a file; config/wiring.py names all there are."""
