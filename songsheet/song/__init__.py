"""The song: the market as it is understood, what is true, and what we say of it."""
