"""Who is meant: mail addresses, phone numbers and domains in the one form in which they are compared."""

import re
from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

from songsheet.base.refusals import Refusal

_MAIL = re.compile(r"[^\s@<>,;\x00]{1,64}@(?:[^\s@.<>,;\x00]{1,63}\.)+[^\s@.<>,;\x00]{2,63}")
_PHONE = re.compile(r"\+[1-9]\d{5,14}")
_BEFORE_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@]*@)?(?:www\d?\.)?")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")

#: Where anybody gets an address: such a domain says nothing about a company.
_FREE_DOMAINS = """
gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.co.in yahoo.fr yahoo.de yahoo.es yahoo.it
yahoo.ca yahoo.com.br yahoo.co.jp ymail.com rocketmail.com hotmail.com hotmail.co.uk hotmail.fr
hotmail.de hotmail.it hotmail.es outlook.com outlook.de outlook.fr outlook.es live.com live.co.uk
live.de live.fr live.nl msn.com icloud.com me.com mac.com aol.com aim.com gmx.com gmx.de gmx.net
gmx.at gmx.ch web.de t-online.de freenet.de arcor.de posteo.de mailbox.org mail.com email.com
inbox.com zoho.com zohomail.com proton.me protonmail.com pm.me tutanota.com tuta.io fastmail.com
hey.com yandex.com yandex.ru mail.ru bk.ru inbox.ru list.ru rambler.ru qq.com 163.com 126.com
sina.com sohu.com foxmail.com naver.com daum.net hanmail.net rediffmail.com orange.fr wanadoo.fr
free.fr sfr.fr laposte.net bbox.fr libero.it virgilio.it alice.it tiscali.it tin.it uol.com.br
bol.com.br terra.com.br ig.com.br globo.com btinternet.com sky.com talktalk.net virginmedia.com
ntlworld.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net
earthlink.net juno.com shaw.ca rogers.com sympatico.ca telus.net bigpond.com optusnet.com.au
ziggo.nl kpnmail.nl planet.nl home.nl telenet.be skynet.be bluewin.ch wp.pl o2.pl onet.pl interia.pl
seznam.cz centrum.cz abv.bg
"""
_FREE = frozenset(_FREE_DOMAINS.split())


class NotAnAddress(Refusal):
    """Something that cannot be a mail address, a phone number or a domain."""

    code = "not_an_address"


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def normal_mail(text: str) -> str:
    """An address as it is compared: trimmed, in small letters."""
    mail = text.strip().lower()
    if len(mail) > 254 or not _MAIL.fullmatch(mail):
        raise NotAnAddress(
            f"“{text[:80]}” is not a mail address. Correct it, or leave it empty.", field="mails"
        )
    return mail


def normal_phone(text: str) -> str:
    """A number in E.164; whoever knows the country puts it into this form first."""
    phone = re.sub(r"[\s().\-/]", "", text)
    phone = "+" + phone[2:] if phone.startswith("00") else phone
    if not _PHONE.fullmatch(phone):
        raise NotAnAddress(
            f"“{text[:40]}” is not a phone number with its country. Write it as +44 117 496 0142.",
            field="phones",
        )
    return phone


def company_domain(text: str) -> str:
    """The registrable domain of a website or mail address; empty where it says nothing about a company."""
    return _domain_of(
        re.split(r"[/?#:]", _BEFORE_HOST.sub("", text.strip().lower()), maxsplit=1)[0].rstrip(".")
    )


@lru_cache(maxsize=10_000)
def _domain_of(host: str) -> str:
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return ""
    if len(host) > 253 or not _HOST.fullmatch(host):
        return ""
    domain = _suffixes().privatesuffix(host) or ""
    return "" if domain in _FREE else domain
