"""Rows that the tests of leads and deals begin with, made by the acts themselves."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from songsheet.base.adopting import Ref
from songsheet.buyers.adopt import PersonRow, adopt_people
from songsheet.leads.adopt import LeadRow, adopt_leads
from songsheet.leads.models import Lead
from songsheet.team.acting import as_import
from songsheet.team.models import Member

BY = as_import("import_00000000000000000000000001")
_turns = count()


def ref(member: Member) -> Ref:
    """A member as rows refer to them."""
    return member.id, member.key


def person(at: datetime, name: str = "Suzanne Okafor") -> Ref:
    """A person known from an import."""
    (adopted,) = adopt_people([PersonRow(name=name, mails=(f"p{next(_turns)}@firm.example",))], by=BY, at=at)
    assert adopted.ref is not None
    return adopted.ref


def imported(at: datetime, **given: Any) -> Lead:
    """A lead of an import, at rest, that came ten days ago."""
    known = {"came_at": at - timedelta(days=10), **given}
    known.setdefault("person", person(at))
    (adopted,) = adopt_leads([LeadRow(**known)], by=BY, at=at)
    assert adopted.ref is not None, adopted.reason
    return Lead.objects.get(key=adopted.ref[1])


def sound() -> list[str]:
    """What the checks of the whole journal and of all parts find wrong, beyond samples not frozen yet."""
    from songsheet.journal.check import run

    return [offence.sentence for offence in run(full=True, only=["I1", "I2", "I4", "I7"])]
