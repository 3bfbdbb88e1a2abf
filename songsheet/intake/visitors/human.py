"""Whether a hit was made by a human, a machine, or nobody can say: pure, out of what was measured."""

import re
from typing import NamedTuple, Self

from songsheet.intake.event import Arrived

#: What programs call themselves.
ROBOT = re.compile(
    r"bot\b|bot[/;_ -]|crawl|spider|slurp|preview|scan|headless|phantom|python|curl|wget|java/|okhttp|libwww"
    r"|go-http|httpclient|axios|node-fetch|undici|monitor|uptime|lighthouse|facebookexternalhit|whatsapp",
    re.IGNORECASE,
)
_BROWSER = re.compile(r"^Mozilla/5\.0 \(.{8,}\) .*(AppleWebKit|Gecko)/", re.IGNORECASE)


class Traits(NamedTuple):
    """What was measured of one hit and of what was around it."""

    is_page: bool
    agent: str
    network: str
    method: str
    prefetch: bool

    @classmethod
    def of(cls, arrived: Arrived) -> Self:
        """Of one that stands by itself."""
        return cls(
            arrived.event.type == "page_view",
            arrived.agent,
            arrived.network,
            arrived.method,
            arrived.prefetch,
        )


def judge(one: Traits) -> tuple[str, str]:
    """human, machine or unknown, and why in a few words."""
    if one.prefetch:
        return "machine", "fetched ahead"
    if one.method == "HEAD":
        return "machine", "asked for the head alone"
    if ROBOT.search(one.agent):
        return "machine", "calls itself a robot"
    if one.is_page and _BROWSER.search(one.agent):
        return "human", "a browser ran the page"
    return "unknown", ""
