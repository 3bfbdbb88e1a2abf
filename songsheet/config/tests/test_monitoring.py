"""What monitors and operators are told, and what they must not be told."""

import json
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from songsheet.config import doctor, metrics
from songsheet.config.logs import REQUEST_ID, LineFormatter, PlainFormatter
from songsheet.journal.sql import execute

pytestmark = pytest.mark.django_db
HERE: dict[str, Any] = {"HTTP_HOST": "127.0.0.1"}


def test_health_is_open_and_asks_one_statement(client: Client) -> None:
    from django.db import connection

    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/health", HTTP_HOST="testserver")
    assert (answer.status_code, answer.content, len(asked)) == (200, b"ok", 1)


@pytest.mark.parametrize("path", ["/ready", "/metrics", "/health?deep=1"])
@pytest.mark.parametrize(
    "given",
    [
        {"HTTP_HOST": "testserver"},
        {**HERE, "REMOTE_ADDR": "192.0.2.7"},
        {**HERE, "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {**HERE, "REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer "},
        {**HERE, "REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer wrong"},
    ],
)
def test_monitors_from_elsewhere_need_the_token(client: Client, path: str, given: dict[str, Any]) -> None:
    assert client.get(path, **given).status_code == 403


def test_the_token_opens_from_elsewhere(client: Client, settings: Any) -> None:
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, metrics_token="s3cret")
    given: dict[str, Any] = {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer s3cret"}
    assert client.get("/metrics", **given).status_code == 200


def test_metrics_count_by_route_and_tell_of_the_house(client: Client) -> None:
    client.get("/health", **HERE)
    told = client.get("/metrics", **HERE).content.decode()
    assert 'songsheet_request_seconds_count{method="GET",route="health",status="200"}' in told
    for name in ("journal_position", "reader_behind", "parked", "imports_running", "connections"):
        assert f"# TYPE songsheet_{name} gauge" in told
    assert 'songsheet_reader_behind{reader="desk.standing"}' in told


def test_ready_says_what_is_wrong_and_refuses(client: Client, at: datetime) -> None:
    execute(
        "insert into journal_reader (name, position, failures, error) values ('desk.standing', 0, 9, 'No.')"
        " on conflict (name) do update set failures = 9, error = 'No.'"
    )
    answer = client.get("/ready", **HERE)
    wrong = {one["about"]: one["says"] for one in answer.json()["wrong"]}
    assert answer.status_code == 503
    assert "No." in wrong["readers"]


def test_the_doctor_names_a_worker_that_is_missing() -> None:
    execute("insert into procrastinate_jobs (queue_name, task_name, args) values ('live', 'x', '{}')")
    execute("update procrastinate_events set at = at - interval '1 hour'")
    jobs = [one for one in doctor.findings() if one.about == "jobs"]
    assert not jobs[0].well
    assert "start `songsheet work`" in jobs[0].says


def test_each_finding_is_a_sentence() -> None:
    found = doctor.findings()
    assert {one.about for one in found} == set(doctor.LOOKED_AT)
    assert all(one.says.rstrip().endswith((".", ")", "…")) or ".com" in one.says for one in found), found


def record(**given: Any) -> logging.LogRecord:
    return logging.LogRecord("songsheet.x", logging.ERROR, __file__, 1, "it failed", None, given.get("exc"))


def test_a_line_has_the_request_but_not_the_words_of_an_exception() -> None:
    import sys

    token = REQUEST_ID.set("abc")
    try:
        raise ValueError("Key (address)=(s.okafor@brightwater.example) already exists.")
    except ValueError:
        written = LineFormatter().format(record(exc=sys.exc_info()))
        plain = PlainFormatter().format(record(exc=sys.exc_info()))
    finally:
        REQUEST_ID.reset(token)
    line = orjson.loads(written)
    assert (line["request"], line["error"], line["level"]) == ("abc", "ValueError", "error")
    assert "okafor" not in written + plain
    assert Path(__file__).name in json.dumps(line["trace"])


def test_what_django_says_of_a_request_names_the_route_not_the_token() -> None:
    request = RequestFactory().get("/join/very-secret")
    request.resolver_match = resolve("/join/very-secret")
    told = record()
    told.name, told.msg = "django.request", "Not Found: /join/very-secret"
    told.request, told.status_code = request, 404
    written = LineFormatter().format(told)
    assert "very-secret" not in written
    assert "404 at join/" in written


def test_the_folder_of_counts_is_emptied_before_serving(tmp_path: Path, settings: Any) -> None:
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    metrics.folder().mkdir()
    (metrics.folder() / "histogram_1.db").write_bytes(b"old")
    metrics.begin_anew()
    assert not list(metrics.folder().iterdir())
