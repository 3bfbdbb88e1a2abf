"""Which roles there are, the side of each, and what each may do: two literal tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """The two sides of the one team; who has neither serves both."""

    MARKETING = "marketing", _("Marketing")
    SALES = "sales", _("Sales")
    NONE = "", _("Neither side")


class Role(models.TextChoices):
    """The roles of MISSION, and the administrator."""

    OWNER = "owner", _("Owner")
    CRO = "cro", _("Chief Revenue Officer")
    METRICS = "metrics", _("Director of Metrics")
    GUIDE = "guide", _("Sales Guide")
    CONCIERGE = "concierge", _("Concierge")
    SALES_MANAGER = "sales_manager", _("Sales manager")
    MARKETER = "marketer", _("Marketer")
    MARKETING_MANAGER = "marketing_manager", _("Marketing Machine manager")
    REMARKABLES = "remarkables", _("Remarkables lead")
    SERVICE = "service", _("Service")
    FINANCE = "finance", _("Finance")
    OPERATIONS = "operations", _("Operations")
    ADMINISTRATOR = "administrator", _("Administrator")


SIDE_OF: dict[str, Side] = {
    Role.GUIDE: Side.SALES,
    Role.CONCIERGE: Side.SALES,
    Role.SALES_MANAGER: Side.SALES,
    Role.MARKETER: Side.MARKETING,
    Role.MARKETING_MANAGER: Side.MARKETING,
}


class Right(models.TextChoices):
    """What somebody may do. Looking is a right too: everybody who signs in has it."""

    LOOK = "look", _("read stories, lists and letters")
    WORK = "work", _("take leads, log activities, edit buyers, leads and deals")
    ANSWER = "answer", _("note enquiries, and answer those that are theirs")
    OFFER = "offer", _("give leads to other members, a leak at a time")
    SPEND = "spend", _("edit sources and campaigns with their spend")
    SEND = "send", _("send events in, by a key")
    FRONT = "front", _("make links, sites and forms, and mend what was held back")
    IMPORT = "import", _("import files and undo imports")
    EXPORT = "export", _("take data out")
    SAVE = "save", _("save views of lists")
    CURATE = "curate", _("change the views that others share")
    MARGIN = "margin", _("see margins")
    TEAM = "team", _("invite members, change roles, issue keys for others")
    HOUSE = "house", _("change the settings of the house")
    PARKED = "parked", _("see and replay parked work")
    ERASE = "erase", _("erase what is known of a person, and take it out for them")
    PROPOSE = "propose", _("propose changes to agreements, and comment on them")
    STATE = "state", _("state facts, and change those that are theirs")
    SIGN_MARKETING = "sign_marketing", _("sign for marketing")
    SIGN_SALES = "sign_sales", _("sign for sales")


_EVERYBODY = {Right.LOOK, Right.SAVE, Right.PROPOSE, Right.ANSWER}
#: The keys of the sides: whoever is of neither side has none of them, the owner included.
KEYS_OF_SIDES = frozenset({Right.SIGN_MARKETING, Right.SIGN_SALES})
_SELLING = _EVERYBODY | {Right.WORK}
_LEADING = _SELLING | {
    Right.STATE,
    Right.SEND,
    Right.OFFER,
    Right.IMPORT,
    Right.EXPORT,
    Right.MARGIN,
    Right.CURATE,
}

RIGHTS: dict[str, frozenset[Right]] = {
    Role.OWNER: frozenset(Right) - KEYS_OF_SIDES,
    Role.CRO: frozenset(_LEADING | {Right.SPEND, Right.FRONT, Right.TEAM, Right.HOUSE}),
    Role.METRICS: frozenset(
        _EVERYBODY | {Right.IMPORT, Right.EXPORT, Right.MARGIN, Right.HOUSE, Right.CURATE, Right.STATE}
    ),
    Role.GUIDE: frozenset(_SELLING),
    Role.CONCIERGE: frozenset(_SELLING | {Right.OFFER}),
    Role.SALES_MANAGER: frozenset(_LEADING | {Right.SIGN_SALES}),
    Role.MARKETER: frozenset(_SELLING | {Right.SPEND, Right.SEND, Right.FRONT}),
    Role.MARKETING_MANAGER: frozenset(
        _SELLING
        | {Right.SPEND, Right.SEND, Right.FRONT, Right.OFFER, Right.IMPORT, Right.EXPORT, Right.CURATE}
        | {Right.SIGN_MARKETING, Right.STATE}
    ),
    Role.REMARKABLES: frozenset(_SELLING | {Right.EXPORT, Right.STATE}),
    Role.SERVICE: frozenset(_EVERYBODY | {Right.STATE}),
    Role.FINANCE: frozenset(_EVERYBODY | {Right.MARGIN, Right.EXPORT, Right.STATE}),
    Role.OPERATIONS: frozenset(_EVERYBODY | {Right.STATE}),
    Role.ADMINISTRATOR: frozenset(
        _EVERYBODY
        | {Right.IMPORT, Right.EXPORT, Right.TEAM, Right.HOUSE, Right.PARKED, Right.CURATE, Right.ERASE}
        | {Right.SEND, Right.FRONT}
    ),
}
