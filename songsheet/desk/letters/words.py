"""The letters in words: sentences whose figures open the leads behind them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from songsheet.base.money import Money
from songsheet.desk.letters.letter import Letters
from songsheet.desk.models import Outcome, Response

Way = tuple[tuple[Outcome, ...], str]


@dataclass(frozen=True)
class Piece:
    """Words, or a figure with the query that opens what it counts."""

    words: str
    query: str = ""


#: The ways leads went, as the clauses of one sentence.
WAYS: tuple[Way, ...] = (
    ((Outcome.WON,), "bought"),
    ((Outcome.OPEN_DEAL,), "in a deal"),
    ((Outcome.WORKING, Outcome.NURTURING), "being worked or nurtured"),
    ((Outcome.NO_ANSWER,), "contacted without an answer"),
    ((Outcome.LOST, Outcome.NO_DECISION, Outcome.RELEASED, Outcome.DISQUALIFIED), "ended without a purchase"),
)
BETWEEN = (Outcome.NEVER_CONTACTED, Outcome.NEVER_TAKEN)


def answer(told: Letters) -> list[Piece]:
    """The answer to *Where did all the leads go?*"""
    if not told.leads:
        return [Piece(_("No lead came in%(when)s.") % {"when": when(told)})]
    pieces = [Piece(f"{told.leads:,}", _all(told)), Piece(_(" came in%(when)s. ") % {"when": when(told)})]
    clauses = [(told.went(*outcomes), outcomes, words) for outcomes, words in WAYS]
    clauses = [clause for clause in clauses if clause[0]]
    for place, (leads, outcomes, words) in enumerate(clauses):
        joint = "" if place == 0 else " and " if place == len(clauses) - 1 else ", "
        pieces += [Piece(joint), Piece(f"{leads:,}", _outcomes(outcomes)), Piece(f" {_verb(words, leads)}")]
    if clauses:
        pieces.append(Piece(". "))
    return [piece for piece in [*pieces, *_between_hands(told)] if piece.words]


def _verb(words: str, leads: int) -> str:
    if words.startswith(("bought", "ended")):
        return words
    return ngettext("is %(what)s", "are %(what)s", leads) % {"what": words}


def _between_hands(told: Letters) -> list[Piece]:
    promised = sum(told.counts.promised.get(outcome, 0) for outcome in BETWEEN)
    pieces = []
    if promised:
        words = ngettext(
            " waits for a promised first contact. ", " wait for a promised first contact. ", promised
        )
        pieces = [Piece(f"{promised:,}", _outcomes(BETWEEN) + "&promised=yes"), Piece(words)]
    lost = told.went(*BETWEEN) - promised
    if not lost:
        return pieces
    still = sum(told.counts.reachable.get(outcome, 0) for outcome in BETWEEN)
    between = _outcomes(BETWEEN) + "&promised=no"
    pieces += [Piece(f"{lost:,}", between), Piece(_(" fell between hands"))]
    if still:
        pieces += [
            Piece("; "),
            Piece(f"{still:,}", between + "&reachable=yes"),
            Piece(_(" of them can still be contacted")),
        ]
    return [*pieces, Piece(".")]


def speed(told: Letters) -> list[Piece]:
    """How fast leads were answered."""
    answered = told.leads - told.counts.response.get(Response.NEVER, 0)
    if not answered:
        return [Piece(_("For none of them we know a first answer."))]
    quick = told.counts.response.get(Response.UNDER_1H, 0)
    slow = told.counts.response.get(Response.OVER_24H, 0)
    return [
        Piece(_("Of %(n)s with a known first answer ") % {"n": f"{answered:,}"}),
        Piece(f"{quick:,}", "response=under_1h"),
        Piece(_(" had it within an hour and ")),
        Piece(f"{slow:,}", "response=over_24h"),
        Piece(_(" after more than a day.")),
    ]


def when(told: Letters) -> str:
    """The days that are asked for, in words."""
    first, last = told.asked.first, told.asked.last
    if first and last:
        return _(" from %(first)s to %(last)s") % {"first": f"{first:%-d %B %Y}", "last": f"{last:%-d %B %Y}"}
    if first:
        return _(" since %(first)s") % {"first": f"{first:%-d %B %Y}"}
    return _(" until %(last)s") % {"last": f"{last:%-d %B %Y}"} if last else ""


def money_words(value: dict[str, int]) -> str:
    """An amount per currency, side by side."""
    return _(" and ").join(Money(_round(minor), currency).format() for currency, minor in value.items())


def _round(minor: int) -> int:
    """To three figures, in whole units: an order of magnitude, not an invoice."""
    digits = max(len(str(abs(minor))) - 3, 2)
    return round(minor, -digits)


def as_text(told: Letters) -> str:
    """The letters for a terminal."""
    lines = [
        _("Where did all the leads go?"),
        "".join(piece.words for piece in answer(told)),
        "".join(piece.words for piece in speed(told)) if told.leads else "",
        "",
        *_where_from(told),
        *_leaks(told),
        _("What have you been telling them?"),
        _("We do not know yet what they were told: that comes with the song sheet."),
        "",
        _("As of position %(n)s of the journal.") % {"n": f"{told.counts.position:,}"},
    ]
    return "\n".join(lines)


def _where_from(told: Letters) -> list[str]:
    if not told.came_from:
        return []
    lines = [_("Where from")]
    sources = told.by_source()
    for row in sources[:15]:
        brought = f", {money_words(row.revenue)}" if row.revenue else ""
        lines.append(f"  {row.leads:>7,}  {row.source}: {row.deals:,} deals, {row.won:,} won{brought}")
    rest = len(sources) - 15
    return [*lines, *([_("  and %(n)s more") % {"n": rest}] if rest > 0 else []), ""]


def _leaks(told: Letters) -> list[str]:
    if not told.leaks:
        return [_("Nothing leaks."), ""] if told.leads else []
    lines = [_("Where they leak")]
    for rank, leak in enumerate(told.leaks, 1):
        about = _("about") if leak.estimate else _("worth")
        worth = f" ({about} {money_words(leak.value)})" if leak.value else ""
        lines.append(f"  {rank}. {leak.sentence}{worth}. → {leak.kind.action}")
    return [*lines, ""]


def _outcomes(outcomes: tuple[Outcome, ...]) -> str:
    return "outcome=" + ",".join(outcome.name.lower() for outcome in outcomes)


def _all(told: Letters) -> str:
    return "outcome=any"
