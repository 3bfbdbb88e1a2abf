"""A list by groups: one group per value of a declared filter, each counted to 10,000 in one statement."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from songsheet.doors.address import changed, filters_in
from songsheet.doors.counting import counts_of, in_words
from songsheet.doors.listing import EXACT_UP_TO, MOST_HITS, Group, Listing

#: So many groups a page shows; when there are more values, it says so.
MOST_GROUPS = 100


@dataclass(frozen=True)
class Grouped:
    """The groups of a list with their counts, without the empty ones."""

    groups: list[dict[str, Any]]
    is_complete: bool
    is_exact: bool


def grouped(listing: Listing, viewer: Any, address: QueryDict, group: Group) -> Grouped:
    """The groups that this address shows. A filter on the same name leaves that one group alone."""
    asked = filters_in(address)
    chosen = asked.pop(group.name, None)
    values = [(value, label) for value, label in listing.values_of(group) if chosen in (None, value, label)]
    first = values[:MOST_GROUPS]
    within = listing.narrowed(viewer, asked).rows
    filter_ = next(one for one in listing.filters if one.name == group.name)
    counts = counts_of([filter_.narrow(within, value, MOST_HITS).rows for value, _ in first])
    found = [
        {
            "value": value,
            "label": label,
            "count_text": in_words(count),
            "url": changed(address, listing.path, **{group.name: value, "group": None, "open": None}),
        }
        for (value, label), count in zip(first, counts, strict=True)
        if count
    ]
    return Grouped(found, len(values) <= MOST_GROUPS, all(count <= EXACT_UP_TO for count in counts))
