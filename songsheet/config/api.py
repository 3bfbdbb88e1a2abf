"""The API /api/v1: each part's router, one form of problem, OpenAPI 3.1 at /api/v1/openapi.json."""

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import AuthenticationError, HttpError, ValidationError

from songsheet.agreements.api import router as agreements
from songsheet.base.refusals import NotAllowed, NotFound, Refusal
from songsheet.beside.api import router as beside
from songsheet.buyers.merge_api import router as merging
from songsheet.buyers.wording_api import router as wordings
from songsheet.clocks.api import router as clocks
from songsheet.config.openapi import HouseAPI
from songsheet.config.wiring import LISTINGS
from songsheet.deals.api import router as deals
from songsheet.desk.api import router as desk
from songsheet.desk.load.api import router as load
from songsheet.desk.mending_api import router as mending
from songsheet.doors.problems import NotAsExpected, from_database, problem_response
from songsheet.find.api import router as search
from songsheet.flows.api import router as bulk
from songsheet.flows.archive_api import router as archive
from songsheet.flows.erase_api import people as buyers
from songsheet.flows.rerouting.api import router as rerouting
from songsheet.handoffs.api import router as handoffs
from songsheet.handoffs.verdicts.api import router as verdicts
from songsheet.imports.api import router as imports
from songsheet.intake.appointments.api import router as appointments
from songsheet.intake.forms.api import router as forms
from songsheet.intake.hooks.api import router as hooks
from songsheet.intake.incoming.api import router as incoming
from songsheet.intake.links.api import router as links
from songsheet.intake.sites.api import router as sites
from songsheet.leads.api import router as leads
from songsheet.leads.enquiries.api import router as enquiries
from songsheet.leads.previews import router as previews
from songsheet.leads.qualifying.api import router as qualifying
from songsheet.leads.routing.api import router as routing
from songsheet.notices.api import router as notices
from songsheet.song.claims.api import router as claims
from songsheet.song.facts.api import router as facts
from songsheet.song.market.api import router as questions
from songsheet.team.api import AUTH
from songsheet.team.api import router as team
from songsheet.team.fields_api import router as fields
from songsheet.team.hours.api import router as hours
from songsheet.team.members_api import router as members
from songsheet.team.views_api import router_of as views_of
from songsheet.touches.api import router as touches
from songsheet.touches.campaigns_api import router as campaigns
from songsheet.touches.files_api import router as attachments

api = HouseAPI(
    title="Songsheet",
    version="1",
    urls_namespace="api",
    auth=AUTH,
    docs_url=None,
    description="Marketing and sales run as one Revenue Department. Errors are application/problem+json.",
)
# Looked through in this order at each request: what programs ask most comes first.
for router in (
    leads, handoffs, enquiries, buyers, touches, deals, search, team, members, hours, clocks, fields,
    views_of(LISTINGS), merging, attachments, campaigns, agreements, qualifying, routing, rerouting,
    previews, bulk, archive, imports, beside, notices, desk, mending, load, verdicts,
    incoming, links, sites, hooks, forms, wordings, facts, claims, questions,
    appointments,
):  # fmt: skip
    api.add_router("", router)


class NoKey(NotAllowed):
    """Neither a key nor a session."""

    status = 401
    code = "no_key"


class NotRead(NotAsExpected):
    """A body that is not JSON."""

    status = 400


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    return problem_response(error)


@api.exception_handler(AuthenticationError)
def unknown_caller(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem_response(
        NoKey("Send a key as “Authorization: Bearer …”. `songsheet key create` issues one.")
    )


@api.exception_handler(ValidationError)
def not_as_expected(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors: dict[str, list[str]] = {}
    for one in error.errors:
        where = ".".join(str(part) for part in one["loc"] if part not in ("body", "query", "path"))
        errors.setdefault(where or "body", []).append(str(one["msg"]))
    names = ", ".join(sorted(errors))
    return problem_response(NotAsExpected(f"Some of what was sent cannot be used: {names}.", errors=errors))


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What is refused before it reaches us: a body that is no JSON, a session's request without its token."""
    if error.status_code == NotAllowed.status:
        problem = "A session's request carries its form token (X-CSRFToken). Send it, or a key."
        return problem_response(NotAllowed(problem))
    return problem_response(NotRead("The body cannot be read. Send JSON that is whole."))


@api.exception_handler(DatabaseError)
def busy(request: HttpRequest, error: DatabaseError) -> HttpResponse:
    refusal = from_database(error)
    if refusal is None:
        raise error
    return problem_response(refusal)


@csrf_exempt
def no_such_address(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 of the API for an address that does not exist."""
    return problem_response(NotFound("There is no such address on the API. See /api/v1/openapi.json."))
