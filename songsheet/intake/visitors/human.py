"""Whether a hit was made by a human, a machine, or nobody can say: pure, out of what was measured."""

from typing import NamedTuple, Self

from songsheet.intake.event import Arrived
from songsheet.intake.visitors.robots import is_browser, is_gateway, is_robot

#: So many links opened from one network within seconds are opened by what reads a mail ahead of its reader;
#: with several browsers, so many. Colleagues in one office open as many, a little later.
_LINKS, _LINKS_OF_SEVERAL = 3, 5
#: Nobody reads so many pages within two seconds, or within five.
_PAGES, _MORE_PAGES = 4, 5


class Traits(NamedTuple):
    """What was measured of one hit, and of what was around it from the same network.

    `links` are those opened within three seconds by this browser, `all_links` by any; `pages` and
    `more_pages` those its visitor saw within two seconds and five. `is_ours` says that the link leads to a
    page that tells us when it is there, `loaded` that it did; of a page, `by_machine` that the click which
    led to it was a machine's.
    """

    is_page: bool
    agent: str
    network: str
    method: str
    prefetch: bool
    links: int = 1
    all_links: int = 1
    pages: int = 1
    more_pages: int = 1
    hidden: bool = False
    head: bool = False
    is_ours: bool = True
    loaded: bool = False
    by_machine: bool = False

    @classmethod
    def of(cls, arrived: Arrived) -> Self:
        """Of one that stands by itself."""
        is_page = arrived.event.type == "page_view"
        return cls(is_page, arrived.agent, arrived.network, arrived.method, arrived.prefetch)


def judge(one: Traits) -> tuple[str, str]:
    """human, machine or unknown, and why in a few words."""
    if why := _of_itself(one) or _of_company(one):
        return "machine", why
    if not is_browser(one.agent):
        return "unknown", "no browser that we know"
    if one.is_page:
        return "human", "a browser ran the page"
    if one.loaded:
        return "human", "the page was there after the click"
    if one.is_ours:
        return "unknown", "the page never was there after the click"
    return "human", "one link, opened in a browser"


def _of_itself(one: Traits) -> str:
    """What gives a machine away by one hit alone."""
    if one.prefetch:
        return "fetched ahead"
    if one.method == "HEAD":
        return "asked for the head alone"
    if not one.agent.strip() and one.method:
        return "does not say what it is"
    if is_robot(one.agent):
        return "calls itself a robot"
    if is_gateway(one.network):
        return "the network of a mail gateway or a robot"
    return ""


def _of_company(one: Traits) -> str:
    """What gives a machine away by what it did around this hit."""
    if one.hidden:
        return "opened a link that nobody sees"
    if one.head:
        return "asked for the head before"
    if one.links >= _LINKS or one.all_links >= _LINKS_OF_SEVERAL:
        return "opened every link within seconds"
    if one.pages >= _PAGES or one.more_pages >= _MORE_PAGES:
        return "faster than anybody reads"
    return "came by a click of a machine" if one.by_machine else ""
