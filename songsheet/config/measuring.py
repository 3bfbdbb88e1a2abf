"""The outermost layer around a request: its id, how long it took, and a line where that is wanted."""

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from songsheet.config import metrics
from songsheet.config.logs import REQUEST_ID, route_of

log = logging.getLogger("songsheet.requests")


class MeasuringMiddleware:
    """Gives each request its id, counts it by route and status, and logs it when SONGSHEET_LOG says so."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response
        self.tells = settings.ENVIRONMENT.log == "requests"

    def __call__(self, request: Any) -> HttpResponse:
        began = time.perf_counter()
        request.id = secrets.token_hex(8)
        token = REQUEST_ID.set(request.id)
        try:
            response = self.get_response(request)
            self._tell(request, response, time.perf_counter() - began)
            return response
        finally:
            REQUEST_ID.reset(token)

    def _tell(self, request: Any, response: HttpResponse, seconds: float) -> None:
        route = route_of(request)
        metrics.answered(request.method, route, response.status_code, seconds)
        if self.tells:
            fields = {
                "method": request.method,
                "route": route,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
            }
            log.info("answered", extra={"fields": fields})
