"""Group commit: what arrives while a statement is under way goes together into the next one."""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from songsheet.base.refusals import Busy
from songsheet.intake.door.line import Line
from songsheet.intake.inbox.put_actions import PUT, Item, columns_of, firsts, known

log = logging.getLogger("songsheet.door")

#: So much goes into one statement, and so much waits in one process: what comes on top is to come again.
MOST_AT_ONCE = 2_000
MOST_WAITING = 20_000
MOST_BYTES = 32 * 2**20
#: In so many seconds what nobody would send again is tried once more.
AGAIN = 0.5


class Full(Busy):
    """More arrives than is kept."""

    code = "full"


class Group(NamedTuple):
    """What one request brought; `fresh` says of each whether it is new, once it is on the disk."""

    items: Sequence[Item]
    fresh: "asyncio.Future[list[bool]]"
    lasting: bool

    def refuse(self, error: Exception) -> None:
        if not self.fresh.done():
            self.fresh.set_exception(error)
            self.fresh.exception()  # whoever asked may be gone: nobody is left to hear of it


class Keeper:
    """Keeps what requests bring; one statement at a time is under way."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._waiting: deque[Group] = deque()
        self._count = self._bytes = 0
        self._at_work: asyncio.Task[None] | None = None

    @property
    def is_free(self) -> bool:
        """Whether what is put now is under way at once."""
        return self._at_work is None

    def put(self, items: Sequence[Item], *, lasting: bool = False) -> "asyncio.Future[list[bool]]":
        """Keep these: whether each is new, once committed. `lasting`: nobody would send it again, so it waits
        until the database is there."""
        size = sum(len(one.body) for one in items)
        if self._count + len(items) > MOST_WAITING or self._bytes + size > MOST_BYTES:
            raise Full("More arrives than can be kept just now. Send it again in a moment.", retry_after=1)
        group = Group(items, asyncio.get_running_loop().create_future(), lasting)
        self._waiting.append(group)
        self._count += len(items)
        self._bytes += size
        if self._at_work is None:
            self._at_work = asyncio.create_task(self._work())
        return group.fresh

    async def finish(self, patience: float) -> None:
        """Wait until all is kept, as long as it is worth it."""
        if self._at_work is not None:
            await asyncio.wait({self._at_work}, timeout=patience)

    async def _work(self) -> None:
        try:
            while self._waiting:
                groups = self._taken()
                again = await self._keep(groups)
                self._waiting.extendleft(reversed(again))
                if again:
                    await asyncio.sleep(AGAIN)
        finally:
            self._at_work = None

    def _taken(self) -> list[Group]:
        taken, count = list[Group](), 0
        while self._waiting and (not taken or count + len(self._waiting[0].items) <= MOST_AT_ONCE):
            taken.append(self._waiting.popleft())
            count += len(taken[-1].items)
        return taken

    async def _keep(self, groups: list[Group]) -> list[Group]:
        """Keep these groups by one statement; those that are to be tried again."""
        again = list[Group]()
        try:
            await self._write(groups)
        except Busy as error:
            again = [one for one in groups if one.lasting]
            for group in groups:
                if not group.lasting:
                    group.refuse(error)
        except Exception as error:  # nobody is left waiting
            if len(groups) > 1:  # it is about one of them: the others are not to suffer
                return [left for one in groups for left in await self._keep([one])]
            log.exception("what arrived cannot be kept")
            groups[0].refuse(error)
        kept = [one for one in groups if one not in again]
        self._count -= sum(len(one.items) for one in kept)
        self._bytes -= sum(len(item.body) for one in kept for item in one.items)
        return again

    async def _write(self, groups: list[Group]) -> None:
        first = firsts(item for one in groups for item in one.items)
        old = known(first, await self._line.rows(PUT, columns_of(first.values())))
        for group in groups:
            new = []
            for item in group.items:
                new.append(item.hash not in old)
                old.add(item.hash)
            if not group.fresh.done():
                group.fresh.set_result(new)
