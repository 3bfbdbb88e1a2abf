"""What a buyer page tells beside the story: how to reach a person, what they allow, what comes next."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from songsheet.buyers.models import Consent, Person
from songsheet.buyers.permissions import answers_of
from songsheet.clocks.kinds import NEXT_CONTACT, NEXT_LOOK
from songsheet.clocks.models import Clock
from songsheet.deals.models import Deal
from songsheet.desk.story.read import Story
from songsheet.journal.sql import rows
from songsheet.leads.models import Lead
from songsheet.touches.models import Task


@dataclass
class Facts:
    """Addresses, permissions and colleagues of a person and of those merged into them."""

    mails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    answers: dict[str, tuple[bool, datetime]] = field(default_factory=dict)
    forbidden: list[tuple[str, str]] = field(default_factory=list)
    colleagues: int = 0
    tags: list[str] = field(default_factory=list)

    @property
    def purposes(self) -> list[tuple[str, str]]:
        """What one can be asked."""
        return [(str(value), str(label)) for value, label in Consent.Purpose.choices]

    def may(self) -> list[dict[str, Any]]:
        """Per purpose: yes or no since when, or not asked."""
        return [
            {"label": one.label, "answer": self.answers.get(one.value), "asked": one.value in self.answers}
            for one in Consent.Purpose
            if one.value in self.answers or one in (Consent.Purpose.CALL, Consent.Purpose.MAIL)
        ]


def facts_of(person: Person) -> Facts:
    """The facts of a person, in two statements."""
    found = Facts(answers=answers_of([person.id]).get(person.id, {}))
    for what, text, more in rows(
        """with family as (select id from buyers_person where id = %(person)s or root_id = %(person)s)
        select 'mail', address, '' from buyers_mail
         where person_id in (table family) and gone_at is null
         union all
        select 'phone', number, '' from buyers_phone
         where person_id in (table family) and gone_at is null
         union all
        select 'forbidden', channel, reason from buyers_donotcontact
         where person_id in (table family) and gone_at is null
         union all
        select 'tag', tag.name, '' from tags_tag tag join tags_tagged it on it.tag_id = tag.id
         where tag.gone_at is null
           and it.about in (select key from buyers_person where id in (table family))
         union all
        select 'colleagues', count(*)::text, '' from buyers_person
         where company_id in (
               select id from buyers_company where id = %(company)s or root_id = %(company)s)
           and gone_at is null and root_id is null and id <> %(person)s""",
        {"person": person.id, "company": person.company.whole.id if person.company else None},
    ):
        if what == "mail":
            found.mails.append(text)
        elif what == "phone":
            found.phones.append(text)
        elif what == "forbidden":
            found.forbidden.append((text, more))
        elif what == "tag":
            found.tags = sorted({*found.tags, text})
        else:
            found.colleagues = int(text)
    return found


@dataclass(frozen=True)
class Next:
    """The one thing to do next: what, by when, and why."""

    what: str
    due: datetime | None
    since: datetime | None
    why: str
    soon: datetime | None = None


def current_lead(story: Story) -> Lead | None:
    """The open lead that came last, or the last one of all."""
    still_open = [lead for lead in story.leads if lead.is_open]
    return (still_open or story.leads or [None])[0]  # type: ignore[list-item]


def next_of(story: Story, at: datetime) -> Next | None:
    """What comes next: a running promise, a task or a deal's next step; the first that is due."""
    name = (story.person.given_name or str(story.person)).strip()
    found = [_of_lead(lead, lead.clock, name) for lead in story.leads if lead.clock is not None]
    found += [
        Next(task.subject, task.due_at, None, _planned_by(task))
        for task in story.tasks
        if task.done_at is None
    ]
    found += [step for deal in story.deals if (step := _step_of(deal, at))]
    far = at + timedelta(days=36_500)
    return min(found, key=lambda one: one.due or far, default=None)


#: Kind of clock → what is to be done, and why; otherwise the first answer is promised.
_BY_CLOCK = {
    NEXT_CONTACT: (_("Contact %(name)s again"), _("%(who)s has the lead; the first answer was given.")),
    NEXT_LOOK: (_("Look at %(name)s again"), _("%(who)s nurtures the lead until that day.")),
}


def _of_lead(lead: Lead, clock: Clock, name: str) -> Next:
    first = _("Answer %(name)s"), _("%(who)s has the lead; the first answer is promised.")
    what, why = _BY_CLOCK.get(clock.kind, first)
    words = {"name": name, "who": lead.owner or lead.queue}
    return Next(what % words, clock.due_at, clock.started_at, why % words, clock.warn_at)


def _step_of(deal: Deal, at: datetime) -> Next | None:
    if deal.state != Deal.State.OPEN or not (deal.next_step or deal.next_step_on):
        return None
    due = None
    if deal.next_step_on:
        due = at.replace(hour=17, minute=0, second=0, microsecond=0)
        due += timedelta(days=(deal.next_step_on - at.date()).days)
    why = _("Next step of the deal %(deal)s.") % {"deal": deal}
    return Next(deal.next_step or _("Next step"), due, None, why)


def _planned_by(task: Task) -> str:
    return _("%(who)s means to do it.") % {"who": task.member or _("Somebody")}
