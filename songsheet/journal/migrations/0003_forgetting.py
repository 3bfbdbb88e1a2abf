# Entries stay as they are, but for the words of somebody who is to be forgotten.

from django.db import migrations

FORWARD = """
drop trigger journal_entry_append_only on journal_entry;
create trigger journal_entry_append_only before delete or truncate on journal_entry
    for each statement execute function journal_is_append_only();

create function journal_is_forgetting() returns trigger language plpgsql as $$
begin
    if coalesce(current_setting('songsheet.forgetting', true), '') <> 'on' then
        raise exception '% on % is refused: the journal is append-only', tg_op, tg_table_name
            using errcode = 'restrict_violation';
    end if;
    return null;
end $$;

-- Whatever sets that word: no more can be done to an entry than to empty what somebody wrote in it.
create function journal_only_forgets() returns trigger language plpgsql as $$
begin
    if to_jsonb(new) - 'body' = to_jsonb(old) - 'body'
       and new.body - array['reason', 'why'] = old.body - array['reason', 'why']
       and new.body->>'reason' is not distinct from (case when old.body ? 'reason' then '' end)
       and new.body->>'why' is not distinct from (case when old.body ? 'why' then '' end) then
        return new;
    end if;
    raise exception '% on % is refused: the journal is append-only', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end $$;

create trigger journal_entry_forgets before update on journal_entry
    for each statement execute function journal_is_forgetting();
create trigger journal_entry_only_forgets before update on journal_entry
    for each row execute function journal_only_forgets();
"""

BACK = """
drop trigger journal_entry_only_forgets on journal_entry;
drop trigger journal_entry_forgets on journal_entry;
drop function journal_only_forgets();
drop function journal_is_forgetting();
drop trigger journal_entry_append_only on journal_entry;
create trigger journal_entry_append_only before update or delete or truncate on journal_entry
    for each statement execute function journal_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_waiting_in_line"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]
