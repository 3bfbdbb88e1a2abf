"""How long each list takes on the home that is given: the first page, searches, filters, and a page far down.

SONGSHEET_HOME=/path/to/home python -m bench.lists
"""

from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

from songsheet.config.prepare import ready

ASKED: dict[str, list[dict[str, str]]] = {
    "people": [
        {},
        {"q": "ma"},
        {"q": "zzzz"},
        {"owner": "nobody"},
        {"from": "2025-01-01", "until": "2025-01-02"},
    ],
    "companies": [{}, {"q": "firm a"}, {"domain": "d77.example"}],
    "leads": [{}, {"q": "ma"}, {"state": "open"}, {"state": "nurturing"}, {"owner": "nobody"}],
    "deals": [{}, {"q": "ma"}, {"q": "desks 12"}, {"state": "lost"}, {"next_step": "no"}],
}
PAGES_DOWN = 40


def best_of(times: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest of some runs in milliseconds, and the last answer."""
    shortest, answer = float("inf"), None
    for _ in range(times):
        began = perf_counter()
        answer = work()
        shortest = min(shortest, (perf_counter() - began) * 1000)
    return shortest, answer


def main() -> None:
    """Print one line for each question."""
    ready()
    from songsheet.buyers.listing import COMPANIES, PEOPLE
    from songsheet.deals.listing import DEALS
    from songsheet.leads.listing import LEADS
    from songsheet.team.acting import as_system

    viewer = as_system("bench")
    for listing in (PEOPLE, COMPANIES, LEADS, DEALS):
        for asked in ASKED[listing.name]:
            took, page = best_of(3, partial(listing.page, viewer, asked))
            total = f"{page.total:,}{'' if page.total_is_exact else '+'}"
            print(f"{listing.name:10} {asked or 'first page'!s:46} {total:>8} {took:7.0f} ms")
        for sort in listing.sorts:
            after = far_down(listing, viewer, sort.name)
            took, _ = best_of(3, partial(listing.page, viewer, {}, sort=sort.name, after=after, count=False))
            print(f"{listing.name:10} by {sort.name + ', far down':43} {took:16.0f} ms")


def far_down(listing: Any, viewer: Any, sort: str) -> str | None:
    """The place 8,000 rows down, or the last there is."""
    after: str | None = None
    for _ in range(PAGES_DOWN):
        after = listing.page(viewer, {}, sort=sort, after=after, size=200, count=False).next_cursor
        if after is None:
            break
    return after


if __name__ == "__main__":
    main()
