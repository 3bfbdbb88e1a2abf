"""Claims: what we say, in versions that rest on facts or on a proof."""
