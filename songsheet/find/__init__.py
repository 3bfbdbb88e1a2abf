"""Search over everything: which records hold which words, kept up with the journal."""
