"""Every role and nobody, on every address of the map and every operation of the API.

Never a failure of ours; reading changes nothing; a refusal leaves journal and rows as they were; what a role
may not do is refused everywhere. A new address that writes must say here what it asks for.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from songsheet.buyers.models import Company, Mail, Person
from songsheet.config.api import api
from songsheet.config.rail import RAIL
from songsheet.config.tests.asked_for import NOT_COUNTED, NOTED, OPEN, READS, REFUSED, SIGNING_IN, WRITES
from songsheet.deals.models import Deal
from songsheet.doors.pages import FORMATS
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import invite_member, issue_key, join_team
from songsheet.team.models import Member
from songsheet.team.queries import now
from songsheet.team.roles import RIGHTS, Right, Role

pytestmark = pytest.mark.slow


def addresses(resolver: Any = None, before: str = "") -> Iterator[str]:
    """Every address pattern of the map, as it is written there."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def needed(table: dict[str, Any], address: str, *, missing: Any = None) -> Any:
    """What an address asks for: by itself, or by its first word."""
    words = address.removeprefix("api/v1/")
    before = address[: len(address) - len(words)]
    return table.get(address, table.get(before + words.split("/")[0], missing))


PAGES = sorted({one for one in addresses() if not one.startswith(("api/v1/", "accounts/^", "^api"))})
OPERATIONS = sorted(
    (path, method) for path, operations in api.get_openapi_schema()["paths"].items() for method in operations
)


@pytest.fixture
def known(cast: dict[str, Any], at: datetime) -> dict[str, str]:
    """One of each thing, by the first word of the addresses it is met at."""
    company = Company.objects.create(name="Brightwater Dental", name_folded="brightwater dental", met_at=at)
    person = Person.objects.create(
        name="Suzanne Okafor", name_folded="suzanne okafor", company=company, met_at=at
    )
    Mail.objects.create(person=person, address="s.okafor@brightwater.example")
    lead = Lead.objects.create(person=person, queue=Queue.objects.get(), came_at=at, at_rest=True)
    deal = Deal.objects.create(lead=lead, opened_at=at, at_rest=True, amount=100, margin=10, currency="EUR")
    key, _ = issue_key(member=cast["tom"], scopes=["read"], by=as_member(cast["ruth"]), at=at)
    invited = invite_member(email="owen@aldermoor.example", by=as_member(cast["ruth"]), at=now())
    return {
        "buyers": person.key,
        "companies": company.key,
        "leads": lead.key,
        "deals": deal.key,
        "story": lead.key,
        "team": cast["tom"].key,
        "keys": key.key,
        "join": invited.token,
    }


def met(pattern: str, known: dict[str, str]) -> str:
    """The address of something that is there."""
    words = pattern.removeprefix("/").removeprefix("api/v1/").split("/")
    filled = re.sub(r"<int:\w+>", "1", pattern)
    return "/" + re.sub(r"<[^>]+>|\{\w+\}", known.get(words[0], "nothing"), filled).removeprefix("/")


def rows() -> Any:
    """How many rows each table has, and a sum over their versions: whatever is written changes it."""
    tables = sorted(
        {model._meta.db_table for model in apps.get_models()} - NOT_COUNTED
        | {"journal_entry", "journal_about", "journal_head"}
    )
    each = (
        f"select '{table}', count(*), sum(hashtext(ctid::text || xmin::text)::bigint) from {table}"
        for table in tables
        if not table.startswith("procrastinate_")
    )
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(each) + " order by 1")
        return cursor.fetchall()


class Asking:
    """Somebody who asks; each request is taken back, so that the next one finds everything as it was."""

    def __init__(self, member: Member | None, secret: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        if member:
            self.client.force_login(member)
        self.cookies: Any = self.client.cookies.copy()
        self.wrong: list[str] = []
        self.before = rows()

    def ask(self, method: str, path: str, **given: Any) -> int:
        """The status; what must always hold and did not is noted in `wrong`."""
        self.client.cookies = self.cookies.copy()
        point = transaction.savepoint()
        answer = getattr(self.client, method)(path, headers=self.headers, **given)
        if hasattr(answer, "streaming_content"):
            b"".join(answer.streaming_content)
        status = int(answer.status_code)
        looks = method == "get" or status >= 400
        leaves = (*(f".{form}" for form in FORMATS), "/export")
        noted = NOTED if method == "get" and path.endswith(leaves) else set()
        changed = [one for one, was in zip(rows(), self.before, strict=True) if one != was] if looks else []
        changed = [one for one in changed if one[0] not in noted]
        transaction.savepoint_rollback(point)
        if status >= 500 and status != 503:
            self.wrong.append(f"{method} {path} failed with {status}")
        if changed:
            self.wrong.append(f"{method} {path} answered {status} and changed {changed}")
        return status


def member_of(role: str, at: datetime) -> Member:
    return join_team(
        name=f"One {role}", email=f"{role}@aldermoor.example", role=role, by=as_system("tests"), at=at
    )


def is_wrong(status: int, needs: Any, role: str) -> bool:
    """Whether an answer says yes to who may not, or no to who may."""
    if not isinstance(needs, Right) or status == 405:
        return False
    return status == 403 if needs in RIGHTS[role] else status not in REFUSED


@pytest.mark.parametrize("role", Role.values)
def test_pages_answer_each_role_as_its_rights_say(role: str, known: dict[str, str], at: datetime) -> None:
    asking = Asking(member_of(role, at))
    signing_in = () if role == Role.OWNER else SIGNING_IN
    for page in [one for one in PAGES if not one.startswith(signing_in)]:
        status = asking.ask("get", met(page, known))
        needs = needed(READS, page, missing=None if page.startswith(SIGNING_IN) else Right.LOOK)
        if is_wrong(status, needs, role):
            asking.wrong.append(f"GET /{page} answered {status}")
        status = asking.ask("post", met(page, known))
        needs = needed(WRITES, page, missing=OPEN if status == 405 or page.startswith(SIGNING_IN) else "")
        if needs == "":
            asking.wrong.append(f"POST /{page} answered {status}; say in WRITES what it asks for")
        if is_wrong(status, needs, role):
            asking.wrong.append(f"POST /{page} answered {status}")
    assert not asking.wrong, "\n".join(asking.wrong)


@pytest.mark.parametrize("role", Role.values)
def test_the_api_answers_each_role_as_its_rights_say(role: str, known: dict[str, str], at: datetime) -> None:
    member = member_of(role, at)
    _, every = issue_key(member=member, scopes=["admin"], by=as_system("tests"), at=at)
    _, reading = issue_key(member=member, scopes=["read"], by=as_system("tests"), at=at)
    asking, reader = Asking(None, every), Asking(None, reading)
    wrong = asking.wrong
    for path, method in OPERATIONS:
        given = {} if method == "get" else {"data": "{}", "content_type": "application/json"}
        status = asking.ask(method, met(path, known), **given)
        address = path.strip("/").replace("{", "<").replace("}", ">")
        needs = needed(WRITES if method != "get" else READS, address)
        needs = WRITES.get(f"{method} {address}", needs)
        if method != "get" and not isinstance(needs, Right):
            wrong.append(f"say in WRITES what {method} {path} asks for")
        if is_wrong(status, needs, role):
            wrong.append(f"{method} {path} answered {status}")
        if method != "get" and reader.ask(method, met(path, known), **given) not in REFUSED:
            wrong.append(f"{method} {path} is open to a key that may only read")
    assert not wrong, "\n".join(wrong)


def test_nobody_is_sent_to_sign_in_and_gets_nothing(known: dict[str, str]) -> None:
    nobody = Asking(None)
    for page in PAGES:
        for method in ("get", "post"):
            status = nobody.ask(method, met(page, known))
            if not page.startswith(SIGNING_IN) and status != 302:
                nobody.wrong.append(f"{method} /{page} answered nobody {status}")
    for path, method in OPERATIONS:
        given = {} if method == "get" else {"data": "{}", "content_type": "application/json"}
        assert nobody.ask(method, met(path, known), **given) == 401, path
    assert not nobody.wrong, "\n".join(nobody.wrong)


def test_a_key_that_is_nobodys_opens_nothing(known: dict[str, str]) -> None:
    for asking in (Asking(None, "songsheet_made_up"), Asking(None)):
        asking.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        for path, method in OPERATIONS:
            given = {} if method == "get" else {"data": "{}", "content_type": "application/json"}
            assert asking.ask(method, met(path, known), **given) == 401, f"{method} {path}"


def test_without_the_pages_token_nothing_is_written(known: dict[str, str], cast: dict[str, Any]) -> None:
    asking = Asking(cast["ruth"])
    asking.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    asking.client.force_login(cast["ruth"])
    asking.cookies = asking.client.cookies.copy()
    for page in PAGES:
        status = asking.ask("post", met(page, known))
        if status not in (403, 404, 405):
            asking.wrong.append(f"POST /{page} without a token answered {status}")
    for path, method in OPERATIONS:
        if method != "get":
            assert asking.ask(method, met(path, known), data="{}", content_type="application/json") in (
                401,
                403,
            )


def test_what_is_asked_of_things_that_are_not_there_is_a_404(cast: dict[str, Any]) -> None:
    asking = Asking(cast["ruth"])
    for page in [one for one in PAGES if "<" in one and not one.startswith("accounts/")]:
        for key in ("nothing", "lead_00000000000000000000000000", "a\x00b", "%00", "ö" * 300):
            status = asking.ask("get", met(page, dict.fromkeys([page.split("/")[0]], key)))
            if status not in (404, 405, 422):
                asking.wrong.append(f"GET /{page} with {key!r} answered {status}")
    for path, method in OPERATIONS:
        if "{" in path and method == "get" and asking.ask("get", met(path, {})) != 404:
            asking.wrong.append(f"GET {path} of nothing is not a 404")
    assert not asking.wrong, "\n".join(asking.wrong)


def test_each_page_of_the_rail_is_in_the_map() -> None:
    missing = [
        url for section in RAIL for _, _, url, _, _ in section if url.lstrip("/") not in PAGES and url != "/"
    ]
    assert not missing, f"the rail names pages that are not there: {missing}"
