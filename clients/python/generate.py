"""Writes songsheet_client.py from the OpenAPI description of the API: one method for each operation.

`python clients/python/generate.py [openapi.json] [songsheet_client.py]`; without a file the description is
taken from the code beside it. The client needs nothing but Python.
"""

import json
import keyword
import re
import sys
import textwrap
from pathlib import Path
from typing import Any

HEAD = '''"""The client of Songsheet's API, generated from its description: one method for each operation.

    client = Client("https://songsheet.company.example", "songsheet_…")
    lead = client.create_lead({"person": {"name": "Suzanne Okafor"}}, idempotency_key="form-17")
    for row in client.every(client.list_leads, state="open"):
        ...
"""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from typing import Any


class Problem(Exception):
    """A refusal: `status`, `code` for programs, `detail` for people, `errors` by field."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(body.get("detail") or f"HTTP {status}")
        self.status = status
        self.code = body.get("code", "")
        self.detail = body.get("detail", "")
        self.errors = body.get("errors") or {}
        self.extra = body.get("extra") or {}


class Client:
    """Asks one Songsheet with one key; waits and asks again while it is busy or the minute is used up."""

    def __init__(self, url: str, key: str, *, timeout: float = 30, patience: int = 3) -> None:
        self.url = url.rstrip("/")
        self.key = key
        self.timeout = timeout
        self.patience = patience

    def every(self, operation: Callable[..., Any], **filters: Any) -> Iterator[dict[str, Any]]:
        """All rows of a list, page after page."""
        after = None
        while True:
            page = operation(after=after, **filters)
            yield from page["items"]
            after = page["next"]
            if after is None:
                return

    def _ask(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, Any] | None = None,
        body: Any = None,
        idempotency_key: str | None = None,
        version: int | None = None,
    ) -> Any:
        given = {name.rstrip("_"): value for name, value in (query or {}).items() if value is not None}
        url = f"{self.url}{path}" + (f"?{urllib.parse.urlencode(given)}" if given else "")
        headers = {"Authorization": f"Bearer {self.key}", "Accept": "application/json"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if method == "POST":
            headers["Idempotency-Key"] = idempotency_key or str(uuid.uuid4())
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        for attempt in range(self.patience + 1):
            request = urllib.request.Request(url, data, headers, method=method)
            try:
                with urllib.request.urlopen(request, timeout=self.timeout) as answer:
                    content, kind = answer.read(), answer.headers.get("Content-Type", "")
                    return json.loads(content or b"null") if "json" in kind else content
            except urllib.error.HTTPError as error:
                if error.code not in (429, 503) or attempt == self.patience:
                    raise Problem(error.code, _read(error)) from None
                time.sleep(float(error.headers.get("Retry-After") or 1))
        raise AssertionError("not reached")

'''
TAIL = """

def _read(error: urllib.error.HTTPError) -> dict[str, Any]:
    try:
        body = json.loads(error.read())
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _key(value: str) -> str:
    return urllib.parse.quote(value, safe="")
"""


def method_of(path: str, verb: str, operation: dict[str, Any], schemas: dict[str, Any]) -> str:
    """One operation as a method: keys of the path, then the body, then filters and paging by name."""
    given = operation.get("parameters", [])
    in_path = [_name(one["name"]) for one in given if one["in"] == "path"]
    in_query = [_name(one["name"]) for one in given if one["in"] == "query"]
    content = operation.get("requestBody", {}).get("content", {})
    has_body = "application/json" in content
    is_list = "after" in in_query and operation["operationId"].startswith("list_")
    signature = [
        "self",
        *[f"{name}: str" for name in in_path],
        *(["body: dict[str, Any]"] if has_body else []),
    ]
    named = [f"{name}: Any = None" for name in in_query]
    passed = [
        f"query={{{', '.join(f'{name!r}: {name}' for name in in_query)}{', **filters' if is_list else ''}}}"
    ]
    passed = passed if in_query else []
    if is_list:
        named.append("**filters: Any")
    if verb == "post":
        named.insert(0, "idempotency_key: str | None = None")
        passed.append("idempotency_key=idempotency_key")
    if verb == "patch" and "version" not in in_query:
        named.insert(0, "version: int | None = None")
        passed.append("version=version")
    if named and not named[0].startswith("**"):
        signature.append("*")
    filled = re.sub(r"\{(\w+)\}", lambda match: "{_key(" + _name(match[1]) + ")}", path)
    target = f'f"{filled}"' if "{" in filled else f'"{filled}"'
    arguments = ", ".join([f'"{verb.upper()}"', target, *passed, *(["body=body"] if has_body else [])])
    words = " ".join((operation.get("description") or operation.get("summary") or "").split())
    fields = _fields(content, schemas) if has_body else ""
    doc = textwrap.wrap(f"{words}{fields}", 96)
    lines = [
        f"    def {operation['operationId']}({', '.join([*signature, *named])}) -> Any:",
        f'        """{doc[0]}' + ('"""' if len(doc) == 1 else ""),
        *[f"        {line}" for line in doc[1:]],
        *(['        """'] if len(doc) > 1 else []),
        f"        return self._ask({arguments})",
    ]
    return "\n".join(lines) + "\n"


def _fields(content: dict[str, Any], schemas: dict[str, Any]) -> str:
    named = content["application/json"]["schema"].get("$ref", "").rpartition("/")[2]
    names = list(schemas.get(named, {}).get("properties", {}))
    return f" Body: {', '.join(names)}." if names else ""


def _name(name: str) -> str:
    plain = name.replace("-", "_")
    return f"{plain}_" if keyword.iskeyword(plain) else plain


def client_of(schema: dict[str, Any]) -> str:
    """The module for a description."""
    schemas = schema.get("components", {}).get("schemas", {})
    methods = [
        method_of(path, verb, operation, schemas)
        for path, operations in schema["paths"].items()
        for verb, operation in operations.items()
        if "multipart/form-data" not in operation.get("requestBody", {}).get("content", {})
    ]
    return HEAD + "\n".join(methods) + TAIL


def described() -> dict[str, Any]:
    """The description by the code beside this file."""
    import os

    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    import django

    django.setup()
    from songsheet.config.api import api

    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


def main(words: list[str]) -> None:
    """Read the description, write the client."""
    here = Path(__file__).resolve().parent
    schema = json.loads(Path(words[0]).read_text(encoding="utf-8")) if words else described()
    target = Path(words[1]) if len(words) > 1 else here / "songsheet_client.py"
    target.write_text(client_of(schema), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
