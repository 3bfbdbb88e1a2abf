"""Where a tracked link leads: its target with marks added where they are missing. Pure."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote_plus, urlencode, urlsplit, urlunsplit

from songsheet.intake.links.hosts import CLICK_IDS

#: A longer query is nobody's mark and click id, and is not taken along.
_TAKEN_ALONG = 1_000
_NOT_PLAIN = re.compile(r"[^\x21-\x7e]")


def led(target: str, utm: Mapping[str, str], query: str, click: str, ours: Iterable[str]) -> str:
    """The address to lead on to. What stands in the target already is left as it is, then what the request
    brought counts, then the link's own marks. On sites of ours the click is named, so that the page can say
    which one it was."""
    parts = urlsplit(_NOT_PLAIN.sub(lambda one: quote(one[0]), target))
    there = {_name(pair) for pair in parts.query.split("&")}
    pairs = [parts.query] if parts.query else []
    for pair in [*_brought(query), *_marks(utm)]:
        if _name(pair) not in there:
            pairs.append(pair)
            there.add(_name(pair))
    if _origin(parts.scheme, parts.netloc) in ours:
        pairs.append(f"ss={click}")
    return urlunsplit(parts._replace(query="&".join(pairs)))


def _name(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0]).lower()


def _brought(query: str) -> list[str]:
    if len(query) > _TAKEN_ALONG:
        return []
    pairs = [quote(one, safe="=%+!*'(),;:@/?$-._~") for one in query.split("&")]
    return [one for one in pairs if _name(one) in CLICK_IDS or _name(one).startswith("utm_")]


def _marks(utm: Mapping[str, str]) -> list[str]:
    return [
        urlencode({name if name.startswith("utm_") else f"utm_{name}": value})
        for name, value in utm.items()
        if value
    ]


def _origin(scheme: str, host: str) -> str:
    host = host.lower()
    usual = {"http": ":80", "https": ":443"}.get(scheme, "")
    return f"{scheme}://{host.removesuffix(usual)}"
