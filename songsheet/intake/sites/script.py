"""The script that pages of our sites load: one small file, the same for everybody, without a cookie."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

_FILE = Path("songsheet/dist/visits.js")


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """Kept by browsers for an hour, and asked for again by its mark."""
    text, mark = _read(settings.DEBUG and (settings.STATIC_ROOT / _FILE).stat().st_mtime_ns)
    answer: HttpResponse
    if request.headers.get("If-None-Match") == mark:
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    answer["ETag"] = mark
    answer["Cache-Control"] = "public, max-age=3600"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@cache
def _read(changed_at: object) -> tuple[bytes, str]:
    text = (settings.STATIC_ROOT / _FILE).read_bytes()
    return text, f'"{hashlib.sha256(text).hexdigest()[:20]}"'
