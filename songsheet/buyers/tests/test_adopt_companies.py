"""Bringing companies in: by external id, domain, then name."""

from datetime import datetime, timedelta

import pytest

from songsheet.buyers.adopt import CompanyRow, adopt_companies
from songsheet.buyers.events import CompanyChanged, CompanyMet
from songsheet.buyers.models import Company
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.team.acting import as_import

BY = as_import("import_00000000000000000000000001")
pytestmark = pytest.mark.django_db


def test_a_company_is_met_once_whatever_its_website_is_called(at: datetime) -> None:
    rows = [
        CompanyRow(name="Brightwater Dental", domain="https://www.brightwater.example/about"),
        CompanyRow(name="Brightwater", domain="mail.brightwater.example"),
        CompanyRow(domain="brightwater.example", industry="Health"),
    ]
    adopted = adopt_companies(rows, by=BY, at=at)
    assert len({one.ref for one in adopted}) == 1
    assert [one.outcome for one in adopted] == ["created", "updated", "updated"]
    company = Company.objects.get()
    assert (company.name, company.domain, company.industry, company.version) == (
        "Brightwater", "brightwater.example", "Health", 3,
    )  # fmt: skip
    assert_recorded(CompanyMet)
    assert [entry.event.fields for entry in recorded(CompanyChanged)] == ["name", "industry"]


def test_a_domain_where_anybody_gets_an_address_makes_no_company(at: datetime) -> None:
    nameless, named = adopt_companies(
        [CompanyRow(domain="gmail.com"), CompanyRow("Acme", "gmail.com")], by=BY, at=at
    )
    assert (nameless.outcome, nameless.column) == ("rejected", "name")
    assert Company.objects.get(key=named.key).domain == ""


def test_two_of_one_name_are_one_unless_domain_or_id_tell_them_apart(at: datetime) -> None:
    rows = [
        CompanyRow("Acme", "acme.example", external=("zoho", "1")),
        CompanyRow("ACME"),
        CompanyRow("Acme", "acme-two.example"),
        CompanyRow("Acme", external=("zoho", "2")),
    ]
    adopted = adopt_companies(rows, by=BY, at=at)
    assert adopted[0].ref == adopted[1].ref
    assert adopted[2].ref != adopted[0].ref
    assert adopted[3].ref == adopted[2].ref


def test_a_domain_that_another_company_has_stays_theirs_and_the_row_says_so(at: datetime) -> None:
    adopt_companies(
        [CompanyRow("One", "one.example"), CompanyRow("Two", external=("zoho", "2"))], by=BY, at=at
    )
    (adopted,) = adopt_companies([CompanyRow("Two", "one.example", external=("zoho", "2"))], by=BY, at=at)
    assert (adopted.outcome, adopted.column) == ("unchanged", "domain")


def test_the_earliest_meeting_counts(at: datetime) -> None:
    early = at - timedelta(days=700)
    adopt_companies([CompanyRow("Acme")], by=BY, at=at)
    (second,) = adopt_companies([CompanyRow("Acme", met_at=early)], by=BY, at=at)
    assert second.before == {"met_at": at.isoformat()}
    assert Company.objects.get().met_at == early
