"""One change to many records at once: previewed, run in slices, every refusal listed, undone as a whole."""
