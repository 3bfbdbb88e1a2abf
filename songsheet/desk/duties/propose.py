"""Who should do a duty, as a proposal: a draft of the responsibilities that both sides can sign."""

from datetime import datetime
from typing import Any

from songsheet.agreements import actions
from songsheet.agreements.kinds.responsibilities import RESPONSIBILITIES
from songsheet.agreements.models import Version
from songsheet.base.refusals import NotFound
from songsheet.base.text import fold
from songsheet.desk.duties.read import duties_at
from songsheet.journal.act import act
from songsheet.team.acting import Acting


class NoSuchDuty(NotFound):
    """A duty that is not on the board."""

    code = "no_such_duty"


def propose_owner(
    name: str, *, owner: str, deputy: str, minutes: int | None = None, by: Acting, at: datetime
) -> Version:
    """The draft in which the duty is this owner's; one's own open draft goes on, else a new one begins."""
    with act(by=by.actor, at=at):
        mine = Version.objects.filter(
            agreement__kind=RESPONSIBILITIES.name, state=Version.State.DRAFT, written_by=by.member
        )
        draft = mine.order_by("-number").first() if by.member else None
        body = draft.body if draft else duties_at(at)[0].model_dump(mode="json")
        changed: dict[str, Any] = {"owner": owner, "deputy": deputy}
        if minutes is not None:
            changed["minutes_a_week"] = minutes
        meant = fold(name)
        if not any(fold(one["name"]) == meant for one in body["duties"]):
            raise NoSuchDuty(f"“{name[:80]}” is not on the board. Add it at the table of the agreement.")
        duties = [{**one, **changed} if fold(one["name"]) == meant else one for one in body["duties"]]
        if draft:
            return actions.edit(draft.key, {"duties": duties}, seen=draft.hash, by=by, at=at)
        return actions.propose(RESPONSIBILITIES.name, by=by, at=at, body={**body, "duties": duties})
