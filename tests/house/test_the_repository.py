"""What is locked, migrated and frozen: the same on every machine."""

import re

from django.conf import settings
from django.core.management import call_command

from tests.house.reading import PACKAGE

ROOT = PACKAGE.parent


def test_the_migrations_say_what_the_models_say(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_job_is_known_to_the_workers() -> None:
    """A job in a module that no worker loads is never done."""
    paths = [path.relative_to(ROOT).with_suffix("").parts for path in PACKAGE.rglob("jobs.py")]
    there = {".".join(parts) for parts in paths}
    assert there <= set(settings.PROCRASTINATE_IMPORT_PATHS)


def test_no_lock_file_names_a_host() -> None:
    """Which registry is asked is a matter of the machine."""
    for name in ("package-lock.json", "requirements.txt", "requirements-dev.txt", ".npmrc"):
        path = ROOT / name
        text = path.read_text("utf-8") if path.exists() else ""
        assert '"resolved"' not in text, name
        assert not re.search(
            r"^\s*(-i|--index-url|--extra-index-url|--find-links|registry)\b", text, re.MULTILINE
        ), name


def test_every_requirement_is_locked_with_its_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
        pinned = [line for line in text.splitlines() if line and not line.lstrip().startswith(("#", "-"))]
        assert pinned
        assert [line for line in pinned if "==" not in line or "--hash=sha256:" not in line] == []
