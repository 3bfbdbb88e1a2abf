"""What journeys and the wider matrix share: a served demo, a browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serving import Served, serving

PICTURES = Path(
    os.environ.get("PYTEST_PICTURES", Path(__file__).resolve().parent.parent / ".cache" / "pictures")
)


def database_url(name: str) -> str:
    """The address of a database on the tests' server."""
    from django.conf import settings

    given = settings.DATABASES["default"]
    return f"postgresql://{given['USER']}@/{name}?host={given['HOST']}"


@pytest.fixture(scope="session")
def demo(template_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo company, served: one for each worker of the tests."""
    import conftest as root

    name = f"demo_{os.getpid()}"
    root._copy(template_database, name)
    try:
        with serving(
            tmp_path_factory.mktemp("demo"), database_url(name), command=("demo",), patience=180
        ) as served:
            yield served
    finally:
        root._drop(name)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's Chromium, without a sandbox where one is root and without calls home."""
    named = os.environ.get("SONGSHEET_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    quiet = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
    ]
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        **({"executable_path": named} if named else {}),
        "args": [*quiet, *root],
    }


@pytest.fixture
def pictures() -> Path:
    """Where the pictures of a run are put, to be looked at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """SONGSHEET_BROWSER=off is the only way round the browser tests, and it is said."""
    if os.environ.get("SONGSHEET_BROWSER") == "off":
        left_out = [item for item in items if item.get_closest_marker("browser")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
