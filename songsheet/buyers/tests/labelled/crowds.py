"""Crowds: two hundred at one domain, a hundred behind one switchboard, sixty of one name.

What so many share is no block any more (`finding.MOST_IN_A_BLOCK`): those who are one are found by the rest.
"""

from collections.abc import Iterator
from dataclasses import replace

from songsheet.buyers.matching.people import Known
from songsheet.buyers.tests.labelled.make import Maker, ascii_of
from songsheet.buyers.tests.labelled.registry import Registry

AT_ONE_DOMAIN = 200
AT_ONE_SWITCHBOARD = 100
OF_ONE_NAME = 60
_SWITCHBOARD = "+442079460000"


def crowd(seed: int) -> Iterator[tuple[int, Known]]:
    """(who it is, the record); every fifth has a second record."""
    it, names = Maker(seed), Registry(seed)
    seen: set[tuple[str, str]] = set()
    for who in range(AT_ONE_DOMAIN):
        drawn = names.entry()
        while (drawn.given[0], drawn.family) in seen:
            drawn = names.entry()
        seen.add((drawn.given[0], drawn.family))
        one = Known(
            f"{drawn.given} {drawn.family}".title(),
            mails=(f"{drawn.given}.{drawn.family}@bigfirm.example",),
            phones=(_SWITCHBOARD,) if who < AT_ONE_SWITCHBOARD else it.person().phones,
            company="Bigfirm Ltd",
            domain="bigfirm.example",
        )
        yield who, one
        if who % 5 == 0:
            yield who, _again(it, one, who // 5)
    for who in range(AT_ONE_DOMAIN, AT_ONE_DOMAIN + OF_ONE_NAME):
        other = it.person()
        firm, site = f"{other.company} {who}", f"{ascii_of(other.family).lower()}{who}.example"
        mails = (f"john.smith@{site}",)
        one = Known("John Smith", mails=mails, phones=other.phones, company=firm, domain=site)
        yield who, one
        if who % 5 == 0:
            yield who, _again(it, one, who // 5)


def _again(it: Maker, one: Known, number: int) -> Known:
    """Another record: an initial, a slip in the family name, or a tag in the mailbox."""
    given, family = one.name.split(" ")
    if number % 3 == 0:
        return replace(one, name=f"{given[0]}. {family}", mails=())
    if number % 3 == 1:
        return replace(one, name=f"{given} {it.slip(family)}", mails=())
    return replace(one, mails=(one.mails[0].replace("@", "+news@"),), phones=(), company="")
