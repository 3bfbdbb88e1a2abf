"""Loading: stories become rows through the parts' own adoption, some hundred at a time, in lane history."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import islice
from random import Random
from typing import TypeVar

from songsheet.base.adopting import MOST, Adopted, Ref
from songsheet.buyers.adopt import CompanyRow, PersonRow, adopt_companies, adopt_people
from songsheet.config.demo.company import BASELINE, BEGINS, PROBABILITY, TUESDAY, ZONE
from songsheet.config.demo.mailings import mailed
from songsheet.config.demo.records import Contact, Interest, Story
from songsheet.config.demo.world import SYSTEM, Buyer, Firm
from songsheet.deals.adopt import DealRow, adopt_deals
from songsheet.leads.adopt import LeadRow, adopt_leads
from songsheet.leads.adopt_answers import AnswerRow, adopt_answers
from songsheet.team.acting import Acting
from songsheet.touches.adopt import TaskRow, TouchRow, adopt_tasks, adopt_touches

T = TypeVar("T")
#: So many stories at a time: their touches fill a few acts, and no more than these stand in memory.
CHAPTER = 400
#: Since both sides agreed, an answer is promised within a working day.
_PROMISED = datetime.combine(BASELINE, time(9, 30), ZONE)


class NotLoaded(Exception):
    """The demo made a row that its own parts refuse: a fault in the demo."""


def chapters(stories: Iterator[Story]) -> Iterator[list[Story]]:
    """Stories in handfuls."""
    while some := list(islice(stories, CHAPTER)):
        yield some


def in_runs(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Rows in runs that one call may bring."""
    for start in range(0, len(rows), MOST):
        yield rows[start : start + MOST]


class Loader:
    """Brings stories in. Known by name when it begins: members, queues, sources, stages, campaigns."""

    def __init__(
        self, *, by: Acting, rng: Random, members: dict[str, Ref], queues: dict[str, Ref],
        sources: dict[str, int], stages: dict[str, int], campaigns: dict[str, Ref],
    ) -> None:  # fmt: skip
        self.by, self.rng = by, rng
        self.members, self.queues, self.campaigns = members, queues, campaigns
        self.sources, self.stages = sources, stages
        self.firms: dict[int, Ref] = {}
        self.buyers: dict[int, Ref] = {}
        #: Leads that a Guide gave back, by key: they come in as they were before that.
        self.returned: dict[str, Interest] = {}

    def load(self, chapter: Sequence[Story]) -> None:
        """Companies, people, leads, deals, touches and tasks of some stories."""
        fresh = self._load_buyers(chapter)
        leads = self._load_leads(chapter)
        self.returned |= {
            lead[1]: story.interest for story, lead in zip(chapter, leads, strict=True) if story.interest.back
        }
        deals = self._load_deals(chapter, leads)
        rows = [row for buyer in fresh for row in self._mailings(buyer)]
        for number, (story, lead) in enumerate(zip(chapter, leads, strict=True)):
            deal = deals.get(number, "")
            rows += [
                self._touch(story.interest, position, contact, lead[1], deal)
                for position, contact in enumerate(story.contacts)
            ]
        rows.sort(key=lambda row: row.at or TUESDAY)
        for run in in_runs(rows):
            _all(adopt_touches(run, by=self.by, at=TUESDAY))
        answers = [
            self._answer(story.interest, lead)
            for story, lead in zip(chapter, leads, strict=True)
            if story.interest.hours is not None and story.interest.came_at >= _PROMISED
        ]
        adopt_answers(answers, by=self.by, at=TUESDAY)
        tasks = [
            TaskRow(
                duty.subject, self.buyers[story.interest.buyer.number], self.members[duty.member],
                leads[number][1], deals.get(number, "") if duty.about == "deal" else "",
                duty.made_at, duty.due_at, duty.done_at, (SYSTEM, f"task-{story.interest.number}-{position}"),
            )
            for number, story in enumerate(chapter)
            for position, duty in enumerate(story.duties)
        ]  # fmt: skip
        for some in in_runs(tasks):
            _all(adopt_tasks(some, by=self.by, at=TUESDAY))

    def _load_buyers(self, chapter: Sequence[Story]) -> list[Buyer]:
        buyers = {story.interest.buyer.number: story.interest.buyer for story in chapter}
        fresh = [buyer for number, buyer in buyers.items() if number not in self.buyers]
        firms = {buyer.firm.number: buyer.firm for buyer in fresh if buyer.firm}
        unknown = [firm for number, firm in firms.items() if number not in self.firms]
        found = _all(adopt_companies([_company(firm) for firm in unknown], by=self.by, at=TUESDAY))
        self.firms |= {firm.number: ref for firm, ref in zip(unknown, found, strict=True)}
        people = _all(adopt_people([self._person(buyer) for buyer in fresh], by=self.by, at=TUESDAY))
        self.buyers |= {buyer.number: ref for buyer, ref in zip(fresh, people, strict=True)}
        return fresh

    def _person(self, buyer: Buyer) -> PersonRow:
        consents = (("mail", buyer.may_mail, buyer.met_at), ("call", buyer.may_call, buyer.met_at))
        return PersonRow(
            name=buyer.name,
            given_name=buyer.given,
            family_name=buyer.family,
            title=buyer.title,
            language={"DE": "de", "SE": "sv"}.get(buyer.country, "en"),
            mails=(buyer.mail,),
            phones=(buyer.phone,) if buyer.phone else (),
            company=self.firms[buyer.firm.number] if buyer.firm else None,
            met_at=buyer.met_at,
            external=(SYSTEM, f"person-{buyer.number}"),
            consents=consents,
            do_not_contact=(("", buyer.do_not),) if buyer.do_not else (),
        )

    def _load_leads(self, chapter: Sequence[Story]) -> list[Ref]:
        return _all(adopt_leads([self._lead(story.interest) for story in chapter], by=self.by, at=TUESDAY))

    def _lead(self, lead: Interest) -> LeadRow:
        firm, ended = lead.buyer.firm, not lead.back
        return LeadRow(
            person=self.buyers[lead.buyer.number],
            company=self.firms[firm.number] if firm else None,
            source=(self.sources[lead.source], lead.source),
            campaign=self.campaigns[lead.campaign.name] if lead.campaign else None,
            owner=self.members[lead.guide] if lead.guide else None,
            queue=self.queues[lead.queue] if lead.queue else None,
            state=lead.state if ended else "working",
            came_at=lead.came_at,
            ended_at=lead.ended_at if ended else None,
            end_reason=lead.reason if ended else "",
            look_again_on=lead.look_again_on,
            wants=lead.wants,
            tier=lead.tier,
            external=(SYSTEM, f"lead-{lead.number}"),
            at_rest=lead.at_rest,
            owned_since=lead.owned_since,
            due_at=lead.due_at,
        )

    def _answer(self, lead: Interest, ref: Ref) -> AnswerRow:
        assert lead.hours is not None
        person, guide = self.buyers[lead.buyer.number], self.members[lead.guide]
        answered = lead.came_at + timedelta(hours=lead.hours)
        return AnswerRow(ref, person[1], guide, lead.came_at, answered)

    def _load_deals(self, chapter: Sequence[Story], leads: Sequence[Ref]) -> dict[int, str]:
        """The key of the deal of each story that has one, by the story's place in the chapter."""
        placed = [number for number, story in enumerate(chapter) if story.interest.deal]
        rows = [self._deal(chapter[number].interest, leads[number]) for number in placed]
        found = _all(adopt_deals(rows, by=self.by, at=TUESDAY))
        return {number: key for number, (_, key) in zip(placed, found, strict=True)}

    def _deal(self, lead: Interest, ref: Ref) -> DealRow:
        deal, firm = lead.deal, lead.buyer.firm
        assert deal is not None
        return DealRow(
            lead=ref,
            person=self.buyers[lead.buyer.number],
            company=self.firms[firm.number] if firm else None,
            campaign=self.campaigns[lead.campaign.name] if lead.campaign else None,
            owner=self.members[lead.guide],
            stage_id=self.stages[deal.stage],
            name=f"{lead.seats} seats for {firm.name if firm else lead.buyer.name}",
            state=deal.state,
            amount=deal.amount,
            margin=deal.margin,
            currency=deal.currency,
            probability=PROBABILITY[deal.stage] * 100 if deal.is_open else None,
            opened_at=deal.opened_at,
            expected_on=deal.expected_on,
            closed_at=deal.closed_at,
            reason=deal.reason,
            next_step=deal.next_step,
            next_step_on=deal.next_step_on,
            external=(SYSTEM, f"deal-{lead.number}"),
            at_rest=deal.at_rest or not deal.is_open,
        )

    def _mailings(self, buyer: Buyer) -> Iterator[TouchRow]:
        person = self.buyers[buyer.number]
        for position, contact in enumerate(mailed(buyer, self.rng)):
            yield TouchRow(
                kind=contact.kind, direction=contact.direction, at=contact.at, person=person,
                subject=contact.subject, status=contact.status,
                external=(SYSTEM, f"mailing-{buyer.number}-{position}"),
            )  # fmt: skip

    def _touch(self, lead: Interest, position: int, contact: Contact, key: str, deal: str) -> TouchRow:
        return TouchRow(
            kind=contact.kind,
            direction=contact.direction,
            at=contact.at,
            person=self.buyers[lead.buyer.number],
            member=self.members[contact.member] if contact.member else None,
            campaign=self.campaigns[contact.campaign] if contact.campaign else None,
            lead_key=key if contact.about else "",
            deal_key=deal if contact.about == "deal" else "",
            seconds=contact.seconds,
            subject=contact.subject,
            text=contact.text,
            amount=contact.amount,
            currency=contact.currency,
            status=contact.status,
            external=(SYSTEM, f"touch-{lead.number}-{position}"),
        )


def _company(firm: Firm) -> CompanyRow:
    met_at: datetime = firm.met_at or BEGINS
    return CompanyRow(
        name=firm.name, domain=firm.domain, industry=firm.industry, country=firm.country,
        people_count=firm.people_count, met_at=met_at, external=(SYSTEM, f"company-{firm.number}"),
    )  # fmt: skip


def _all(adopted: Sequence[Adopted]) -> list[Ref]:
    """The references of rows that were all adopted."""
    refs: list[Ref] = []
    for one in adopted:
        if one.ref is None:
            raise NotLoaded(f"{one.column}: {one.reason}")
        refs.append(one.ref)
    return refs
