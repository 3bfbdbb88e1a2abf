"""The load of members: minutes a week of duties, open leads, open deals and running clocks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from songsheet.agreements.kinds.responsibilities import Cost, Duty
from songsheet.agreements.models import Version
from songsheet.desk.duties.read import duties_at
from songsheet.journal.sql import rows
from songsheet.team.hours.queries import minutes_a_week
from songsheet.team.models import House, Member

#: What everybody has open, in one statement: a lead counts while its clock has been started and not ended.
_OPEN = """
select member.id, coalesce(leads.n, 0), coalesce(deals.n, 0), coalesce(clocks.n, 0)
  from team_member member
  left join (select owner_id, count(*) as n from leads_lead
              where clock_id is not null and gone_at is null and owner_id is not null group by 1) as leads
         on leads.owner_id = member.id
  left join (select owner_id, count(*) as n from deals_deal
              where state = 'open' and gone_at is null and owner_id is not null group by 1) as deals
         on deals.owner_id = member.id
  left join (select member_id, count(*) as n from clocks_clock
              where state = 'running' and member_id is not null group by 1) as clocks
         on clocks.member_id = member.id
 where member.state = 'active'"""


@dataclass
class Load:
    """What one member has open and what it costs, in minutes a week."""

    member: Member
    capacity: int
    cost: Cost
    leads: int = 0
    deals: int = 0
    clocks: int = 0
    duties: list[Duty] = field(default_factory=list)

    @property
    def duty_minutes(self) -> int:
        """Of the duties that are theirs."""
        return sum(duty.minutes_a_week for duty in self.duties)

    @property
    def lead_minutes(self) -> int:
        """Of their open leads."""
        return self.leads * self.cost.open_lead

    @property
    def deal_minutes(self) -> int:
        """Of their open deals."""
        return self.deals * self.cost.open_deal

    @property
    def clock_minutes(self) -> int:
        """Of the promises that they owe."""
        return self.clocks * self.cost.clock

    @property
    def minutes(self) -> int:
        """All of it."""
        return self.duty_minutes + self.lead_minutes + self.deal_minutes + self.clock_minutes

    @property
    def room(self) -> int:
        """What they still have time for; below nothing, what they have no time for."""
        return self.capacity - self.minutes

    @property
    def over(self) -> int:
        """What they have no time for."""
        return max(0, -self.room)

    @property
    def drowns(self) -> bool:
        """Whether there is more than they have time for."""
        return self.room < 0

    @property
    def share(self) -> int:
        """Of a hundred minutes that they have, so many are taken."""
        return round(100 * self.minutes / self.capacity) if self.capacity else (100 if self.minutes else 0)


@dataclass(frozen=True)
class Loads:
    """Everybody who works here, who drowns most first; by which version of the responsibilities."""

    every: Sequence[Load]
    cost: Cost
    version: Version | None
    is_in_force: bool

    @property
    def most(self) -> int:
        """What the longest bar stands for; all bars begin at nothing."""
        return max((max(one.minutes, one.capacity) for one in self.every), default=0)

    @property
    def drowning(self) -> list[Load]:
        """Who has more than time for."""
        return [one for one in self.every if one.drowns]

    def of(self, key: str) -> Load | None:
        """The load of one member."""
        return next((one for one in self.every if one.member.key == key), None)


def loads(house: House, at: datetime) -> Loads:
    """The load of everybody, counted now: four statements."""
    terms, version, is_in_force = duties_at(at)
    members = Member.objects.active().order_by("name", "id")
    by_id = {one.id: Load(one, minutes_a_week(one, house), terms.cost) for one in members}
    for id_, leads, deals, clocks in rows(_OPEN):
        if id_ in by_id:
            by_id[id_].leads, by_id[id_].deals, by_id[id_].clocks = leads, deals, clocks
    by_key = {one.member.key: one for one in by_id.values()}
    for duty in terms.duties if is_in_force else []:
        if duty.owner in by_key:
            by_key[duty.owner].duties.append(duty)
    every = sorted(by_id.values(), key=lambda one: (-one.minutes / max(1, one.capacity), one.member.name))
    return Loads(every, terms.cost, version, is_in_force)
