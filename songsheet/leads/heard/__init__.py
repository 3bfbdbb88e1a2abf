"""How buyers say that they heard of us: in their words, beside the source that was recorded."""
