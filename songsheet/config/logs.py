"""One line per log record; no address, token or body of a request ever gets in."""

import logging
import traceback
from contextvars import ContextVar

import orjson

#: The id of the request that this thread answers; its lines carry it.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")


class LineFormatter(logging.Formatter):
    """A JSON object a line: time, level, logger, message, request, the exception's type and places."""

    def format(self, record: logging.LogRecord) -> str:
        return orjson.dumps(self.content(record), default=str).decode()

    def content(self, record: logging.LogRecord) -> dict[str, object]:
        """What the line says. An exception's own words stay out: a database puts values into them."""
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": told(record),
        }
        if request_id := getattr(record, "request_id", None) or REQUEST_ID.get():
            line["request"] = request_id
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return line


class PlainFormatter(LineFormatter):
    """The same to be read by people at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        line = self.content(record)
        words = [line.pop("at"), line.pop("level"), line.pop("logger"), line.pop("message")]
        return "  ".join(map(str, [*words, *(f"{name}={value}" for name, value in line.items())]))


def told(record: logging.LogRecord) -> str:
    """The message; Django's own about a request names the path, which may hold a token: the route instead."""
    request = getattr(record, "request", None)
    if record.name.startswith("django.") and hasattr(request, "resolver_match"):
        return f"{getattr(record, 'status_code', '')} at {route_of(request)}".strip()
    return record.getMessage()


def route_of(request: object) -> str:
    """The pattern of the address that a request met, without the keys in it."""
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match is not None else "(no such address)"
