"""The sets and suites beside the repository, where they are."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared"


def beside(part: str) -> Path:
    """A folder of `../shared`; the test is reported as not run where it is not."""
    folder = SHARED / part
    if not folder.is_dir():
        pytest.skip(f"not run: ../shared/{part} is not here")
    return folder


@pytest.fixture
def naughty() -> list[str]:
    strings: list[str] = json.loads(
        (beside("suites/naughty-strings") / "blns.json").read_text(encoding="utf-8")
    )
    return strings


@pytest.fixture
def zoho() -> Path:
    return beside("data/zoho-crm-demo")


@pytest.fixture
def olist() -> Path:
    return beside("data/olist-marketing-funnel")


@pytest.fixture
def maven() -> Path:
    return beside("data/maven-crm-sales-opportunities")
