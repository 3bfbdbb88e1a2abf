"""The API of buyers: people and companies."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from ninja import Query, Router

from songsheet.base.adopting import RowRefused
from songsheet.buyers import actions
from songsheet.buyers.bodies import (
    AllowIn,
    CompanyChange,
    CompanyIn,
    CompanyOut,
    ConsentIn,
    ForbidIn,
    PersonChange,
    PersonIn,
    PersonOut,
    bring_companies,
    bring_people,
)
from songsheet.buyers.errors import NoSuchCompany
from songsheet.buyers.listing import COMPANIES, PEOPLE
from songsheet.buyers.models import Company, ExternalId
from songsheet.buyers.queries import companies_of, companies_seen_by
from songsheet.doors.api import (
    Asked,
    Batch,
    ByExternal,
    Listed,
    Verdicts,
    cleared,
    keyed,
    list_answer,
    named_by,
    said,
    version_asked,
)
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking, batch_answer, brought
from songsheet.team.bodies import must_be_declared
from songsheet.team.models import Member

router = Router(tags=["buyers"])

#: Field → the model that its key names, what it is called, and which rows stand.
_REFS: dict[str, tuple[type[Model], str, dict[str, Any]]] = {
    "owner": (Member, "member", {}),
    "company": (Company, "company", {"gone_at": None}),
}


@router.get("/people", response={200: Listed, **PROBLEMS}, operation_id="list_people")
def list_people(request: HttpRequest, asked: Query[Asked]) -> Any:
    """People by the filters of the list, 50 at a time; `next` is the cursor of what follows."""
    return list_answer(PEOPLE, asking(request), request.GET, asked)


@router.get("/people/external", response={200: PersonOut, **PROBLEMS}, operation_id="read_person_by_external")
def read_person_by_external(request: HttpRequest, external: Query[ByExternal]) -> Any:
    """The person whom another system calls so."""
    return answer_of(PersonOut.read(asking(request), _called("person", external)))


@router.post("/people", response={200: PersonOut, 201: PersonOut, **PROBLEMS}, operation_id="create_person")
def create_person(request: HttpRequest, body: PersonIn) -> Any:
    """Know a person: a new one (201), or whom external id, mail, or phone with name mean (200)."""
    return brought(request, body, bring_people, PersonOut.read)


@router.post("/people/batch", response={200: Verdicts, **PROBLEMS}, operation_id="create_people")
def create_people(request: HttpRequest, body: Batch) -> Any:
    """Know up to 1,000 people at once, with a verdict for each."""
    return batch_answer(request, body, PersonIn, bring_people, entries=3)


@router.get("/people/{key}", response={200: PersonOut, **PROBLEMS}, operation_id="read_person")
def read_person(request: HttpRequest, key: str) -> Any:
    """One person."""
    return answer_of(PersonOut.read(asking(request), key))


@router.patch("/people/{key}", response={200: PersonOut, **PROBLEMS}, operation_id="change_person")
def change_person(request: HttpRequest, key: str, body: PersonChange) -> Any:
    """Change what is sent; null clears. A field that somebody changed since `version` or If-Match: 409."""

    def do(by: Acting, at: datetime) -> Any:
        values = _refs(cleared(said(body), ("name", "given_name", "family_name", "title", "language")))
        must_be_declared("person", [body.custom])(body.custom)
        for name in ("mails", "phones"):
            if name in values:
                values[name] = values[name] or []
        version = version_asked(request, body.version)
        person = actions.change_person(key, by=by, at=at, version=version, **values)
        return PersonOut.read(by, person.key)

    return answered(request, do)


@router.post("/people/{key}/consent", response={200: PersonOut, **PROBLEMS}, operation_id="record_consent")
def record_consent(request: HttpRequest, key: str, body: ConsentIn) -> Any:
    """A person allows or refuses a purpose."""

    def do(by: Acting, at: datetime) -> Any:
        actions.record_consent(key, **body.model_dump(), by=by, at=at)
        return PersonOut.read(by, key)

    return answered(request, do)


@router.post("/people/{key}/forbid", response={200: PersonOut, **PROBLEMS}, operation_id="forbid_contact")
def forbid_contact(request: HttpRequest, key: str, body: ForbidIn) -> Any:
    """A person must not be contacted, by one channel or by any."""

    def do(by: Acting, at: datetime) -> Any:
        actions.forbid_contact(key, **body.model_dump(), by=by, at=at)
        return PersonOut.read(by, key)

    return answered(request, do)


@router.post("/people/{key}/allow", response={200: PersonOut, **PROBLEMS}, operation_id="allow_contact")
def allow_contact(request: HttpRequest, key: str, body: AllowIn) -> Any:
    """A do-not-contact mark is lifted, also where a record that was merged into this one has it; and why."""

    def do(by: Acting, at: datetime) -> Any:
        actions.allow_contact(key, **body.model_dump(), by=by, at=at)
        return PersonOut.read(by, key)

    return answered(request, do)


@router.get("/companies", response={200: Listed, **PROBLEMS}, operation_id="list_companies")
def list_companies(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Companies by the filters of the list, 50 at a time; `next` is the cursor of what follows."""
    return list_answer(COMPANIES, asking(request), request.GET, asked)


@router.get(
    "/companies/external", response={200: CompanyOut, **PROBLEMS}, operation_id="read_company_by_external"
)
def read_company_by_external(request: HttpRequest, external: Query[ByExternal]) -> Any:
    """The company that another system calls so."""
    return answer_of(CompanyOut.of(_company(asking(request), _called("company", external))))


@router.post(
    "/companies", response={200: CompanyOut, 201: CompanyOut, **PROBLEMS}, operation_id="create_company"
)
def create_company(request: HttpRequest, body: CompanyIn) -> Any:
    """Know a company: a new one (201), or which external id, domain or name mean (200)."""
    return brought(request, body, bring_companies, lambda by, key: CompanyOut.of(_company(by, key)))


@router.post("/companies/batch", response={200: Verdicts, **PROBLEMS}, operation_id="create_companies")
def create_companies(request: HttpRequest, body: Batch) -> Any:
    """Know up to 1,000 companies at once, with a verdict for each."""
    return batch_answer(request, body, CompanyIn, bring_companies, entries=1)


@router.get("/companies/{key}", response={200: CompanyOut, **PROBLEMS}, operation_id="read_company")
def read_company(request: HttpRequest, key: str) -> Any:
    """One company."""
    return answer_of(CompanyOut.of(_company(asking(request), key)))


@router.patch("/companies/{key}", response={200: CompanyOut, **PROBLEMS}, operation_id="change_company")
def change_company(request: HttpRequest, key: str, body: CompanyChange) -> Any:
    """Change what is sent; null clears. A field that somebody changed since `version` or If-Match: 409."""

    def do(by: Acting, at: datetime) -> Any:
        values = _refs(cleared(said(body), ("domain", "industry", "country")))
        must_be_declared("company", [body.custom])(body.custom)
        if "name" in values and not values["name"]:
            raise RowRefused("A company needs a name.", field="name")
        version = version_asked(request, body.version)
        company = actions.change_company(key, by=by, at=at, version=version, **values)
        return CompanyOut.of(_company(by, company.key))

    return answered(request, do)


def _refs(values: dict[str, Any]) -> dict[str, Any]:
    """Keys become rows; a company or owner that is cleared is named in `clear`."""
    clear = [name for name in _REFS if values.get(name, name) is None]
    for name, (model, what, where) in _REFS.items():
        if (key := values.get(name)) and named_by(keyed(model, [key], **where), key, what, name):
            values[name] = model._default_manager.get(key=key)
    if values.get("custom", 0) is None:
        del values["custom"]
    return {**{name: value for name, value in values.items() if name not in clear}, "clear": clear}


def _called(kind: str, external: ByExternal) -> str:
    """The key of whom or what another system calls so."""
    known = ExternalId.objects.filter(
        kind=kind, system=external.system, external_id=external.id, gone_at=None
    ).select_related(kind)
    row = getattr(known.first(), kind, None)
    return row.key if row else "of this external id"


def _company(viewer: Acting, key: str) -> Company:
    root = next(iter(companies_of(key)), 0)  # a merged key means its root
    company = companies_seen_by(viewer).prefetch_related("external_ids").filter(id=root).first()
    if company is None:
        raise NoSuchCompany(key)
    return company
