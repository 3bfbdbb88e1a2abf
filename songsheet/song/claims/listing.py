"""The list of claims: what page, API and export show of it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from songsheet.doors.cells import link_cell
from songsheet.doors.days import iso
from songsheet.doors.listing import Column, Filter, Listing, Sort
from songsheet.song.claims.holding import holding_of
from songsheet.song.claims.models import Claim, Risk
from songsheet.song.claims.queries import claims_seen_by
from songsheet.team.queries import member_choices, member_with, now
from songsheet.ui.components.marks import badge
from songsheet.ui.when import when


def claim_path(claim: Claim) -> str:
    """The page of a claim."""
    return f"/song/claims/{claim.key}"


def _with_holding(rows: Sequence[Any], names: Sequence[str]) -> None:
    if {"holds", "because"} & set(names):
        found = holding_of([row.shown for row in rows], now())
        for row in rows:
            row.holding = found[row.shown.id]


def _holds(claim: Any) -> str:
    return {True: "yes", False: "no", None: "unknown"}[claim.holding.truth]


def _holds_cell(claim: Any) -> SafeString | str:
    if claim.holding.holds:
        return _("holds")
    words = _("not known") if claim.holding.truth is None else _("does not hold")
    return badge(words, kind="late" if claim.state == Claim.State.IN_FORCE else "", title=_because(claim))


def _because(claim: Any) -> str:
    return str(claim.holding.sentence())


def _chosen(choices: Any, field: str) -> Any:
    def apply(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value not in choices.values:
            raise ValueError(value)
        return rows.filter(**{field: value})

    return apply


CLAIMS = Listing(
    name="claims",
    title="Claims",
    base=claims_seen_by,
    path="/song/claims",
    row_path=claim_path,
    complete=_with_holding,
    columns=(
        Column("statement", "What we say", lambda one: one.statement,
               link_cell(claim_path, lambda one: one.statement)),
        Column("holds", "Holds now", _holds, _holds_cell),
        Column("state", "State", lambda one: one.state, lambda one: str(one.get_state_display())),
        Column("risk", "Risk", lambda one: one.risk, lambda one: str(one.get_risk_display())),
        Column("qualifier", "Said along", lambda one: one.shown.qualifier),
        Column("rests_on", "Rests on", lambda one: one.shown.predicate or str(one.shown.proof or "")),
        Column("owner", "Answers for it", lambda one: one.owner.key, lambda one: one.owner.name,
               written=lambda one: one.owner.name),
        Column("because", "Because", _because, shown=False),
        Column("made", "Begun", lambda one: iso(one.made_at), lambda one: when(one.made_at), shown=False),
    ),
    filters=(
        Filter("q", "Search", lambda rows, value: rows.filter(statement__icontains=value)),
        Filter("state", "State", _chosen(Claim.State, "state"), "choice",
               lambda: [(str(one.value), str(one.label)) for one in Claim.State]),
        Filter("risk", "Risk", _chosen(Risk, "risk"), "choice",
               lambda: [(str(one.value), str(one.label)) for one in Risk]),
        Filter("owner", "Answers for it", lambda rows, value: rows.filter(owner_id=member_with(value)),
               "choice", member_choices),
        Filter("fact", "Speaks of the fact", lambda rows, value: rows.filter(shown__facts__contains=[value])),
    ),
    sorts=(
        Sort("-made", "Newest first", ("-made_at", "-id"), "claim_by_made"),
        Sort("statement", "By what we say", ("statement", "id"), "claim_by_statement"),
    ),
)  # fmt: skip
