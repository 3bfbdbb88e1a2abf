"""Mail addresses and phone numbers in the form in which two of one person are equal."""

import re

from songsheet.buyers.identity import company_domain
from songsheet.buyers.matching.letters import slips

#: Providers that let through whatever stands behind a plus, and those that ignore dots.
_DOTLESS = {"gmail.com"}
_SAME_DOMAIN = {"googlemail.com": "gmail.com", "pm.me": "proton.me", "protonmail.com": "proton.me"}
_MINUS = {"yahoo.com", "yahoo.de", "yahoo.fr", "yahoo.co.uk", "ymail.com"}
#: Mailboxes that several people read.
SHARED_WORDS = """
admin administration billing bookings buchhaltung contact accounts einkauf enquiries family familie
finance hello help hi hr info invoices it jobs kontakt legal mail marketing office order orders post
press purchasing reception sales secretariat service shop support team vertrieb verwaltung web
webmaster einkaufen procurement
"""
SHARED = frozenset(SHARED_WORDS.split())
_DIGITS = re.compile(r"\D")


def mailbox(mail: str) -> str:
    """An address without what the provider ignores: tags behind a plus, dots where they do not count."""
    local, _, domain = mail.strip().lower().rpartition("@")
    domain = _SAME_DOMAIN.get(domain, domain)
    local = local.split("+", 1)[0] or local
    if domain in _MINUS:
        local = local.split("-", 1)[0]
    if domain in _DOTLESS:
        local = local.replace(".", "")
    return f"{local}@{domain}"


def is_shared(mail: str) -> bool:
    """Whether several people read this mailbox, as its name says."""
    return re.split(r"[@+]", mail, maxsplit=1)[0] in SHARED


def said_by(mail: str) -> list[str]:
    """The words of the local part where it is written like a name: jane.smith@… says jane smith."""
    local = mail.partition("@")[0].split("+", 1)[0]
    words = [re.sub(r"\d+$", "", word) for word in re.split(r"[._-]", local)]
    return words if len(words) in (2, 3) and all(word.isalpha() for word in words) else []


def site(mail_or_domain: str) -> str:
    """The name that a domain carries without its ending: acme of mail@acme.de; none for free mail."""
    return company_domain(mail_or_domain).split(".", 1)[0]


def number(phone: str) -> str:
    """The digits by which a number is known whatever its notation: the last nine, without a leading zero."""
    digits = _DIGITS.sub("", phone)
    return digits[-9:].lstrip("0") if len(digits) >= 6 else ""


def resembling_numbers(one: str, other: str) -> bool:
    """One slip apart, but not in the last two digits: by these the desks of a house differ."""
    a, b = number(one), number(other)
    return min(len(a), len(b)) >= 7 and a[-2:] == b[-2:] and slips(a, b) == 1


def same_number(one: str, other: str) -> bool:
    """Equal, or one of them is the other in national notation."""
    a, b = number(one), number(other)
    if not a or not b:
        return False
    if one.startswith("+") and other.startswith("+"):
        return _DIGITS.sub("", one) == _DIGITS.sub("", other)
    shorter, longer = sorted((a, b), key=len)
    return len(shorter) >= 6 and longer.endswith(shorter)
