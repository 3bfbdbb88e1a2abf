"""What the house tests read: the modules and templates of the package, part by part."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

PACKAGE: Path = settings.PACKAGE
#: The storeys, the highest first, as pyproject's contract has them.
STOREYS = ["config", "desk", "notices", "beside", "imports", "intake", "flows", "find", "deals", "handoffs", "content", "leads", "touches", "buyers", "song", "agreements", "clocks", "tags", "team", "files", "journal", "doors", "ui", "base"]  # fmt: skip  # noqa: E501


def modules(*, tests: bool = False) -> list[Path]:
    """The modules of the package but migrations; tests too when asked for."""
    found = sorted(PACKAGE.rglob("*.py"))
    return [one for one in found if "migrations" not in one.parts and (tests or "tests" not in one.parts)]


def templates() -> list[Path]:
    """The templates of the package but those that only tests draw."""
    found = [*PACKAGE.glob("*/templates/**/*.html"), *PACKAGE.glob("*/templates/**/*.txt")]
    return sorted(one for one in found if "tests" not in one.parts)


def name_of(path: Path) -> str:
    """The place of a file, such as team/actions.py."""
    return path.relative_to(PACKAGE).as_posix()


def part_of(path: Path) -> str:
    """The part a file belongs to."""
    return path.relative_to(PACKAGE).parts[0]


def is_below_or_same(part: str, other: str) -> bool:
    """Whether a part may know another: itself, or a lower storey."""
    return STOREYS.index(other) >= STOREYS.index(part)


@cache
def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
