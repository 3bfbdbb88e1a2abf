"""Facts: what is true from when to when, and where; first of all what we offer and what we do not."""
