"""Where a link may lead: a public page, in one spelling that browsers and we read alike. Pure."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf import settings

from songsheet.base.refusals import Refusal
from songsheet.doors.http import must_be_a_target
from songsheet.intake.links.errors import NotATargetOfALink

LONGEST = 2000
#: What never stands in an address that somebody typed: control characters, blanks and what browsers turn into
#: a slash or leave out. What else is not plain is written as browsers write it.
_NEVER = re.compile(r"[\x00-\x20\x7f-\xa0\\\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]")
_BEGINS = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_PLAIN = "!$&'()*+,;=:@/?%-._~[]"


def target_of(text: str) -> str:
    """The address as it is kept and sent on; refused unless it is a public page in its usual spelling."""
    given = text.strip(" \t\r\n")
    if not given or len(given) > LONGEST or _NEVER.search(given):
        raise _refused("An address has at most 2,000 characters, no blanks, no backslash and no control")
    if not _BEGINS.match(given):
        raise _refused("An address begins with https:// or http:// and a host")
    try:
        parts = urlsplit(given)
        host = parts.hostname or ""
        must_be_a_target(f"{parts.scheme}://{parts.netloc}/")
    except Refusal as refusal:
        raise NotATargetOfALink(refusal.sentence, field="target") from None
    except ValueError:
        raise _refused("This is not an address") from None
    if (
        "." not in host.rstrip(".")
        and ":" not in host
        and not (settings.LOCAL_TARGETS and host == "localhost")
    ):
        raise _refused("The host is a name within a network. Give a public page")
    if "%" in parts.netloc or parts.netloc.endswith(":") or host.endswith(".."):
        raise _refused("The host is not in its usual spelling")
    if _leads_to_a_link(parts.scheme, parts.netloc, parts.path):
        raise _refused("This is a tracked link itself. Give the page behind it")
    path, query, fragment = (
        quote(one, safe=_PLAIN) for one in (parts.path or "/", parts.query, parts.fragment)
    )
    made = urlunsplit((parts.scheme, parts.netloc.lower(), path, query, fragment))
    if len(made) > LONGEST:
        raise _refused("With its letters written out the address is longer than 2,000 characters")
    return made


def _leads_to_a_link(scheme: str, netloc: str, path: str) -> bool:
    own = urlsplit(settings.ENVIRONMENT.url)
    return (netloc.lower() == own.netloc.lower()) and path.lstrip("/").startswith(("l/", "in/"))


def _refused(what: str) -> NotATargetOfALink:
    return NotATargetOfALink(f"{what}. Write it like https://example.com/page.", field="target")
