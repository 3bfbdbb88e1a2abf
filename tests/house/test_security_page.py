"""What docs/security.md names as holding a requirement is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`([\w/]+\.py)(?:::(\w+))?`")


def test_every_file_and_test_that_the_page_of_security_names_is_there() -> None:
    files = [path for top in ("songsheet", "tests") for path in (ROOT / top).rglob("*.py")]
    missing, named = [], NAMED.findall((ROOT / "docs" / "security.md").read_text())
    assert len(named) > 40
    for name, test in named:
        found = [path for path in files if path.as_posix().endswith(f"/{name}")]
        if not any(f"def {test}" in path.read_text() for path in found):
            missing.append(f"{name} {test}".strip())
    assert not missing, missing
