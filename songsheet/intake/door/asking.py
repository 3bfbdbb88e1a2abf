"""What the door asks the database for: whose a key is, where a link leads, our sites, the company's name."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from songsheet.intake.door.line import Kept, Line
from songsheet.intake.sites.models import Site
from songsheet.team.keys import hash_of, rights_of
from songsheet.team.models import Member
from songsheet.team.roles import RIGHTS, Right

#: An ended key, a withdrawn link stop within so many seconds.
SECONDS = 3.0
_KEY = """
select key.key, key.scopes, member.role
  from team_apikey key join team_member member on member.id = key.member_id
 where key.secret_hash = %s and key.ended_at is null and member.state = %s
"""
_LINK = """
select key, target, utm, expires_at, withdrawn_at from intake_link where token = %s
"""
_OURS = """
select house.name, house.clock_offset,
       coalesce((select json_agg(json_build_array(key, origins, mode))
                   from intake_site where gone_at is null), '[]')
  from team_house house where house.id = 1
"""


class Sender(NamedTuple):
    """Who sends with a key, and whether they may."""

    key: str
    may_send: bool


class Way(NamedTuple):
    """A tracked link, as far as following it goes."""

    key: str
    target: str
    utm: dict[str, Any]
    expires_at: datetime | None
    withdrawn_at: datetime | None

    def is_closed(self, at: datetime) -> bool:
        return self.withdrawn_at is not None or (self.expires_at is not None and self.expires_at <= at)


class Place(NamedTuple):
    """A site of ours: from which origins it may send, and whether it tells of nobody."""

    origins: frozenset[str]
    is_anonymous: bool


class Ours(NamedTuple):
    """The company's name, how far its clock is from the machine's (in the demo alone), its sites by key."""

    name: str
    offset: timedelta
    sites: dict[str, Place]
    origins: frozenset[str]


class Asking:
    """Asks, and keeps the answers for a moment."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._senders = Kept(self._sender, seconds=SECONDS)
        self._ways = Kept(self._way, seconds=SECONDS)
        self._ours = Kept(self._house, seconds=SECONDS)
        self.way = partial(self._ways.of, even_old=True)

    async def sender(self, secret: str) -> Sender | None:
        """Whose secret this is; None when it opens nothing."""
        return await self._senders.of(hash_of(secret))

    async def ours(self) -> Ours:
        """The company's name and its sites."""
        return await self._ours.of("", even_old=True)

    async def _sender(self, hash_: str) -> Sender | None:
        for key, scopes, role in await self._line.rows(_KEY, [hash_, Member.State.ACTIVE.value]):
            return Sender(key, Right.SEND in RIGHTS[role] & rights_of(scopes))
        return None

    async def _way(self, token: str) -> Way | None:
        return next((Way(*row) for row in await self._line.rows(_LINK, [token])), None)

    async def _house(self, _: str) -> Ours:
        ((name, offset, sites),) = await self._line.rows(_OURS, [])
        places = {key: Place(frozenset(origins), mode == Site.Mode.ANONYMOUS) for key, origins, mode in sites}
        return Ours(name, offset, places, frozenset().union(*(one.origins for one in places.values())))
