"""Where values about people stand: every text column is in one of these two tables (a test asks).

What is personal says how its person is found (for export and erasure) and what erasure does with it.
"""

from songsheet.find.refresh import IN_NO_NAME
from songsheet.flows.erase_registry import Personal

_SELF = "it.id = person.id"
_ROW = "it.person_id = person.id"
_LEAD = "it.lead_id in (select id from leads_lead lead where lead.person_id = person.id)"
_JUDGED = f"{_LEAD} or lower(it.{{column}}) like any(%(mentions)s::text[])"
_PAUSED = """it.paused_why <> '' and (it.about = any(%(keys)s::text[])
    or it.about in (select back.key from handoffs_return back join leads_lead lead on lead.id = back.lead_id
                     where lead.person_id = person.id)
    or it.about in (select said.key from handoffs_verdict said join leads_lead lead on lead.id = said.lead_id
                     where lead.person_id = person.id)
    or it.about in (select key from leads_enquiry where person_id = person.id))"""
_TOUCHED = "it.touch_id in (select id from touches_touch touch where touch.person_id = person.id)"
_KEYED = "it.key = any(%(keys)s::text[])"
_MENTIONED = "lower(it.body) like any(%(mentions)s::text[])"
_SEEN = "(it.system, it.external_id) in (select * from unnest(%(systems)s::text[], %(externals)s::text[])) "
_MENDED = "it.done ?| %(keys)s::text[]"
_DELIVERED = "it.subjects::text[] && %(keys)s::text[]"
_WITHOUT_WORDS = "(it.body::jsonb #- '{data,reason}' #- '{data,why}')::text"
_FOUND = """(it.kind = 1 and it.of = person.id)
    or (it.kind = 3 and it.of in (select id from leads_lead where key = any(%(keys)s::text[])))
    or (it.kind = 4 and it.of in (select id from deals_deal where key = any(%(keys)s::text[])))
    or (it.kind = 7 and it.of in (select id from touches_task where key = any(%(keys)s::text[])))
    or (it.kind = 8 and it.of in (select id from touches_touch where key = any(%(keys)s::text[])))"""
_CALLED = f"it.word = any(%(words)s::text[]) and {IN_NO_NAME}"
_ANYWHERE = "scrubbed of what names the person, wherever it stands"
_OURS = "about a member of the team: emptied when they ask after leaving"

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
    "buyers_donotcontact.lifted_why": Personal(_ROW, "empty"),
    "buyers_personmerge.changes": Personal("person.id in (it.merged_id, it.into_id)", "empty"),
    "touches_touch.subject": Personal(_ROW, "empty"),
    "touches_touch.text": Personal(_ROW, "empty"),
    "touches_touch.external_id": Personal(_ROW, "empty"),
    "touches_task.subject": Personal(_ROW, "empty"),
    "touches_task.external_id": Personal(_ROW, "empty"),
    "touches_notebefore.text": Personal(_TOUCHED, "delete"),
    "touches_attachment.name": Personal(_TOUCHED, "delete"),
    "agreements_comment.text": Personal(_ANYWHERE, "scrub"),
    "agreements_guest.name": Personal(_ANYWHERE, "scrub"),
    "notices_notice.about": Personal("it.about = any(%(keys)s::text[])", "delete"),
    "leads_lead.wants": Personal(_ROW, "empty"),
    "leads_lead.end_reason": Personal(_ROW, "empty", "case it.end_reason when '' then '' else 'erased' end"),
    "leads_lead.external_id": Personal(_ROW, "empty"),
    "leads_lead.custom": Personal(_ROW, "empty"),
    "leads_answer.text": Personal(_LEAD, "delete"),
    "leads_enquiry.text": Personal(_ROW, "empty"),
    "leads_enquiry.answer": Personal(_ROW, "empty"),
    "leads_enquiry.why": Personal(_ROW, "empty"),
    "clocks_clock.paused_why": Personal(_PAUSED, "empty"),
    "handoffs_verdict.words": Personal(_JUDGED.format(column="words"), "empty"),
    "handoffs_verdict.answer": Personal(_JUDGED.format(column="answer"), "empty"),
    "handoffs_return.words": Personal(_LEAD, "empty"),
    "handoffs_return.disputed": Personal(_LEAD, "empty"),
    "handoffs_return.answer": Personal(_LEAD, "empty"),
    "handoffs_return.changes": Personal(_LEAD, "empty"),
    "deals_deal.name": Personal(_LEAD, "empty"),
    "deals_deal.reason": Personal(_LEAD, "empty", "case it.reason when '' then '' else 'erased' end"),
    "deals_deal.next_step": Personal(_LEAD, "empty", "case it.next_step when '' then '' else 'erased' end"),
    "deals_deal.external_id": Personal(_LEAD, "empty"),
    "deals_deal.custom": Personal(_LEAD, "empty"),
    "beside_delivery.body": Personal(_DELIVERED, "empty", _WITHOUT_WORDS),
    "find_found.words": Personal(_FOUND, "delete"),
    "find_word.word": Personal(_CALLED, "delete"),
    "flows_bulkrow.before": Personal(_KEYED, "delete"),
    "journal_sealed.name": Personal("it.person = person.key", "delete"),
    "journal_sealed.text": Personal("it.person = person.key", "delete"),
    "imports_before.values": Personal(_KEYED, "delete"),
    "imports_rowseen.external_id": Personal(_SEEN, "delete"),
    "imports_import.undo": Personal(_ANYWHERE, "scrub"),
    "imports_import.said": Personal(_ANYWHERE, "scrub"),
    "imports_import.checked": Personal(_ANYWHERE, "scrub"),
    "imports_import.failure": Personal(_ANYWHERE, "scrub"),
    "team_savedview.filters": Personal(_ANYWHERE, "scrub"),
    "team_savedview.name": Personal(_ANYWHERE, "scrub", "'Erased'"),
    "flows_bulkchange.value": Personal(_ANYWHERE, "scrub"),
    "flows_bulkchange.says": Personal(_ANYWHERE, "scrub"),
    "journal_parked.error": Personal(_ANYWHERE, "scrub"),
    "flows_mending.done": Personal(_MENDED, "empty", "it.done - %(keys)s::text[]"),
    "procrastinate_jobs.args": Personal(_ANYWHERE, "scrub"),
    "doors_keptanswer.body": Personal(_MENTIONED, "empty", "'{}'"),
    "team_member.name": Personal(_OURS, "ours"),
    "team_member.email": Personal(_OURS, "ours"),
    "team_member.password": Personal(_OURS, "ours"),
    "team_othername.external_id": Personal(_OURS, "ours"),
    "account_emailaddress.email": Personal(_OURS, "ours"),
    "mfa_authenticator.data": Personal(_OURS, "ours"),
    "django_session.session_data": Personal("who is signed in; ends after two weeks", "ours"),
}

#: Columns that say nothing about a person: keys of ours, states, kinds and systems, companies, settings.
NOT_PERSONAL: dict[str, str] = {
    "account_emailconfirmation": "key",
    "agreements_agreement": "key kind",
    "agreements_comment": "key clause",
    "agreements_deputy": "side",
    "agreements_guest": "key token_hash",
    "agreements_signature": "side role hash",
    "agreements_version": "key state mode body hash ended_why",
    "auth_group": "name",
    "auth_permission": "name codename",
    "beside_delivery": "key kind subjects state tries",
    "beside_webhook": "key label url kinds state stopped_why",
    "buyers_company": "key name name_folded domain industry country custom",
    "buyers_companymerge": "key by changes stayed",
    "buyers_companysuggestion": "key state reasons",
    "buyers_consent": "purpose by",
    "buyers_donotcontact": "channel by lifted_by",
    "buyers_externalid": "system kind",
    "buyers_person": "key",
    "buyers_personmerge": "key by stayed",
    "buyers_personsuggestion": "key state reasons",
    "clocks_clock": "key kind about state hours",
    "deals_deal": "key state currency category system",
    "deals_stage": "name name_folded",
    "desk_standing": "currency other_money",
    "django_content_type": "app_label model",
    "django_session": "session_key",
    "doors_asked": "holder",
    "doors_keptanswer": "holder idempotency_key request_hash",
    "files_blob": "key sha256 type place",
    "find_again": "field",
    "find_word": "near",
    "flows_bulkchange": "key what act field state by rights undo_by",
    "flows_bulkrow": "key state reason",
    "flows_mending": "key kind by",
    "flows_retentionreport": "purpose",
    "flows_retentionrule": "purpose by",
    "handoffs_return": "key reason state",
    "handoffs_verdict": "key says state",
    "imports_before": "kind key",
    "imports_import": "key state system preset mapping names not_read by_kind",
    "imports_importfile": "table role",
    "imports_made": "kind keys",
    "imports_rowseen": "system file mark",
    "journal_about": "key",
    "journal_effect": "reader",
    "journal_entry": "kind actor body",
    "journal_parked": "reader keys state",
    "journal_parked_about": "reader key",
    "journal_reader": "name error",
    "journal_sealed": "key person",
    "leads_answer": "key question",
    "leads_enquiry": "key kind state sorted_by moved_from before",
    "leads_handed": "by before",
    "leads_judgement": "seen tier tier_by word seeks account",
    "leads_lead": "key state tier system",
    "leads_queue": "key name",
    "leads_routing": "tier method cause why",
    "leads_turn": "tier",
    "mfa_authenticator": "type",
    "notices_choice": "kind how",
    "notices_notice": "key cause by",
    "notices_posting": "key",
    "procrastinate_events": "type",
    "procrastinate_jobs": "queue_name task_name lock status queueing_lock",
    "procrastinate_periodic_defers": "task_name periodic_id",
    "tags_tag": "key name name_folded",
    "tags_tagged": "about",
    "team_apikey": "key label scopes secret_hash",
    "team_customfield": "key on name slug label type options",
    "team_house": "name zone currency country week thresholds",
    "team_invitation": "key token_hash",
    "team_leave": "key",
    "team_member": "key role state zone languages week country",
    "team_othername": "system",
    "team_savedview": "key listing columns sort group",
    "team_skill": "kind word word_folded",
    "team_specialday": "key name",
    "touches_attachment": "key",
    "touches_campaign": "key name kind status currency system external_id custom",
    "touches_source": "name name_folded",
    "touches_task": "key lead_key deal_key system",
    "touches_touch": "key kind direction lead_key deal_key currency status system",
}
