"""Whether claims hold at an instant, and because of what: one, or many with one look at the facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from songsheet.base.time import day_of
from songsheet.song.claims.models import ClaimVersion, Proof
from songsheet.song.facts.queries import Facts, said_in, stated_at
from songsheet.song.facts.scopes import EVERYWHERE, Scope, places
from songsheet.song.predicate.reading import parsed
from songsheet.song.predicate.tree import Node, names
from songsheet.song.predicate.weighing import Truth, deciding, every, weighed
from songsheet.team.queries import house


@dataclass(frozen=True, slots=True)
class Reason:
    """A fact that decided, what it says in the place that decided, and from when on."""

    name: str
    label: str
    says: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """Whether a claim holds: yes, no, or None where facts that decide are not known; and because of what.

    `place` is where that was decided: of several places the first that speaks against it.
    """

    truth: Truth
    because: tuple[Reason, ...]
    place: Scope = EVERYWHERE

    @property
    def holds(self) -> bool:
        """Only what is known to be so holds."""
        return self.truth is True

    def sentence(self) -> str:
        """Because of what, in a line."""
        return ", ".join(f"{one.label}: {one.says}" for one in self.because)


@lru_cache(maxsize=2048)
def tree_of(predicate: str) -> Node:
    """The tree of a kept predicate."""
    return parsed(predicate)


def holds(version: ClaimVersion, at: datetime) -> Holding:
    """Whether a version of a claim holds at an instant."""
    return holding_of([version], at)[version.id]


def holding_of(versions: Sequence[ClaimVersion], at: datetime) -> dict[int, Holding]:
    """Whether each of these holds at an instant, by its id; the facts are read once."""
    needed = {name for one in versions for name in one.facts}
    stated = stated_at(at, needed) if needed else {}
    return {one.id: weigh(one, stated, at) for one in versions}


def weigh(version: ClaimVersion, stated: Facts, at: datetime) -> Holding:
    """Whether a version holds, if these are the facts."""
    parts = []
    if version.predicate:
        parts.append(_by_facts(version, stated))
    if version.proof is not None:
        parts.append(_by_proof(version.proof, at))
    truth = every(one.truth for one in parts)
    deciding_parts = [one for one in parts if one.truth is truth]
    because = tuple(reason for one in deciding_parts for reason in one.because)
    return Holding(truth, because, deciding_parts[0].place)


def scope_of(version: ClaimVersion) -> Scope:
    """Where a version is said."""
    return Scope(version.product, version.market, version.segment.key if version.segment else "")


def _by_facts(version: ClaimVersion, stated: Facts) -> Holding:
    """It must hold in its place, and in every narrower one where a fact says something of its own."""
    tree = tree_of(version.predicate)
    mentioned = names(tree)
    own = (one.where for name in mentioned for one in stated.get(name, ()))
    looked_at = [(place, *_in(place, tree, mentioned, stated)) for place in places(scope_of(version), own)]
    truth = every(one for _place, one, _because in looked_at)
    place, _truth, because = next(one for one in looked_at if one[1] is truth)
    return Holding(truth, because, place)


def _in(
    place: Scope, tree: Node, mentioned: Iterable[str], stated: Facts
) -> tuple[Truth, tuple[Reason, ...]]:
    here = {name: said_in(stated.get(name, []), place) for name in mentioned}
    known = {name: one.value for name, one in here.items() if one is not None}
    because = []
    for name in deciding(tree, known):
        one = here[name]
        if one is None:
            because.append(Reason(name, name, _("not known")))
        else:
            because.append(Reason(name, one.label, one.says, one.since))
    return weighed(tree, known), tuple(because)


def _by_proof(proof: Proof, at: datetime) -> Holding:
    if proof.gone_at is not None and proof.gone_at <= at:
        return Holding(False, (Reason(proof.key, proof.title, _("withdrawn"), proof.gone_at),))
    if proof.expires_on is None:
        return Holding(True, (Reason(proof.key, proof.title, str(proof.get_kind_display())),))
    stands = day_of(at, house().zone) <= proof.expires_on
    words = _("valid until %(day)s") if stands else _("expired after %(day)s")
    return Holding(stands, (Reason(proof.key, proof.title, words % {"day": proof.expires_on.isoformat()}),))
