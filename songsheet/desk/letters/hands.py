"""In whose hands leads are: members by what they do for a buyer, or nobody."""

from songsheet.team.roles import Role

#: Name → what a picture calls these hands, and the roles they belong to.
HANDS: dict[str, tuple[str, tuple[Role, ...]]] = {
    "guides": ("Guides", (Role.GUIDE,)),
    "concierges": ("Concierges", (Role.CONCIERGE,)),
    "managers": ("Sales managers", (Role.SALES_MANAGER,)),
    "marketing": ("Marketing", (Role.MARKETER, Role.MARKETING_MANAGER, Role.REMARKABLES)),
    "others": (
        "Others",
        (
            Role.OWNER,
            Role.CRO,
            Role.METRICS,
            Role.SERVICE,
            Role.FINANCE,
            Role.OPERATIONS,
            Role.ADMINISTRATOR,
        ),
    ),
}
_OF_ROLE = {role: name for name, (_, roles) in HANDS.items() for role in roles}


def roles_of(hands: str) -> tuple[Role, ...]:
    """The roles whose members these hands are."""
    return HANDS[hands][1]


def role_words(hands: str) -> str:
    """What these hands are called."""
    return HANDS[hands][0]


def hands_of(role: str) -> str:
    """The hands that a member of this role is."""
    return _OF_ROLE[Role(role)]
