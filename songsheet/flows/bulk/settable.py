"""What can be set on many records at once: per kind a literal table of fields with their single action."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _

from songsheet.base.many import Many
from songsheet.base.refusals import Refusal
from songsheet.base.text import clean, fold
from songsheet.buyers.actions import change_companies, change_people
from songsheet.deals.actions import change_deals, move_deals
from songsheet.deals.models import Stage
from songsheet.flows.errors import UnknownChange, ValueRefused
from songsheet.leads.actions import change_leads, move_leads
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting
from songsheet.team.fields.declared import fields_on
from songsheet.team.fields.listing import choices
from songsheet.team.fields.values import read
from songsheet.team.models import CustomField
from songsheet.touches.actions import (
    change_campaigns,
    change_tasks,
    change_touches,
    do_tasks,
    reopen_tasks,
)
from songsheet.touches.editing import due_on
from songsheet.touches.models import Campaign, Source, Task

Choices = Sequence[tuple[str, str]]
TIERS = ("hot", "ready", "concierge", "nurture")
#: The states a lead is moved to by hand; it is offered by giving it, and ends one by one with its reason.
MOVED_TO = (Lead.State.NEW, Lead.State.NURTURING, Lead.State.QUALIFIED, Lead.State.WORKING)


@dataclass(frozen=True)
class Settable:
    """A field: `change` is the action on many, `argument` what it calls the value; `kind` how it is typed.

    `find` turns a choice into what the action wants. What is not `needed` may be emptied.
    """

    name: str
    label: Any
    change: Callable[..., Any]
    argument: str
    kind: str = "text"
    choices: Callable[[], Choices] = tuple
    find: Callable[[str], Any] | None = None
    needed: bool = False
    within: str = ""

    def read(self, text: str) -> Any:
        """The value behind what was typed; refused where it is none."""
        text = clean(text, 500, field="value")
        if not text:
            if self.needed:
                raise ValueRefused(f"{self.label} cannot be emptied. Choose a value.", field="value")
            return None if self.find else {"text": "", "choice": "", "flag": False}.get(self.kind)
        if self.kind == "choice" and not self.find and text not in dict(self.choices()):
            raise ValueRefused(f"“{text[:60]}” is not a value for {self.label}.", field="value")
        try:
            return self.find(text) if self.find else _READ[self.kind](text)
        except (ValueError, KeyError, ObjectDoesNotExist):
            raise ValueRefused(f"“{text[:60]}” is not a value for {self.label}.", field="value") from None

    def write(self, keys: Sequence[str], value: Any, *, by: Acting, at: datetime) -> dict[str, Refusal]:
        """Set it on these records, each as its single action would; returns which refused it, and why."""
        given = {self.within: value} if self.within else value
        refused: dict[str, Refusal] = self.change(keys, by=by, at=at, **{self.argument: given}).refused
        return refused


def _flag(text: str) -> bool:
    return {"yes": True, "no": False}[text]


def _number(text: str) -> int | float:
    return int(text) if text.lstrip("-").isdigit() else float(text)


_READ: dict[str, Callable[[str], Any]] = {
    "text": str,
    "choice": str,
    "date": date.fromisoformat,
    "flag": _flag,
    "number": _number,
}


def _states() -> Choices:
    return [(str(state.value), str(state.label)) for state in MOVED_TO]


def _tiers() -> Choices:
    return [(one, one.capitalize()) for one in TIERS]


def _sources() -> Choices:
    return [(name, name) for name in Source.objects.order_by("name").values_list("name", flat=True)[:500]]


def _source(name: str) -> int:
    return int(Source.objects.values_list("id", flat=True).get(name_folded=fold(name)))


def _campaigns() -> Choices:
    return list(Campaign.objects.filter(gone_at=None).order_by("name").values_list("key", "name")[:500])


def _campaign(key: str) -> int:
    return int(Campaign.objects.values_list("id", flat=True).get(key=key))


def _stages() -> Choices:
    return [(name, name) for name in Stage.objects.order_by("position", "id").values_list("name", flat=True)]


def _tick(keys: Sequence[str], *, done: bool, by: Acting, at: datetime) -> Many[Task]:
    return (do_tasks if done else reopen_tasks)(keys, by=by, at=at)


SETTABLE: dict[str, tuple[Settable, ...]] = {
    "people": (
        Settable("language", _("Language"), change_people, "language"),
        Settable("title", _("Title"), change_people, "title"),
    ),
    "companies": (
        Settable("industry", _("Industry"), change_companies, "industry"),
        Settable("country", _("Country"), change_companies, "country"),
        Settable("people_count", _("Size"), change_companies, "people_count", "number"),
    ),
    "leads": (
        Settable("state", _("State"), move_leads, "state", "choice", _states, needed=True),
        Settable("tier", _("Tier"), change_leads, "tier", "choice", _tiers),
        Settable("deal_seeker", _("Deal seeker"), change_leads, "deal_seeker", "flag", needed=True),
        Settable("source", _("Source"), change_leads, "source_id", "choice", _sources, _source),
        Settable("campaign", _("Campaign"), change_leads, "campaign_id", "choice", _campaigns, _campaign),
        Settable("look_again_on", _("Look again on"), change_leads, "look_again_on", "date"),
    ),
    "deals": (
        Settable("stage", _("Stage"), move_deals, "stage", "choice", _stages, needed=True),
        Settable("expected_on", _("Expected on"), change_deals, "expected_on", "date"),
        Settable("category", _("Category"), change_deals, "category"),
    ),
    "touches": (
        Settable("status", _("Status"), change_touches, "status"),
        Settable("campaign", _("Campaign"), change_touches, "campaign_id", "choice", _campaigns, _campaign),
    ),
    "tasks": (
        Settable("due", _("Due on"), change_tasks, "due_at", "date", find=due_on),
        Settable("done", _("Done"), _tick, "done", "flag", needed=True),
    ),
    "campaigns": (
        Settable("status", _("Status"), change_campaigns, "status"),
        Settable("kind", _("Kind"), change_campaigns, "kind"),
        Settable("source", _("Source"), change_campaigns, "source_id", "choice", _sources, _source),
        Settable("starts_on", _("Starts on"), change_campaigns, "starts_on", "date"),
        Settable("ends_on", _("Ends on"), change_campaigns, "ends_on", "date"),
    ),
}
#: What a declared field of ours is declared on, and the action that changes such a record.
_ON: dict[str, tuple[str, Callable[..., Any]]] = {
    "people": ("person", change_people),
    "companies": ("company", change_companies),
    "leads": ("lead", change_leads),
    "deals": ("deal", change_deals),
    "campaigns": ("campaign", change_campaigns),
}
_TYPED = {"date": "date", "yes_no": "choice", "choice": "choice"}


def settable_on(what: str) -> list[Settable]:
    """The fields of a kind that can be set, the company's own after ours."""
    on, change = _ON.get(what, ("", None))
    return [*SETTABLE[what], *(_own(field, change) for field in fields_on(on) if change)]


def _own(field: CustomField, change: Callable[..., Any]) -> Settable:
    return Settable(
        f"custom.{field.name}",
        field.label,
        change,
        "custom",
        _TYPED.get(field.type, "text"),
        lambda: choices(field),
        lambda text: read(field, text),
        field.is_required,
        within=field.name,
    )


def settable(what: str, name: str) -> Settable:
    """One of them by its name; another is refused."""
    found = next((one for one in settable_on(what) if one.name == name), None)
    if found is None:
        raise UnknownChange(f"“{name[:60]}” cannot be set on {what}.", field="field")
    return found
