"""The gallery behind a real address, with the real policies on content, for a real browser."""

from collections.abc import Iterator
from pathlib import Path
from shutil import which
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def gallery_settings(settings: Any) -> Any:
    """The pages of gallery.py under the real templates, tags and content policy, without a database."""
    settings.ROOT_URLCONF = "songsheet.ui.tests.gallery"
    settings.MIDDLEWARE = ["csp.middleware.CSPMiddleware", "django_htmx.middleware.HtmxMiddleware"]
    engine = settings.TEMPLATES[0]
    processors = [f"django.template.context_processors.{name}" for name in ("request", "csrf")]
    settings.TEMPLATES = [
        {
            **engine,
            "DIRS": [*engine["DIRS"], Path(__file__).parent / "templates"],
            "OPTIONS": {**engine["OPTIONS"], "context_processors": processors},
        }
    ]
    return settings


@pytest.fixture
def gallery(gallery_settings: Any) -> Iterator[str]:
    """The gallery's address."""
    server = make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), Server, Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium where it is, else Playwright's own; without background traffic."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    found = which("chromium")
    return {**browser_type_launch_args, "args": quiet, **({"executable_path": found} if found else {})}
