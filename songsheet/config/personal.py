"""Where values about people stand: every text column is in one of these two tables (a test asks).

What is personal says how its person is found (for export and erasure) and what erasure does with it.
"""

from dataclasses import dataclass
from typing import Literal

Erasure = Literal["empty", "delete", "with its run"]


@dataclass(frozen=True, slots=True)
class Personal:
    """How the rows of a person are found, and what erasure does to the value.

    `of` is the way from the row to its person, as SQL over the row.
    """

    of: str
    erasure: Erasure


_SELF = "id = person.id"
_ROW = "person_id = person.id"
_LEAD = "lead_id in (select id from leads_lead where person_id = person.id)"
_RUN = "kept for the undo of an import; forgotten with it"
_OURS = "about a member of the team: exported and emptied when they ask after leaving"

#: Column → whose it is and how it is erased. Entries of the journal hold none (DESIGN 3.6).
PERSONAL: dict[str, Personal] = {
    "buyers_person.name": Personal(_SELF, "empty"),
    "buyers_person.given_name": Personal(_SELF, "empty"),
    "buyers_person.family_name": Personal(_SELF, "empty"),
    "buyers_person.name_folded": Personal(_SELF, "empty"),
    "buyers_person.title": Personal(_SELF, "empty"),
    "buyers_person.language": Personal(_SELF, "empty"),
    "buyers_person.custom": Personal(_SELF, "empty"),
    "buyers_mail.address": Personal(_ROW, "delete"),
    "buyers_phone.number": Personal(_ROW, "delete"),
    "buyers_externalid.external_id": Personal(_ROW, "delete"),
    "buyers_consent.evidence": Personal(_ROW, "empty"),
    "buyers_donotcontact.reason": Personal(_ROW, "empty"),
    "buyers_personmerge.changes": Personal("person.id in (merged_id, into_id)", "empty"),
    "touches_touch.subject": Personal(_ROW, "empty"),
    "touches_touch.text": Personal(_ROW, "empty"),
    "touches_touch.external_id": Personal(_ROW, "empty"),
    "touches_task.subject": Personal(_ROW, "empty"),
    "touches_task.external_id": Personal(_ROW, "empty"),
    "leads_lead.wants": Personal(_ROW, "empty"),
    "leads_lead.end_reason": Personal(_ROW, "empty"),
    "leads_lead.external_id": Personal(_ROW, "empty"),
    "leads_lead.custom": Personal(_ROW, "empty"),
    "deals_deal.name": Personal(_LEAD, "empty"),
    "deals_deal.reason": Personal(_LEAD, "empty"),
    "deals_deal.next_step": Personal(_LEAD, "empty"),
    "deals_deal.external_id": Personal(_LEAD, "empty"),
    "deals_deal.custom": Personal(_LEAD, "empty"),
    "flows_bulkrow.before": Personal("key = person.key", "delete"),
    "journal_sealed.name": Personal("person = person.key", "delete"),
    "journal_sealed.text": Personal("person = person.key", "delete"),
    "imports_before.values": Personal(_RUN, "with its run"),
    "imports_rowseen.external_id": Personal(_RUN, "with its run"),
    "imports_import.undo": Personal(_RUN, "with its run"),
    "imports_import.said": Personal(_RUN, "with its run"),
    "imports_import.checked": Personal(_RUN, "with its run"),
    "doors_keptanswer.body": Personal("an answer kept for seven days, then deleted", "with its run"),
    "team_member.name": Personal(_OURS, "empty"),
    "team_member.email": Personal(_OURS, "empty"),
    "team_member.password": Personal(_OURS, "empty"),
    "team_othername.external_id": Personal(_OURS, "empty"),
    "account_emailaddress.email": Personal(_OURS, "delete"),
    "mfa_authenticator.data": Personal(_OURS, "delete"),
    "django_session.session_data": Personal("ends after two weeks", "delete"),
}

#: Columns that say nothing about a person: keys of ours, states, kinds and systems, companies, settings.
NOT_PERSONAL: dict[str, str] = {
    "account_emailconfirmation": "key",
    "auth_group": "name",
    "auth_permission": "name codename",
    "buyers_company": "key name name_folded domain industry country custom",
    "buyers_companymerge": "key by changes stayed",
    "buyers_companysuggestion": "key state reasons",
    "buyers_consent": "purpose",
    "buyers_donotcontact": "channel",
    "buyers_externalid": "system kind",
    "buyers_person": "key",
    "buyers_personmerge": "key by stayed",
    "buyers_personsuggestion": "key state reasons",
    "clocks_clock": "key kind about state",
    "deals_deal": "key state currency category system",
    "deals_stage": "name name_folded",
    "desk_standing": "currency other_money",
    "django_content_type": "app_label model",
    "django_session": "session_key",
    "doors_asked": "holder",
    "doors_keptanswer": "holder idempotency_key request_hash",
    "flows_bulkchange": "key what act field value says state by rights undo_by",
    "flows_bulkrow": "key state reason",
    "flows_mending": "key kind by done",
    "imports_before": "kind key",
    "imports_import": "key state system preset mapping names not_read failure by_kind",
    "imports_importfile": "table role",
    "imports_made": "kind keys",
    "imports_rowseen": "system file mark",
    "journal_about": "key",
    "journal_effect": "reader",
    "journal_entry": "kind actor body",
    "journal_parked": "reader keys state error",
    "journal_parked_about": "reader key",
    "journal_reader": "name error",
    "journal_sealed": "key person",
    "leads_handed": "by before",
    "leads_lead": "key state tier system",
    "leads_queue": "key name",
    "mfa_authenticator": "type",
    "procrastinate_events": "type",
    "procrastinate_jobs": "queue_name task_name lock args status queueing_lock",
    "procrastinate_periodic_defers": "task_name periodic_id",
    "tags_tag": "key name name_folded",
    "tags_tagged": "about",
    "team_apikey": "key label scopes secret_hash",
    "team_customfield": "on name label type",
    "team_house": "name zone currency country thresholds",
    "team_invitation": "key token_hash",
    "team_member": "key role state zone languages",
    "team_othername": "system",
    "team_savedview": "key listing name filters columns sort group",
    "touches_campaign": "key name kind status currency system external_id custom",
    "touches_source": "name name_folded",
    "touches_task": "key lead_key deal_key system",
    "touches_touch": "key kind direction lead_key deal_key currency status system",
}
