"""Schemathesis on the served API: every answer is as its schema says, whatever is sent."""

import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from tests.serving import ROOT, Served

pytestmark = pytest.mark.wide


def test_the_api_keeps_its_schema(demo: Served, tmp_path: Path) -> None:
    issued = demo.run("key", "create", "--member", "Ruth Abara", "--scope", "admin", "--json")
    key = orjson.loads(issued.stdout)["key"]
    done = subprocess.run(
        [
            str(Path(sys.executable).parent / "schemathesis"), "run", f"{demo.url}/api/v1/openapi.json",
            "--header", f"Authorization: Bearer {key}",
            "--max-examples", "25", "--workers", "1", "--seed", "12",
            "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,"
            "response_schema_conformance,negative_data_rejection",
            "--request-timeout", "20", "--no-color",
        ],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ROOT.exists()
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
