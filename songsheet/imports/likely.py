"""Whom a dry run found: how many people are known, and who of the new ones looks like somebody known."""

from typing import Any

from songsheet.buyers.matching.finding import PEOPLE, meeting_many
from songsheet.buyers.models import Person
from songsheet.imports.shadow import Shadow

#: So many new people are compared: enough to see that a file was in before, and soon done.
LOOKED_AT = 2_000
EXAMPLES = 5


def likely_in(shadow: Shadow) -> dict[str, Any]:
    """Counts and the first examples, the surest first; `looked` of the `new` were compared."""
    met, new, ids = shadow.new_people(LOOKED_AT)
    mine = PEOPLE.load(ids) if ids else {}
    names = dict(Person.objects.filter(id__in=list(mine)).values_list("id", "name")) if mine else {}
    with shadow.real():
        pairs = meeting_many(PEOPLE, mine) if mine else []
        others = PEOPLE.load({other for _, other in pairs}) if pairs else {}
        best: dict[int, tuple[float, int]] = {}
        for id_, other in pairs:
            verdict = PEOPLE.compare(mine[id_], others[other]) if other in others else None
            if verdict is not None and verdict.is_suggested:
                best[id_] = max(best.get(id_, (0.0, 0)), (verdict.confidence, other))
        first = sorted(best.items(), key=lambda one: (-one[1][0], one[0]))[:EXAMPLES]
        known = Person.objects.in_bulk([other for _, (_, other) in first])
    examples = [
        {
            "name": names[id_],
            "like": known[other].name,
            "key": known[other].key,
            "percent": min(int(sure * 100), 99),
        }
        for id_, (sure, other) in first
        if other in known
    ]
    return {"met": met, "new": new, "looked": len(ids), "count": len(best), "examples": examples}
