"""What models cannot say: append-only tables, the first head, and the function that appends."""

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

-- One statement of the client: the lock of the head, the rows, and the proof that all of them arrived.
-- A function and not one query: its plans are kept, which halves the time of the common single entry.
create function journal_append(
    entries int, subjects int, live bool,
    kinds text[], versions int2[], actors text[], lanes int2[],
    notes int4[], occurred timestamptz[], causes int8[], depths int2[], bodies text[],
    keys text[], numbers int4[]
) returns void language plpgsql as $$
declare
    base bigint;
    recorded timestamptz;
    entered bigint;
    told bigint;
begin
    update journal_head
       set position = position + entries, recorded_at = greatest(clock_timestamp(), recorded_at)
     where id = 1
 returning position - entries, recorded_at into strict base, recorded;

    insert into journal_entry
          (position, kind, version, occurred_at, recorded_at, actor, because, depth, lane, body)
    select base + given.number, kinds[given.note], versions[given.note], given.occurred_at, recorded,
           actors[given.note], given.because, given.depth, lanes[given.note], given.body::jsonb
      from unnest(notes, occurred, causes, depths, bodies) with ordinality
           as given(note, occurred_at, because, depth, body, number);
    get diagnostics entered = row_count;

    insert into journal_about (key, position)
    select given.key, base + given.number from unnest(keys, numbers) as given(key, number);
    get diagnostics told = row_count;

    if entered <> entries or told <> subjects then
        raise exception 'gathered % entries about % subjects, appended % about %',
            entries, subjects, entered, told using errcode = 'data_exception';
    end if;
    if live then
        notify journal;
    end if;
end $$;

alter table journal_head set (fillfactor = 10);
insert into journal_head (id, position, recorded_at) values (1, 0, clock_timestamp());
"""

BACK = """
drop trigger journal_head_stays on journal_head;
drop trigger journal_about_append_only on journal_about;
drop trigger journal_entry_append_only on journal_entry;
drop function journal_is_append_only();
drop function journal_append;
"""
