"""What is found: a literal table, in the order in which equally good hits are shown."""

from songsheet.buyers.findable import COMPANIES, PEOPLE
from songsheet.deals.findable import DEALS
from songsheet.doors.findable import Findable
from songsheet.leads.findable import LEADS
from songsheet.team.findable import MEMBERS
from songsheet.touches.findable import CAMPAIGNS, TASKS, TOUCHES

#: A kind with a new number brings its own index, by a migration.
KINDS: tuple[Findable, ...] = (PEOPLE, COMPANIES, LEADS, DEALS, CAMPAIGNS, MEMBERS, TASKS, TOUCHES)

BY_NAME = {one.name: one for one in KINDS}
BY_NUMBER = {one.number: one for one in KINDS}
