"""Notices in words: on the page with names, in a mail without any of a buyer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from songsheet.journal.sql import rows
from songsheet.notices.causes import CAUSES
from songsheet.notices.models import Cause, Notice
from songsheet.touches.mentions import names_in
from songsheet.ui.written import written

_EXCERPT = 140
#: Key → what it is called, whose page it is on, words, due. What is gone is not found.
_THINGS = """
select it.key, coalesce(root.name, person.name, company.name, ''),
       coalesce('/buyers/' || coalesce(root.key, person.key), '/companies/' || company.key, ''), it.text,
       null::timestamptz
  from touches_touch it left join buyers_person person on person.id = it.person_id
  left join buyers_person root on root.id = person.root_id
  left join buyers_company company on company.id = it.company_id
 where it.key = any(%(keys)s::text[]) and it.gone_at is null
 union all
select it.key, coalesce(root.name, person.name, ''),
       coalesce('/buyers/' || coalesce(root.key, person.key), '/tasks/' || it.key), it.subject, it.due_at
  from touches_task it left join buyers_person person on person.id = it.person_id
  left join buyers_person root on root.id = person.root_id
 where it.key = any(%(keys)s::text[]) and it.gone_at is null
 union all
select it.key, coalesce(root.name, person.name), '/buyers/' || coalesce(root.key, person.key), it.wants,
       clock.due_at
  from leads_lead it join buyers_person person on person.id = it.person_id
  left join buyers_person root on root.id = person.root_id
  left join clocks_clock clock on clock.id = it.clock_id
 where it.key = any(%(keys)s::text[]) and it.gone_at is null
 union all
select it.key, coalesce(root.name, person.name), '/buyers/' || coalesce(root.key, person.key), it.name, null
  from deals_deal it join leads_lead lead on lead.id = it.lead_id
  join buyers_person person on person.id = lead.person_id
  left join buyers_person root on root.id = person.root_id
 where it.key = any(%(keys)s::text[]) and it.gone_at is null
 union all
select it.key, coalesce(root.name, person.name), '/handoffs/' || lead.key,
       concat_ws(' ', nullif(it.answer, ''), nullif(it.changes, ''),
                 case when it.answered_at is null then it.words end), clock.due_at
  from handoffs_return it join leads_lead lead on lead.id = it.lead_id
  join buyers_person person on person.id = lead.person_id
  left join buyers_person root on root.id = person.root_id
  left join clocks_clock clock on clock.id = it.clock_id
 where it.key = any(%(keys)s::text[]) and it.gone_at is null
 union all
select key, name, '/leads?queue=' || key, '', null from leads_queue where key = any(%(keys)s::text[])
 union all
select it.key, coalesce(root.name, person.name, campaign.name),
       coalesce('/handoffs/' || lead.key, '/campaigns/' || campaign.key),
       coalesce(nullif(it.answer, ''), it.words), clock.due_at
  from handoffs_verdict it left join leads_lead lead on lead.id = it.lead_id
  left join buyers_person person on person.id = lead.person_id
  left join buyers_person root on root.id = person.root_id
  left join touches_campaign campaign on campaign.id = it.campaign_id
  left join clocks_clock clock on clock.id = it.clock_id
 where it.key = any(%(keys)s::text[]) and it.gone_at is null
 union all
select it.key, coalesce(root.name, person.name), '/handoffs/' || lead.key, '', it.due_at
  from clocks_clock it join leads_lead lead on lead.key = it.about
  join buyers_person person on person.id = lead.person_id
  left join buyers_person root on root.id = person.root_id
 where it.key = any(%(keys)s::text[]) and lead.gone_at is null
 union all
select it.key, coalesce(root.name, person.name), '/enquiries/' || it.key, it.text, clock.due_at
  from leads_enquiry it join buyers_person person on person.id = it.person_id
  left join buyers_person root on root.id = person.root_id
  left join clocks_clock clock on clock.id = it.clock_id
 where it.key = any(%(keys)s::text[]) and it.gone_at is null
 union all
select it.key, coalesce(root.name, person.name, ''), '/meetings/' || it.key, it.title, clock.due_at
  from intake_meeting it left join buyers_person person on person.id = it.person_id
  left join buyers_person root on root.id = person.root_id
  left join clocks_clock clock on clock.id = it.clock_id
 where it.key = any(%(keys)s::text[])
 union all
select key, '', '/imports/' || key, '', null from imports_import where key = any(%(keys)s::text[])
 union all
select key, '', '/bulk/' || key, says, null from flows_bulkchange where key = any(%(keys)s::text[])
 union all
select key, '', '/webhooks/' || key, coalesce(nullif(label, ''), url), null
  from beside_webhook where key = any(%(keys)s::text[]) and gone_at is null
 union all
select key, '', '/agreements/versions/' || key, '', null
  from agreements_version where key = any(%(keys)s::text[])
 union all
select key, name, '', '', null from team_member where key = any(%(keys)s::text[])"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as it is read. `url` leads to the thing and says which notice led there."""

    notice: Notice
    says: str
    words: str
    url: str
    icon: str
    due: datetime | None


def shown(notices: Sequence[Notice]) -> list[Shown]:
    """Notices with the names of today, in two statements."""
    things = _things(notices)
    names = names_in(words for _, _, words, _ in things.values())
    found = []
    for one in notices:
        name, page, words, due = things.get(one.about, ("", "", "", None))
        said = _sentence(one, things.get(one.by, ("",))[0], _about(one, name, one.about in things))
        plain = unescape(strip_tags(written(words, names))) if one.cause == Cause.MENTION else words
        words = " ".join(plain.split()) if _is_single(one) else ""
        words = words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "…"
        found.append(Shown(one, said, words, _address(one, page), CAUSES[one.cause].icon, due))
    return found


def mailed(notices: Sequence[Notice]) -> list[tuple[str, str]]:
    """Sentence and address of each: members by name, no buyer and nothing that was written about one."""
    things = _things(notices)
    return [
        (
            _sentence(one, things.get(one.by, ("",))[0], ""),
            _address(one, things.get(one.about, ("", "", "", None))[1]),
        )
        for one in notices
    ]


def still_there(notices: Sequence[Notice]) -> list[Notice]:
    """Those whose thing is not gone."""
    things = _things(notices)
    return [one for one in notices if one.about in things]


def _things(notices: Sequence[Notice]) -> dict[str, tuple[str, str, str, datetime | None]]:
    keys = sorted({key for one in notices for key in (one.about, one.by)})
    return {key: (name or "", page, words or "", due) for key, name, page, words, due in
            (rows(_THINGS, {"keys": keys}) if keys else [])}  # fmt: skip


def _is_single(one: Notice) -> bool:
    return not one.about.startswith("member_")


def _about(one: Notice, name: str, is_there: bool) -> str:
    if not is_there:
        return _(" (it was taken out since)")
    if not name or not _is_single(one):
        return ""
    return _(" on %(name)s" if one.cause == Cause.MENTION else ": %(name)s") % {"name": name}


def _address(one: Notice, page: str) -> str:
    if not _is_single(one):
        lists = {
            Cause.LEAD_GIVEN: "/leads",
            Cause.DEAL_GIVEN: "/deals",
            Cause.ENQUIRY_GIVEN: "/enquiries",
            Cause.TASK_GIVEN: "/",
        }
        page = lists.get(Cause(one.cause), "/")
    return f"{page or '/notices'}#{one.key}"


def _sentence(one: Notice, who: str, about: str) -> str:
    words = {"who": who or _("Songsheet"), "n": one.count}
    several = {
        Cause.TASK_GIVEN: ngettext("%(who)s gave you a task", "%(who)s gave you %(n)d tasks", one.count),
        Cause.LEAD_GIVEN: ngettext("%(who)s gave you a lead", "%(who)s gave you %(n)d leads", one.count),
        Cause.DEAL_GIVEN: ngettext("%(who)s gave you a deal", "%(who)s gave you %(n)d deals", one.count),
        Cause.ENQUIRY_GIVEN: ngettext(
            "An enquiry waits for your answer", "%(n)d enquiries wait for your answer", one.count
        ),
    }
    single = {
        Cause.TASK_GIVEN: _("%(who)s gave you a task"),
        Cause.LEAD_GIVEN: _("%(who)s gave you a lead"),
        Cause.DEAL_GIVEN: _("%(who)s gave you a deal"),
        Cause.ENQUIRY_GIVEN: _("An enquiry waits for your answer"),
        Cause.MENTION: _("%(who)s mentioned you in a note"),
        Cause.REMINDER: _("You wanted to be reminded of a task"),
        Cause.IMPORT_DONE: _("Your import is done"),
        Cause.IMPORT_FAILED: _("Your import stopped before its end"),
        Cause.BULK_DONE: _("Your change of many records is done"),
        Cause.AGREEMENT_ASKED: _("%(who)s offered an agreement: the key of your side is asked for"),
        Cause.AGREEMENT_LATE: _("An agreement was not decided in time: you are called to the table"),
        Cause.CLOCK_SOON: _("A promise of yours is due soon"),
        Cause.CLOCK_OVER: _("A promise of yours was not kept in time"),
        Cause.QUEUE_WAITS: _("Leads wait that nobody could take"),
        Cause.RETURNED: _("%(who)s returned a lead: you owe the answer"),
        Cause.RETURN_DISPUTED: _("%(who)s disputed a return: you are asked to decide"),
        Cause.RETURN_ANSWERED: _("%(who)s answered your return"),
        Cause.VERDICT_GIVEN: _("%(who)s gave a verdict: you owe the answer"),
        Cause.VERDICT_ANSWERED: _("%(who)s answered your verdict"),
        Cause.MEETING_BOOKED: _("Somebody booked an appointment with you"),
        Cause.MEETING_MOVED: _("An appointment with you was moved"),
        Cause.MEETING_CANCELLED: _("An appointment with you was cancelled"),
        Cause.WEBHOOK_STOPPED: _("A webhook was stopped after failures"),
    }
    cause = Cause(one.cause)
    return ((single if _is_single(one) else several)[cause] % words) + about
