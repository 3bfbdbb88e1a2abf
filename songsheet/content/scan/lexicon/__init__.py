"""The words a scan knows, as literal tables: what means the same in trade, and what takes a promise back."""


def of_words(text: str) -> frozenset[str]:
    return frozenset(text.split())
