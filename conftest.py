"""Tests run on the embedded PostgreSQL, each worker in a copy of one migrated template; none is flushed."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
for name in [name for name in os.environ if name.startswith("SONGSHEET_") and name != "SONGSHEET_BROWSER"]:
    del os.environ[name]
os.environ.pop("DATABASE_URL", None)
os.environ["SONGSHEET_HOME"] = str(ROOT / ".cache" / "tests")
os.environ["DJANGO_SETTINGS_MODULE"] = "songsheet.config.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

import django  # noqa: E402
import psycopg  # noqa: E402
import pytest  # noqa: E402
from psycopg import sql  # noqa: E402

from songsheet.base.tests.cast import CAST, TUESDAY  # noqa: E402

# Here and not by an option of pytest-django, which would read the settings before the home is named.
django.setup()

from songsheet.team.hours.holidays import load  # noqa: E402

load()


def _server() -> psycopg.Connection[Any]:
    from django.conf import settings

    given = settings.DATABASES["default"]
    return psycopg.connect(
        host=given["HOST"], port=given["PORT"] or None, user=given["USER"], dbname="postgres", autocommit=True
    )


@contextmanager
def _alone(name: str) -> Iterator[None]:
    path = Path(os.environ["SONGSHEET_HOME"]) / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _schema_hash() -> str:
    digest = hashlib.sha256()
    for path in sorted(
        [
            *ROOT.glob("songsheet/*/migrations/*.py"),
            ROOT / "requirements.txt",
            ROOT / "songsheet/config/prepare.py",
            ROOT / "songsheet/config/wiring.py",  # a fresh house has a draft of each kind of agreement
        ]
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _make_template(blocker: Any) -> str:
    """One migrated database per state of the migrations, made by the first worker that needs it."""
    from django.conf import settings
    from django.db import connections

    template = f"template_{_schema_hash()}"
    with _alone("template"), _server() as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            return template
        for (old,) in server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%%' AND NOT datistemplate"
        ).fetchall():
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))
        making = f"making_{template}"
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(making)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
        connection = connections["default"]
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = making
        with blocker.unblock():
            from songsheet.config.prepare import ready

            ready()
            connection.close()
        server.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(template))
        )
    return template


def _use(name: str) -> None:
    from django.conf import settings
    from django.db import connections

    connections["default"].close()
    connections["default"].settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def _copy(template: str, name: str) -> None:
    with _alone("template"), _server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )


def _drop(name: str) -> None:
    with _server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def template_database(django_db_blocker: Any) -> str:
    return _make_template(django_db_blocker)


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker: Any) -> Iterator[None]:
    """A database of this process's own, copied from the template; dropped at the end."""
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    _copy(template_database, name)
    _use(name)
    yield
    with django_db_blocker.unblock():
        from django.db import connections

        connections.close_all()
    _drop(name)


@pytest.fixture
def own_database(django_db_setup: None, template_database: str, django_db_blocker: Any) -> Iterator[str]:
    """A fresh database where commits are real: for several processes, threads, kills. Gives its name."""
    from django.conf import settings

    before = settings.DATABASES["default"]["NAME"]
    name = f"own_{os.getpid()}_{os.urandom(3).hex()}"
    _copy(template_database, name)
    with django_db_blocker.unblock():
        _use(name)
        yield name
        _use(before)
    _drop(name)


@pytest.fixture
def at() -> datetime:
    """The Tuesday, 10:12."""
    return TUESDAY


@pytest.fixture
def cast(request: pytest.FixtureRequest, at: datetime) -> dict[str, Any]:
    """The members of the cast by first name in lower case, such as cast["priya"]."""
    if "own_database" not in request.fixturenames:
        request.getfixturevalue("db")
    from songsheet.team.acting import as_system
    from songsheet.team.actions import join_team

    made = {}
    for one in CAST:
        member = join_team(name=one.name, email=one.email, role=one.role, by=as_system("tests"), at=at)
        made[one.name.split()[0].lower()] = member
    return made
