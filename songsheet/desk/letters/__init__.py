"""The letters: where leads came from, where they went, how fast they were answered, and where they leak."""
