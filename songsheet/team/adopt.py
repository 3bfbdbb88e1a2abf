"""Members as other systems name them: found again by id, mail or name, else kept as somebody from
elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from songsheet.base import bulk
from songsheet.base.adopting import Adopted, Lane, Ref
from songsheet.base.text import fold, fold_address
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.events import MemberChanged, MemberJoined
from songsheet.team.models import Member, OtherName
from songsheet.team.roles import Right

#: Where something belongs to a member; by name, for these stand on higher storeys.
_OWNED = (
    ("buyers_company", "owner_id"), ("buyers_person", "owner_id"), ("touches_touch", "member_id"),
    ("touches_task", "member_id"), ("leads_lead", "owner_id"), ("deals_deal", "owner_id"),
)  # fmt: skip


@dataclass(slots=True)
class MemberRow:
    """One of us as another system knows them; `external` is (system, what it calls them)."""

    name: str = ""
    mail: str = ""
    external: tuple[str, str] | None = None


def adopt_members(
    rows: Sequence[MemberRow], *, by: Acting, at: datetime, lane: Lane = "history"
) -> list[Adopted]:
    """Find each row's member by what the system calls them, by mail, then by name; the others join as
    `elsewhere`.

    Somebody from elsewhere owns what was theirs but cannot sign in; one day they are invited, or stand for
    a member.
    """
    by.must(Right.TEAM)
    with act(by=by.actor, at=at, lane=lane) as record:
        known = _Known(rows)
        adopted = []
        for row in rows:
            member = known.find(row)
            if member is None:
                member = known.make(row)
                record(MemberJoined(member=member.key, role=member.role, state=member.state))
                adopted.append(Adopted("created", (member.id, member.key), version=1))
                continue
            fields = known.learn(member, row)
            if fields:
                record(MemberChanged(member=member.key, fields=fields, role=member.role, state=member.state))
            outcome = Adopted(
                "updated" if fields else "unchanged", (member.id, member.key), version=member.version
            )
            adopted.append(outcome)
        OtherName.objects.bulk_create(known.names, ignore_conflicts=True)
    return adopted


def members_called(system: str, names: Iterable[str]) -> dict[str, Ref]:
    """Whom a system means by these ids."""
    found = OtherName.objects.filter(system=system, external_id__in=list(names)).select_related("member")
    return {one.external_id: (one.member.id, one.member.key) for one in found}


def withdraw_members(keys: Sequence[str], *, by: Acting, at: datetime) -> list[str]:
    """Let those from elsewhere go to whom nothing visible belongs; returns who stays."""
    by.must(Right.TEAM)
    owned = " or ".join(
        f"exists (select from {table} r where r.{column} = it.id and r.gone_at is null)"
        for table, column in _OWNED
    )
    with act(by=by.actor, at=at, lane="history") as record:
        free = bulk.rows(
            f"""select it.key from team_member it
                 where it.key = any(%s::text[]) and it.state = 'elsewhere' and not ({owned})""",
            [list(keys)],
        )
        going = Member.objects.filter(key__in=[key for (key,) in free])
        for member in going:
            fields = "state"
            record(MemberChanged(member=member.key, fields=fields, role=member.role, state=Member.State.LEFT))
        OtherName.objects.filter(member__in=going).delete()
        gone = {member.key for member in going}
        Member.objects.filter(key__in=gone).update(
            state=Member.State.LEFT, email=None, version=F("version") + 1
        )
    return [key for key in keys if key not in gone]


class _Known:
    """The members that some rows may mean, and the names that were learned."""

    def __init__(self, rows: Sequence[MemberRow]) -> None:
        wanted = [row.external for row in rows if row.external]
        self.of_external: dict[tuple[str, str], Member] = {
            (one.system, one.external_id): one.member
            for one in OtherName.objects.filter(
                system__in={system for system, _ in wanted}, external_id__in={name for _, name in wanted}
            ).select_related("member")
        }
        self.of_mail: dict[str, Member] = {}
        self.of_name: dict[str, Member] = {}
        for member in Member.objects.exclude(state=Member.State.LEFT).order_by("-id"):
            self._know(member)
        self.names: list[OtherName] = []

    def find(self, row: MemberRow) -> Member | None:
        if row.external in self.of_external:
            return self.of_external[row.external]
        found = self.of_mail.get(fold_address(row.mail)) if row.mail else None
        found = found or (self.of_name.get(fold(row.name)) if row.name else None)
        if found and row.external:
            self._call(found, row.external)
        return found

    def make(self, row: MemberRow) -> Member:
        name = row.name.strip() or row.mail or (row.external[1] if row.external else "")
        member = Member(
            name=name[:200], email=fold_address(row.mail)[:254] or None, state=Member.State.ELSEWHERE
        )
        member.set_unusable_password()
        member.save()
        self._know(member)
        if row.external:
            self._call(member, row.external)
        return member

    def learn(self, member: Member, row: MemberRow) -> str:
        """Name and mail of somebody from elsewhere, who was known by less; returns the changed fields."""
        fields = []
        if member.state == Member.State.ELSEWHERE:
            is_nameless = bool(row.external) and member.name == (row.external or ("", ""))[1][:200]
            if row.name and is_nameless and member.name != row.name[:200]:
                member.name = row.name.strip()[:200]
                fields.append("name")
            mail = fold_address(row.mail)
            if mail and not member.email and mail not in self.of_mail:
                member.email = mail[:254]
                fields.append("email")
        if fields:
            member.version += 1
            member.save(update_fields=[*fields, "version"])
            self._know(member)
        return ", ".join(fields)

    def _know(self, member: Member) -> None:
        if member.email:
            self.of_mail[member.email] = member
        self.of_name[fold(member.name)] = member

    def _call(self, member: Member, external: tuple[str, str]) -> None:
        self.of_external[external] = member
        self.names.append(OtherName(system=external[0][:60], external_id=external[1][:200], member=member))
