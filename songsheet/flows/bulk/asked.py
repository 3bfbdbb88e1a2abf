"""What a page or a caller asks to have done to many records, read into typed values."""

from typing import Any

from django.http import HttpRequest, QueryDict

from songsheet.flows.bulk.change_many import Chosen, Wanted
from songsheet.flows.bulk.kinds import Kind, kind_of


def kind_in(request: HttpRequest) -> Kind:
    """The kind of records that a form speaks of."""
    return kind_of(request.POST.get("what", ""))


def chosen_in(request: HttpRequest) -> Chosen:
    """The rows that were chosen on a list: by key, or everything that its filters find."""
    if request.POST.get("all"):
        address = QueryDict(request.POST.get("query", ""))
        declared = [one.name for one in kind_in(request).listing.filters]
        return Chosen(filters={name: str(address[name]) for name in declared if address.get(name)})
    keys = [key for given in request.POST.getlist("keys") for key in given.split(",") if key]
    return Chosen(tuple(dict.fromkeys(keys)))


def wanted_in(request: HttpRequest) -> Wanted:
    """What is to be done with them."""
    given: Any = request.POST
    return Wanted(given.get("act", ""), given.get("field", ""), given.get("value", ""))


def sent_along(request: HttpRequest, chosen: Chosen) -> dict[str, str]:
    """What a dialog keeps of the list that it was opened on."""
    given: Any = request.POST
    kept = {name: given.get(name, "") for name in ("what", "query", "all", "act")}
    return {**kept, "keys": "" if kept["all"] else ",".join(chosen.keys)}
