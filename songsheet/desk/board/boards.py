"""The boards: what their columns are, what a card shows, how it is moved. A literal table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songsheet.base.money import Money
from songsheet.base.refusals import NotFound, Refusal
from songsheet.deals.actions import move_deal
from songsheet.deals.listing import DEALS, deal_path
from songsheet.deals.models import Deal, Stage
from songsheet.doors.days import in_words
from songsheet.doors.listing import Listing
from songsheet.leads.actions import move_lead
from songsheet.leads.listing import LEADS, lead_path, marks_of
from songsheet.leads.models import OPEN_STATES, Lead
from songsheet.ui.components.marks import money

Columns = Sequence[tuple[str, str]]
#: The column of deals that stand in no stage; nothing can be moved there.
NO_STAGE = "-"


class NoSuchBoard(NotFound):
    code = "no_such_board"


class NoSuchColumn(Refusal):
    """A card is moved to a column that the board has."""

    code = "no_such_column"


@dataclass(frozen=True)
class Board:
    """A list as columns: `by` is the filter of the list that tells them apart, `hides` what else the columns
    say already; `has_money` when a column shows its amounts."""

    listing: Listing
    by: str
    hides: tuple[str, ...]
    columns: Callable[[], Columns]
    card: Callable[[Any], dict[str, Any]]
    stands_in: Callable[[Any], str]
    move: Callable[..., Any]
    has_money: bool = False

    @property
    def path(self) -> str:
        """Its address."""
        return f"{self.listing.path}/board"

    def within(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows of one column."""
        if value == NO_STAGE:
            return rows.filter(stage=None, state=Deal.State.OPEN)
        apply = next(one for one in self.listing.filters if one.name == self.by).apply
        assert apply is not None
        return apply(rows, value)

    def must_have(self, value: str) -> str:
        """The label of a column one can move to; another is refused."""
        label = dict(self.columns()).get(value)
        if label is None or value == NO_STAGE:
            raise NoSuchColumn(_("Choose a column of the board to move this to."), field="to")
        return label


def _lead(lead: Lead) -> dict[str, Any]:
    company = lead.company or lead.person.company
    return {
        "title": lead.person.name or _("Somebody"),
        "url": lead_path(lead),
        "sub": company.name if company else "",
        "by": lead.owner.name if lead.owner else lead.queue.name if lead.queue else "",
        "is_mine": lead.owner_id,
        "at": lead.came_at,
        "clock": lead.clock,
        "chips": marks_of(lead),
    }


def _deal(deal: Deal) -> dict[str, Any]:
    company = deal.company or deal.lead.person.company
    name = company.name if company else deal.lead.person.name
    return {
        "title": deal.name or name or _("A deal"),
        "url": deal_path(deal),
        "sub": name if deal.name else "",
        "by": deal.owner.name if deal.owner else "",
        "amount": money(Money(deal.amount, deal.currency)) if deal.amount is not None else "",
        "on": _("expected %(day)s") % {"day": in_words(deal.expected_on)} if deal.expected_on else "",
        "chips": [] if deal.next_step_on else [_("No next step")],
    }


def _states() -> Columns:
    return [(str(state.value), str(state.label)) for state in Lead.State if state in OPEN_STATES]


def _stages() -> Columns:
    names = Stage.objects.order_by("position", "id").values_list("name", flat=True)
    return [*((name, name) for name in names[:30]), (NO_STAGE, _("No stage"))]


BOARDS: dict[str, Board] = {
    "leads": Board(LEADS, "state", ("state",), _states, _lead, lambda lead: str(lead.state), move_lead),
    "deals": Board(
        DEALS, "stage", ("stage", "state"), _stages, _deal,
        lambda deal: deal.stage.name if deal.stage else NO_STAGE, move_deal, has_money=True,
    ),
}  # fmt: skip


def board_named(name: str) -> Board:
    """The board of this list; another does not exist."""
    if name not in BOARDS:
        raise NoSuchBoard(f"There is no board of {name[:40]}. There are: {', '.join(BOARDS)}.")
    return BOARDS[name]
