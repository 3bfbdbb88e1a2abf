"""Opening the front doors: acts of members at their own times, each done once."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from songsheet.base.adopting import Ref
from songsheet.buyers.models import Person
from songsheet.buyers.wording_actions import write_consent_text
from songsheet.config.demo.company import BEGINS, CAMPAIGNS, TUESDAY
from songsheet.config.demo.front.questions import FORMS
from songsheet.config.demo.front.tables import CONSENTS, LINKS, MAIN, NOTES, PERSONAL, Leading
from songsheet.config.demo.staging import london
from songsheet.intake.forms.actions import change_form, make_form
from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.models import Form
from songsheet.intake.hooks.actions import make_hook
from songsheet.intake.hooks.models import Hook
from songsheet.intake.links.actions import make_link, withdraw_link
from songsheet.intake.links.models import Link
from songsheet.intake.sites.actions import add_site
from songsheet.intake.sites.models import Site
from songsheet.team.acting import Acting, as_member
from songsheet.team.models import Member

#: So long before a campaign its link is made.
_BEFORE = timedelta(days=28)
_STARTS = {campaign.name: campaign.starts for campaign in CAMPAIGNS}
SAMPLES, ROOM = "Samples page", "Webinar room"
#: The last look at the pages behind links, and the one that was not there.
_LOOKED, _GONE = TUESDAY.replace(hour=4, minute=40), "Stand in Birmingham, code on the wall"


@dataclass(frozen=True)
class Doors:
    """What stands open."""

    main: Site
    notes: Site
    links: Mapping[str, Link]
    hooks: Mapping[str, Hook]


def open_doors(campaigns: Mapping[str, Ref]) -> Doors:
    """Sites, consent texts, forms, links and hooks; those that are there are found."""
    tom, bea = _member("Tom Lindqvist"), _member("Bea Fairley")
    main = _site("Aldermoor", MAIN, Site.Mode.STITCHED, tom)
    notes = _site("Notes on work", NOTES, Site.Mode.ANONYMOUS, tom)
    for purpose, language, since, text in CONSENTS:
        write_consent_text(purpose=purpose, language=language, text=text, by=tom, at=london(since, 9))
    for name in FORMS:
        _form(name, main, bea)
    links = {one.name: _link(one, campaigns, bea) for one in LINKS}
    links |= {one[1]: _personal(*one, by=bea) for one in PERSONAL}
    Link.objects.filter(checked_at=None, withdrawn_at=None).update(checked_at=_LOOKED, answered=200)
    return Doors(main, notes, links, _hooks(tom))


def _member(name: str) -> Acting:
    return as_member(Member.objects.get(name=name))


def _site(name: str, origin: str, mode: str, by: Acting) -> Site:
    there = Site.objects.filter(name=name).first()
    return there or add_site(name=name, origins=[origin], mode=mode, by=by, at=BEGINS)


def _form(name: str, site: Site, by: Acting) -> None:
    if Form.objects.filter(name=name).exists():
        return
    (first, body), *later = FORMS[name]
    form = make_form(name=name, body=_definition(body, site), by=by, at=london(first, 11))
    for since, changed in later:
        change_form(form.key, body=_definition(changed, site), by=by, at=london(since, 9, 30))


def _definition(body: dict[str, object], site: Site) -> Definition:
    return Definition.model_validate({**body, "sites": [site.key]})


def _link(one: Leading, campaigns: Mapping[str, Ref], by: Acting) -> Link:
    there = Link.objects.filter(name=one.name).first()
    if there:
        return there
    day = _STARTS[one.campaign] - _BEFORE if one.campaign else BEGINS.date()
    link = make_link(
        name=one.name, target=MAIN + one.path, source=one.source,
        campaign=campaigns[one.campaign][1] if one.campaign else None,
        utm={"medium": one.medium, "content": one.content}, by=by, at=max(BEGINS, _at(day)),
        expires_at=_at(date.fromisoformat(one.ends)) if one.ends else None,
    )  # fmt: skip
    if one.name == _GONE:  # the fair is over, and so is its page
        withdraw_link(link.key, by=by, at=london("2025-07-01", 10))
        Link.objects.filter(key=link.key).update(checked_at=london("2025-06-30", 5), answered=404)
    return link


def _at(day: date) -> datetime:
    return london(day.isoformat(), 9)


def _personal(name: str, whose: str, path: str, day: str, hour: int, *, by: Acting) -> Link:
    person = Person.objects.get(mails__address=whose)
    there = Link.objects.filter(name=name).first()
    return there or make_link(name=name, target=MAIN + path, person=person.key, by=by, at=london(day, hour))


def _hooks(by: Acting) -> dict[str, Hook]:
    there = {hook.name: hook for hook in Hook.objects.all()}
    if SAMPLES not in there:
        at = london("2025-10-01", 10)
        there[SAMPLES], _ = make_hook(name=SAMPLES, shape="typeform", source="Website", by=by, at=at)
    if ROOM not in there:
        at, secret = london("2025-05-20", 10), secrets.token_urlsafe(24)
        there[ROOM], _ = make_hook(name=ROOM, shape="zoom", source="Webinars", secret=secret, by=by, at=at)
    return there
