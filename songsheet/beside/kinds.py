"""Which event types somebody may hear of: most are open to whoever may look, some ask for a right."""

from songsheet.journal.events import registry
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: The beginning of a type's name → the right it asks for.
_NEEDS: dict[str, Right] = {
    "imports.": Right.IMPORT,
    "journal.": Right.PARKED,
    "beside.": Right.HOUSE,
    "intake.hook_": Right.FRONT,
    "intake.held_": Right.FRONT,
    "intake.sent_in_again": Right.FRONT,
    "team.house_": Right.HOUSE,
    "team.key_": Right.TEAM,
    "team.member_invited": Right.TEAM,
    "team.invitation_": Right.TEAM,
    "team.names_": Right.TEAM,
}


def needed_for(kind: str) -> Right:
    """The right to hear of a type."""
    return next((right for start, right in _NEEDS.items() if kind.startswith(start)), Right.LOOK)


def kinds_for(viewer: Acting) -> list[str]:
    """The types that somebody may hear of, by name."""
    return sorted(name for name in registry if viewer.may(needed_for(name)))


def is_open(kind: str) -> bool:
    """Whether whoever may look may hear of it."""
    return needed_for(kind) == Right.LOOK
