"""The kinds of record that have fields of the house's own: a literal table."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from songsheet.base.refusals import NotFound


@dataclass(frozen=True)
class Kind:
    """`name` is what declarations are made `on`; `table` holds the values (it stands on a higher storey).

    `about_people`: rows belong to one person, so that what is personal can be exported and erased with them.
    """

    name: str
    label: Any
    one: Any
    table: str
    about_people: bool


KINDS: dict[str, Kind] = {
    one.name: one
    for one in (
        Kind("person", _("Buyers"), _("buyer"), "buyers_person", True),
        Kind("company", _("Companies"), _("company"), "buyers_company", False),
        Kind("lead", _("Leads"), _("lead"), "leads_lead", True),
        Kind("deal", _("Deals"), _("deal"), "deals_deal", True),
        Kind("campaign", _("Campaigns"), _("campaign"), "touches_campaign", False),
    )
}


class NoSuchKind(NotFound):
    """Something that has no fields of the house's own."""

    code = "no_such_kind"


def kind_named(name: str) -> Kind:
    """The kind of this name; another is refused."""
    if name not in KINDS:
        raise NoSuchKind(f"“{name[:40]}” has no fields of its own. There are: {', '.join(KINDS)}.")
    return KINDS[name]
