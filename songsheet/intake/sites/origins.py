"""Origins as browsers send them: scheme, host and port, nothing behind. Pure."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from songsheet.base.refusals import Refusal
from songsheet.doors.http import must_be_a_target
from songsheet.intake.sites.errors import NotAnOrigin

MOST = 20
_USUAL = {"https": 443, "http": 80}


def origin_of(text: str) -> str:
    """The origin of an address that was typed; without a scheme https is meant."""
    given = text.strip()
    try:
        if "://" not in given:
            given = f"https://{given}"
        parts = urlsplit(given)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        if (
            parts.scheme not in _USUAL
            or not host
            or parts.query
            or parts.fragment
            or parts.path not in ("", "/")
        ):
            raise NotAnOrigin(_sentence(text), field="origins")
        if host != "localhost":
            if "." not in host and ":" not in host:
                raise NotAnOrigin(_sentence(text), field="origins")
            must_be_a_target(f"{parts.scheme}://{parts.netloc}/")
    except (ValueError, Refusal):
        raise NotAnOrigin(_sentence(text), field="origins") from None
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + (f":{port}" if port and port != _USUAL[parts.scheme] else "")


def origins_of(given: Iterable[str]) -> list[str]:
    """Each origin once, in the order given; at least one, at most twenty."""
    origins = list(dict.fromkeys(origin_of(one) for one in given if one.strip()))
    if not 1 <= len(origins) <= MOST:
        raise NotAnOrigin(
            "A site stands at one to twenty origins, such as https://www.example.com.", field="origins"
        )
    return origins


def _sentence(text: str) -> str:
    return f"“{text.strip()[:80]}” is not where pages stand. Write it like https://www.example.com."
