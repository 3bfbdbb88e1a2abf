"""Members, companies and people out of the rows of a file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from songsheet.base.adopting import Adopted, Ref
from songsheet.base.text import fold
from songsheet.buyers.adopt import CompanyRow, PersonRow
from songsheet.imports.records import Part
from songsheet.imports.taking.slice import Slice, column, customs, refs
from songsheet.imports.taking.standing import standing_values
from songsheet.team.adopt import MemberRow

_PERSONAL = (
    "given_name", "family_name", "name", "title", "mails", "phones", "language",
    "consent_mail", "consent_call", "consent_post", "do_not_contact",
)  # fmt: skip


def take_members(part: Part, into: Slice) -> list[Adopted | None]:
    """Who of us the other system knows."""
    names = names_of(part)
    mails = column(part, "mails")
    rows = [
        MemberRow(name, mail[0] if mail else "", (into.system, id_))
        for name, mail, id_ in zip(names, mails, part.ids, strict=True)
    ]
    return into.adopt("member", rows, part.rows)


def take_companies(part: Part, into: Slice) -> list[Adopted | None]:
    """Accounts."""
    named = standing_values("company", "name", part, into)
    owners, custom = into.owners(part), customs(part)
    f = {
        name: column(part, name)
        for name in ("name", "website", "industry", "country", "people_count", "created_at", "phones")
    }
    rows = [
        CompanyRow(
            name=f["name"][at] or named.get(id_, ""),
            domain=f["website"][at] or "",
            industry=f["industry"][at] or "",
            country=f["country"][at] or "",
            people_count=f["people_count"][at],
            owner=owners[at],
            met_at=f["created_at"][at],
            custom=with_words(custom[at], Phone=", ".join(f["phones"][at] or ())),
            external=(into.system, id_),
        )
        for at, id_ in enumerate(part.ids)
    ]
    return into.adopt("company", rows, part.rows)


def take_people(part: Part, into: Slice) -> list[Adopted | None]:
    """Contacts: people whom the file names by themselves."""
    companies = companies_of(part, into)
    owners, custom, sources = into.owners(part), customs(part), column(part, "source")
    rows = people_rows(part, companies, met=column(part, "created_at"))
    for at, row in enumerate(rows):
        row.external = (into.system, part.ids[at])
        row.owner = owners[at]
        row.custom = with_words(custom[at], Source=sources[at])
    return into.adopt("person", rows, part.rows)


def people_rows(
    part: Part, companies: Sequence[Ref | None], *, met: Sequence[datetime | None]
) -> list[PersonRow]:
    """What the rows say about a person each."""
    f = {name: column(part, name) for name in (*_PERSONAL, "consent_since")}
    return [
        PersonRow(
            name=f["name"][at] or "",
            given_name=f["given_name"][at] or "",
            family_name=f["family_name"][at] or "",
            title=f["title"][at] or "",
            language=f["language"][at] or "",
            mails=tuple(f["mails"][at] or ()),
            phones=tuple(f["phones"][at] or ()),
            company=companies[at],
            met_at=met[at],
            consents=tuple(
                (purpose, granted, f["consent_since"][at] or met[at])
                for purpose in ("mail", "call", "post")
                if (granted := f[f"consent_{purpose}"][at]) is not None
            ),
            do_not_contact=(("", "as the imported file says"),) if f["do_not_contact"][at] else (),
        )
        for at in range(len(part.rows))
    ]


def says_who(part: Part) -> list[bool]:
    """Whether each row tells anything about a person."""
    given = [part.fields[name] for name in _PERSONAL if name in part.fields]
    if not given:
        return [False] * len(part.rows)
    return [any(value not in (None, "", []) for value in values) for values in zip(*given, strict=True)]


def companies_of(part: Part, into: Slice) -> list[Ref | None]:
    """The company of each row: by its id in the other system, else by name and website, which make one if
    need be."""
    link = part.record.links.get("company")
    if link is not None and link.by == "id":
        found = refs(into.linked(part, "company"))
    else:
        found = [None] * len(part.rows)
    names = part.links.get("company") if link is not None and link.by == "name" else None
    names = names or column(part, "company_name")
    wanted = _CompanyNames(part, names, column(part, "website"))
    adopted = into.adopt(
        "company", [wanted.row_at(at) if ref is None else None for at, ref in enumerate(found)], part.rows
    )
    made = [one.ref if one else None for one in adopted]
    return [ref or wanted.first(at, made) for at, ref in enumerate(found)]


class _CompanyNames:
    """Companies that rows name in passing; each is adopted once in a slice."""

    def __init__(self, part: Part, names: Sequence[str | None], websites: Sequence[str | None]) -> None:
        self._names = [
            (fold(name or ""), website or "") for name, website in zip(names, websites, strict=True)
        ]
        self._rows = [
            CompanyRow(name=name or "", domain=website or "")
            for name, website in zip(names, websites, strict=True)
        ]
        self._first: dict[tuple[str, str], int] = {}

    def row_at(self, at: int) -> CompanyRow | None:
        """The row to adopt here, unless nothing is named or an earlier row named it too."""
        if not self._names[at][0] or self._names[at] in self._first:
            return None
        self._first[self._names[at]] = at
        return self._rows[at]

    def first(self, at: int, made: Sequence[Ref | None]) -> Ref | None:
        """What became of the first row that named the same."""
        where = self._first.get(self._names[at])
        return None if where is None else made[where]


def names_of(part: Part) -> list[str]:
    """The whole name of each row."""
    parts = zip(column(part, "name"), column(part, "given_name"), column(part, "family_name"), strict=True)
    return [name or f"{given or ''} {family or ''}".strip() for name, given, family in parts]


def with_words(custom: dict[str, Any] | None, **more: Any) -> dict[str, Any] | None:
    """The custom values and some that have no column of their own here."""
    return {**(custom or {}), **{name: value for name, value in more.items() if value}} or None
