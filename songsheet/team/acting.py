"""Who acts, and whether they may: asked by every action and every query, nowhere else."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from songsheet.journal.actors import Actor, system
from songsheet.team.errors import RightMissing
from songsheet.team.models import Member
from songsheet.team.roles import Right


@dataclass(frozen=True)
class Acting:
    """A member acting, by themselves or through a key that narrows what they may; or the system itself."""

    member: Member | None
    actor: Actor
    rights: frozenset[Right]

    def may(self, right: Right) -> bool:
        return right in self.rights

    def must(self, right: Right) -> None:
        """Refuse unless the right is there."""
        if right not in self.rights:
            who = self.member.get_role_display() if self.member else "This key"
            raise RightMissing(
                f"{who} may not {right.label}. Ask an administrator, or somebody whose role includes it.",
                right=str(right.value),
            )


def as_member(member: Member) -> Acting:
    """The member acting by themselves, with the rights of their role."""
    return Acting(member, Actor("member", member.key), member.rights)


def as_system(process: str) -> Acting:
    """A part of the system acting by itself, with every right."""
    return Acting(None, system(process), frozenset(Right))


def as_import(key: str, member: Member | None = None) -> Acting:
    """An import acting for the member who started it."""
    return Acting(member, Actor("import", key), frozenset(Right))


def acting_on(request: HttpRequest) -> Acting:
    """Who asks for a page; the house's middleware has seen to it that there is somebody."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    return acting


def time_on(request: HttpRequest) -> datetime:
    """What time it is for the house in this request, read once."""
    at: datetime = request.at  # type: ignore[attr-defined]
    return at
