"""Where everything that arrives is kept before it is answered, and what cannot be read until it is mended."""
