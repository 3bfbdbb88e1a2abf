# What models cannot say: one version at a time, two keys for what is in force, and its text for ever.

from django.db import migrations

FORWARD = """
alter table agreements_version add constraint one_version_at_a_time
    exclude using gist (int8range(agreement_id, agreement_id, '[]') with &&,
                        tstzrange(in_force_from, in_force_until) with &&)
    where (in_force_from is not null);

create function agreements_version_stays() returns trigger language plpgsql as $$
declare
    signed constant text[] := array['in_force', 'superseded', 'stopped'];
    turned int;
    hands int;
begin
    if tg_op = 'DELETE' then
        raise exception 'a version of an agreement is never deleted' using errcode = 'restrict_violation';
    end if;
    if tg_op = 'INSERT' then
        if new.state <> 'draft' then
            raise exception 'a version begins as a draft' using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if new.agreement_id <> old.agreement_id or new.number <> old.number or new.key <> old.key then
        raise exception 'a version stays what it is of' using errcode = 'restrict_violation';
    end if;
    if old.state = any(signed) then
        if not new.state = any(signed) or old.state = 'stopped'
           or new.body <> old.body or new.hash <> old.hash or new.mode <> old.mode
           or new.in_force_from is distinct from old.in_force_from then
            raise exception 'what both sides signed is never edited' using errcode = 'restrict_violation';
        end if;
    elsif new.state = any(signed) then
        select count(distinct side), count(distinct member_id) into turned, hands
          from agreements_signature
         where version_id = new.id and voided_at is null and hash = new.hash;
        if old.state <> 'offered' or new.state <> 'in_force' or new.body <> old.body
           or turned <> 2 or (hands <> 2 and new.mode <> 'one_person') then
            raise exception 'nothing is in force without both keys' using errcode = 'restrict_violation';
        end if;
    end if;
    return new;
end $$;

create trigger agreements_version_stays before insert or update or delete on agreements_version
    for each row execute function agreements_version_stays();

create function agreements_signature_stays() returns trigger language plpgsql as $$
declare
    state text;
begin
    if tg_op = 'DELETE' then
        raise exception 'a signature is never deleted' using errcode = 'restrict_violation';
    end if;
    select version.state into state from agreements_version version where version.id = new.version_id;
    if tg_op = 'INSERT' then
        if state <> 'offered' then
            raise exception 'only what is offered is signed' using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if old.voided_at is not null or state in ('in_force', 'superseded', 'stopped')
       or to_jsonb(new) - 'voided_at' <> to_jsonb(old) - 'voided_at' then
        raise exception 'a signature is never edited' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

create trigger agreements_signature_stays before insert or update or delete on agreements_signature
    for each row execute function agreements_signature_stays();
"""

BACK = """
drop trigger agreements_signature_stays on agreements_signature;
drop function agreements_signature_stays();
drop trigger agreements_version_stays on agreements_version;
drop function agreements_version_stays();
alter table agreements_version drop constraint one_version_at_a_time;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]
