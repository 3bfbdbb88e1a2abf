"""The gallery behind a real address, with the real policies on content, for a real browser."""

from collections.abc import Iterator
from pathlib import Path
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
    """The pages of gallery.py under the real templates, tags and content policy, without sessions or database."""
    settings.ROOT_URLCONF = "songsheet.ui.tests.gallery"
    settings.MIDDLEWARE = ["csp.middleware.CSPMiddleware", "django_htmx.middleware.HtmxMiddleware"]
    engine = settings.TEMPLATES[0]
    processors = ["django.template.context_processors.request", "django.template.context_processors.csrf"]
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
