"""Who hears what: one literal table of the journal's readers. A reader keeps its name for life."""

READERS: list[object] = []
