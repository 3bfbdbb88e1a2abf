"""A card of a board, joined here and not in a template: a board has a hundred of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from songsheet.ui.components.controls import button
from songsheet.ui.components.html import safe
from songsheet.ui.components.marks import chip
from songsheet.ui.components.times import left, when


def drawn(cards: Sequence[Mapping[str, Any]], now: datetime, *, may_move: bool) -> list[SafeString]:
    """The cards as their board says what they show; who may move them drags them, or uses their button."""
    mover, drags = "", ""
    if may_move:
        says, drags = _("Move to another column"), ' draggable="true"'
        mover = button(says, kind="bare", icon="more", key="m", menu="move-menu", only_icon=True, small=True)
    return [_drawn(card, now, mover, drags) for card in cards]


def _drawn(card: Mapping[str, Any], now: datetime, mover: str, drags: str) -> SafeString:
    key, clock = safe(card["key"]), card.get("clock")
    sub = f"<p>{safe(card['sub'])}</p>" if card["sub"] else ""
    amount = f"<b>{safe(card['amount'])}</b> " if card.get("amount") else ""
    moment = safe(card["on"]) if card.get("on") else when(card["at"], now) if card.get("at") else ""
    by = f" · {safe(card['by'])}" if card["by"] else ""
    marks = left(clock.due_at, now, since=clock.started_at, soon=clock.warn_at) if clock else ""
    marks += "".join(chip(one) for one in card["chips"])
    marked = f'<p class="marks">{marks}</p>' if marks else ""
    return SafeString(
        f'<li class="card" id="card-{key}" data-row data-card="{key}" data-version="{card["version"]}"'
        f' data-in="{safe(card["stands_in"])}"{drags}><div class="of"><a href="{safe(card["url"])}"'
        f' data-open draggable="false">{safe(card["title"])}</a>{mover}</div>{sub}'
        f'<p class="quiet">{amount}{moment}{by}</p>{marked}</li>\n'
    )
