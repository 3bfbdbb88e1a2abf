"""Fixtures: a house with one of each thing, and somebody who asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from songsheet.team.acting import as_system
from songsheet.team.actions import issue_key
from songsheet.team.models import Member
from tests.security.world import build


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Any) -> Path:
    """Files lie in a home of this test: what others left there would be read with each export."""
    one_home = tmp_path / "home"
    one_home.mkdir()
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=one_home)
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": str(one_home / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return one_home


@pytest.fixture
def known(cast: dict[str, Any], at: datetime) -> dict[str, str]:
    """One of each thing: its key by the first word of its addresses."""
    return build(cast, at)


@pytest.fixture
def client_of() -> Callable[[Member | None], Client]:
    """Somebody's browser."""

    def of(member: Member | None) -> Client:
        client = Client(raise_request_exception=False)
        if member:
            client.force_login(member)
        return client

    return of


@pytest.fixture
def secret_of(at: datetime, settings: Any) -> Callable[..., str]:
    """A fresh secret for a program of a member, which may ask as often as it likes: one test asks for all."""
    settings.API_REQUESTS_A_MINUTE = 1_000_000

    def of(member: Member, *scopes: str) -> str:
        return issue_key(member=member, scopes=list(scopes or ["admin"]), by=as_system("tests"), at=at)[1]

    return of
