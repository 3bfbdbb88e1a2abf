"""Forms that buyers fill in: fields, consent in words, confirmation, answers."""
