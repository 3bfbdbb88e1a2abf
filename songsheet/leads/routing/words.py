"""Why a lead came to whom, and why not to each other, in sentences that can be read aloud."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from songsheet.leads.routing.models import Cause, Routing
from songsheet.team.models import Member

_CHOSEN: dict[str, Callable[[], str]] = {
    "in_turn": lambda: _("It was their turn"),
    "by_weight": lambda: _("By the agreed weights it was their turn"),
    "least_loaded": lambda: _("They had the least to do: %(a)s of %(b)s leads"),
    "only_one": lambda: _("Nobody else could take it just then"),
    "has_company": lambda: _("They have the company already"),
    "keeps": lambda: _("It was offered to them already; the promise is a new one"),
    "by_queue": lambda: _("Leads of this tier wait in a queue by what is agreed"),
    "nobody": lambda: _("Nobody could take it"),
    "no_contact": lambda: _("The buyer must not be contacted: nobody is sent"),
}
_OTHERS: dict[str, Callable[[], str]] = {
    "on_leave": lambda: _("is on leave, and nobody stands in"),
    "deputy": lambda: _("is on leave; %(who)s stands in"),
    "lacks_language": lambda: _("does not speak the buyer's language"),
    "off_hours": lambda: _("does not work soon enough"),
    "full": lambda: _("has no room: %(a)s leads, room for %(b)s"),
    "lacks_skill": lambda: _("lacks the skill that is asked for"),
    "passed": lambda: _("had it and did not accept it"),
    "other_has_company": lambda: _("another has the company"),
    "other_has_it": lambda: _("another was offered it already"),
    "more_loaded": lambda: _("has more to do: %(a)s of %(b)s leads"),
    "later": lambda: _("comes later in turn"),
    "had_share": lambda: _("had their share by the agreed weights"),
}
_CAUSES: dict[str, Callable[[], str]] = {
    Cause.JUDGED: lambda: _("As it was judged %(tier)s"),
    Cause.BREACH: lambda: _("As %(had)s did not accept it in time"),
    Cause.LEAVE: lambda: _("As %(had)s is on leave"),
    Cause.LEFT: lambda: _("As %(had)s left the team"),
    Cause.HAND: lambda: _("As somebody had it routed anew"),
}


@dataclass(frozen=True, slots=True)
class Why:
    """One routing as it is read: to whom, because of what, why, and of each other candidate why not."""

    routing: Routing
    to: str
    cause: str
    chosen: str
    others: list[tuple[str, str]]


def why_of(routings: Sequence[Routing]) -> list[Why]:
    """Routings in words, with the names of today."""
    ids = {int(id_) for one in routings for id_ in one.why["others"]}
    ids |= {why[1] for one in routings for why in one.why["others"].values() if why[0] == "deputy"}
    names = dict(Member.objects.filter(id__in=ids).values_list("id", "name"))
    return [_why(one, names) for one in routings]


def said(why: Sequence[Any], names: Mapping[int, str]) -> str:
    """One reason, for who was chosen or for another."""
    code, *given = why
    words = {"a": given[0], "b": given[1]} if len(given) == 2 else {}
    if code == "deputy":
        words = {"who": names.get(given[0], _("Somebody"))}
    return (_CHOSEN | _OTHERS)[code]() % words


def _why(one: Routing, names: Mapping[int, str]) -> Why:
    words = {"tier": _(one.tier), "had": one.had.name if one.had else _("nobody")}
    if one.member:
        to = one.member.name
    else:
        assert one.queue is not None
        to = _("%(queue)s, for which %(who)s answers") % {
            "queue": one.queue.name,
            "who": one.queue.responsible.name,
        }
    others = [
        (names.get(int(id_), _("Somebody who is gone")), said(why, names))
        for id_, why in one.why["others"].items()
    ]
    return Why(one, to, _CAUSES[one.cause]() % words, said(one.why["chosen"], names), sorted(others))
