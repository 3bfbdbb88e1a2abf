"""Who is known already, by what was typed so far: the same blocks and weights as everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from songsheet.base.refusals import Refusal
from songsheet.buyers.identity import company_domain, normal_mail, normal_phone
from songsheet.buyers.matching.companies import KnownCompany, read_company
from songsheet.buyers.matching.finding import COMPANIES, PEOPLE, Way, resembling
from songsheet.buyers.matching.people import Known, read
from songsheet.buyers.models import Company, Mail, Person
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

MOST = 3


@dataclass(frozen=True)
class Hint:
    """A record that resembles what was typed; `is_sure` where an address or a website settles it."""

    row: Any
    percent: int
    reasons: list[str]
    is_sure: bool = False


def known_people(typed: Mapping[str, str], viewer: Acting) -> list[Hint]:
    """Who has this mail address, or who resembles what was typed so far."""
    viewer.must(Right.LOOK)
    mail, phone = _as_kept(normal_mail, typed["mail"]), _as_kept(normal_phone, typed["phone"])
    held = Mail.objects.filter(address=mail, gone_at=None).select_related("person__root").first()
    if mail and held is not None:
        return [Hint(_shown(Person, [held.person.whole.pk])[0], 100, [], is_sure=True)]
    if not typed["name"].strip() and not phone:
        return []
    known = Known(
        typed["name"],
        mails=(mail,) if mail else (),
        phones=(phone,) if phone else (),
        company=typed["company"],
    )
    return _hints(PEOPLE, Person, read(known))


def known_companies(typed: Mapping[str, str], viewer: Acting) -> list[Hint]:
    """Which company has this website, or resembles what was typed so far."""
    viewer.must(Right.LOOK)
    domain = company_domain(typed["domain"]) if typed["domain"].strip() else ""
    held = Company.objects.filter(domain=domain, gone_at=None, root=None).first() if domain else None
    if held is not None:
        return [Hint(held, 100, [], is_sure=True)]
    if len(typed["name"].strip()) < 3:
        return []
    return _hints(COMPANIES, Company, read_company(KnownCompany(typed["name"], domain, typed["country"])))


def _hints(way: Way, model: Any, told: Any) -> list[Hint]:
    likely = resembling(way, told)[:MOST]
    rows = {row.pk: row for row in _shown(model, [one.id for one in likely])}
    return [
        Hint(rows[one.id], min(int(one.verdict.confidence * 100), 99), one.verdict.reasons)
        for one in likely
        if one.id in rows
    ]


def _shown(model: Any, ids: list[int]) -> list[Any]:
    related = ("company__root",) if model is Person else ()
    return list(model.objects.filter(id__in=ids, gone_at=None).select_related(*related))


def _as_kept(form: Any, text: str) -> str:
    """In the form in which it is kept; nothing while it is half typed."""
    try:
        return str(form(text)) if text.strip() else ""
    except Refusal:
        return ""
