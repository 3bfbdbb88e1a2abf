"""What happened, append-only and in commit order: acts, event types, entries, readers, sealed values."""
