# What models cannot say: one version of a claim at a time, both keys for what can hurt, its text for ever.

from django.db import migrations

FORWARD = """
alter table song_claimversion add constraint one_claim_version_at_a_time
    exclude using gist (int8range(claim_id, claim_id, '[]') with &&,
                        tstzrange(in_force_from, in_force_until) with &&)
    where (in_force_from is not null);

create function song_claim_version_stays() returns trigger language plpgsql as $$
declare
    held constant text[] := array['in_force', 'superseded', 'closed'];
    free constant text[] := array['state', 'in_force_until', 'ended_at', 'ended_why'];
    turned int;
    hands int;
begin
    if tg_op = 'DELETE' then
        raise exception 'a version of a claim is never deleted' using errcode = 'restrict_violation';
    end if;
    if tg_op = 'INSERT' then
        if new.state <> 'draft' then
            raise exception 'a version of a claim begins as a draft' using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if new.claim_id <> old.claim_id or new.number <> old.number or new.key <> old.key then
        raise exception 'a version of a claim stays what it is of' using errcode = 'restrict_violation';
    end if;
    if old.state = any(held) then
        if old.state <> 'in_force' or new.state not in ('superseded', 'closed')
           or to_jsonb(new) - free <> to_jsonb(old) - free then
            raise exception 'what was in force is never edited' using errcode = 'restrict_violation';
        end if;
    elsif old.state = 'withdrawn' then
        raise exception 'what was withdrawn is never edited' using errcode = 'restrict_violation';
    elsif new.state = any(held) then
        select count(distinct side), count(distinct member_id) into turned, hands
          from song_claimsignature
         where version_id = new.id and voided_at is null and hash = new.hash;
        if new.state <> 'in_force' or new.hash <> old.hash
           or (new.mode = 'owner') <> (new.risk = 'plain' and turned < 2)
           or (new.mode <> 'owner' and turned <> 2)
           or (new.mode = 'two' and hands <> 2) then
            raise exception 'what can hurt is not said without both keys' using errcode = 'restrict_violation';
        end if;
    end if;
    return new;
end $$;

create trigger song_claim_version_stays before insert or update or delete on song_claimversion
    for each row execute function song_claim_version_stays();

create function song_claim_signature_stays() returns trigger language plpgsql as $$
declare
    state text;
begin
    if tg_op = 'DELETE' then
        raise exception 'a signature is never deleted' using errcode = 'restrict_violation';
    end if;
    select version.state into state from song_claimversion version where version.id = new.version_id;
    if state <> 'draft' or (tg_op = 'UPDATE' and (old.voided_at is not null
       or to_jsonb(new) - 'voided_at' <> to_jsonb(old) - 'voided_at')) then
        raise exception 'only a draft is signed, and a signature is never edited'
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

create trigger song_claim_signature_stays before insert or update or delete on song_claimsignature
    for each row execute function song_claim_signature_stays();
"""

BACK = """
drop trigger song_claim_signature_stays on song_claimsignature;
drop function song_claim_signature_stays();
drop trigger song_claim_version_stays on song_claimversion;
drop function song_claim_version_stays();
alter table song_claimversion drop constraint one_claim_version_at_a_time;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("song", "0004_claims"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]
