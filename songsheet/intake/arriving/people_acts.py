"""Whom events are about: who is known stays as they are, who is new is met."""

from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime
from typing import Any

from songsheet.base import bulk
from songsheet.base.adopting import Ref
from songsheet.base.text import fold
from songsheet.buyers.adopt import CompanyRow, PersonRow, adopt_companies, adopt_people
from songsheet.buyers.adopt_people import People
from songsheet.buyers.identity import NotAnAddress, company_domain, normal_mail, normal_phone
from songsheet.buyers.known import names_of, people_meant
from songsheet.intake.arriving.one import One
from songsheet.intake.event import WhoIn
from songsheet.team.acting import Acting

_BY_KEY = """
select person.key, whole.id, whole.key from buyers_person person
  join buyers_person whole on whole.id = coalesce(person.root_id, person.id)
 where person.key = any(%s::text[]) and person.gone_at is null and whole.gone_at is null
"""
_COMPANIES = """
select one.domain, one.name_folded, whole.id, whole.key from buyers_company one
  join buyers_company whole on whole.id = coalesce(one.root_id, one.id)
 where (one.domain = any(%(domains)s::text[]) and one.domain <> ''
        or one.name_folded = any(%(names)s::text[]) and one.name_folded <> '')
   and one.gone_at is null and whole.gone_at is null order by one.id desc
"""


def meet(ones: Sequence[One], *, by: Acting, at: datetime) -> None:
    """Find whom each is about, or meet them; what cannot be is a fault of that event alone."""
    _by_key([one for one in ones if one.event.person and one.event.person.key])
    rows = [(one, row) for one in ones if (row := _row_of(one))]
    _look_up(rows)
    if not (new := [(one, row) for one, row in rows if one.person is None]):
        return
    _join_companies(new, by=by, at=at)  # before people are held, as everybody does who brings them in
    bulk.hold(People.realm, sorted({text for _, row in new for text in _texts(row)}))
    _look_up(new)
    first: dict[Hashable, tuple[One, PersonRow]] = {}
    for one, row in new:
        if one.person is None:
            first.setdefault(_names(row)[0], (one, row))
    met = adopt_people([row for _, row in first.values()], by=by, at=at, lane="live")
    for (one, _), adopted in zip(first.values(), met, strict=True):
        one.person = adopted.ref
        if adopted.ref is None:
            one.fault = (adopted.reason[:500], f"person.{adopted.column.removesuffix('s')}")
    rest = [(one, row) for one, row in new if one.person is None and one.fault is None]
    _look_up(rest)
    for one, row in rest:
        if one.person is None:  # the first of this name was refused
            one.fault = first[_names(row)[0]][0].fault


def _by_key(ones: Sequence[One]) -> None:
    keys = [one.event.person.key for one in ones if one.event.person]
    found = {key: (id_, whole) for key, id_, whole in bulk.rows(_BY_KEY, [keys])} if keys else {}
    for one in ones:
        assert one.event.person is not None
        one.person = found.get(one.event.person.key or "")
        if one.person is None:
            one.fault = ("There is no such person. Say by what they are known instead.", "person.key")


def _row_of(one: One) -> PersonRow | None:
    """What an event says of somebody who is not named by key."""
    who = one.event.person
    if who is None or who.key:
        return None
    try:
        row = PersonRow(
            name=who.name,
            title=who.title,
            language=who.language,
            mails=(normal_mail(who.mail),) if who.mail else (),
            phones=(normal_phone(who.phone),) if who.phone else (),
            external=(one.event.system, who.external_id) if who.external_id else None,
            met_at=one.at,
        )
    except NotAnAddress as refusal:
        one.fault = (refusal.sentence, f"person.{(refusal.field or '').removesuffix('s')}")
        return None
    if not _names(row):
        one.fault = ("Say by what they are known: a mail address, an id, or a phone with a name.", "person")
        return None
    return row


def _names(row: PersonRow) -> list[Any]:
    """By what somebody is known, in the order in which it counts."""
    name = fold(row.name)[:300]
    return [
        *([row.external] if row.external else ()),
        *row.mails,
        *((phone, name, "") for phone in row.phones if name),
    ]


def _texts(row: PersonRow) -> Iterable[str]:
    """The same, as whoever brings people in holds them."""
    for name in _names(row):
        yield name if isinstance(name, str) else "\x1f".join(part for part in name if part)


def _look_up(rows: Sequence[tuple[One, PersonRow]]) -> None:
    names = [name for _, row in rows for name in _names(row)]
    ids = people_meant(
        {name for name in names if len(name) == 2 and not isinstance(name, str)},
        {name for name in names if isinstance(name, str)},
        {name[:2] for name in names if len(name) == 3 and not isinstance(name, str)},
    )
    if not ids:
        return
    there = dict(
        bulk.rows("select id, key from buyers_person where id = any(%s::bigint[]) and gone_at is null", [ids])
    )
    known: dict[Any, Ref] = {}
    for _, root, folded, what, value in names_of(sorted(there)):
        if what and root in there:
            known.setdefault((value, folded, "") if what == "phones" else value, (root, there[root]))
    for one, row in rows:
        one.person = next((known[name] for name in _names(row) if name in known), None)


def _join_companies(new: Sequence[tuple[One, PersonRow]], *, by: Acting, at: datetime) -> None:
    """Who is new works where their website, their mail's domain or their words say; a company that is known
    stays as it is."""
    wanted = {id(row): company for one, row in new if (company := _company_of(one.event.person, row))}
    if not wanted:
        return
    known = _companies_called(wanted.values())
    unknown = {_called(one): one for one in wanted.values() if not _found(one, known)}
    adopted = adopt_companies(list(unknown.values()), by=by, at=at, lane="live")
    made = {name: one.ref for name, one in zip(unknown, adopted, strict=True)}
    for _, row in new:
        if company := wanted.get(id(row)):
            row.company = _found(company, known) or made.get(_called(company))


def _company_of(who: WhoIn | None, row: PersonRow) -> CompanyRow | None:
    assert who is not None
    domain = company_domain(who.website) or next(filter(None, map(company_domain, row.mails)), "")
    if not domain and not who.company:
        return None
    return CompanyRow(name=who.company, domain=domain, country=who.country)


def _companies_called(companies: Iterable[CompanyRow]) -> dict[tuple[str, str], Ref]:
    asked = list(companies)
    names = {"domains": [one.domain for one in asked], "names": [fold(one.name) for one in asked]}
    found: dict[tuple[str, str], Ref] = {}
    for domain, name, id_, key in bulk.rows(_COMPANIES, names):
        found["domain", domain] = found["name", name] = (id_, key)
    return found


def _found(company: CompanyRow, known: dict[tuple[str, str], Ref]) -> Ref | None:
    return known.get(_called(company))


def _called(company: CompanyRow) -> tuple[str, str]:
    return ("domain", company.domain) if company.domain else ("name", fold(company.name))
