"""What Django's models cannot say: append-only tables, the first head, room for its updates in place."""

FORWARD = """
create function journal_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% on % is refused: the journal is append-only', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end $$;

create trigger journal_entry_append_only before update or delete or truncate on journal_entry
    for each statement execute function journal_is_append_only();
create trigger journal_about_append_only before update or delete or truncate on journal_about
    for each statement execute function journal_is_append_only();
create trigger journal_head_stays before delete or truncate on journal_head
    for each statement execute function journal_is_append_only();

alter table journal_head set (fillfactor = 10);
insert into journal_head (id, position, recorded_at) values (1, 0, clock_timestamp());
"""

BACK = """
drop trigger journal_head_stays on journal_head;
drop trigger journal_about_append_only on journal_about;
drop trigger journal_entry_append_only on journal_entry;
drop function journal_is_append_only();
"""
