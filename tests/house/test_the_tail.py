"""The longest files, functions, views and templates: what passes the mark wants a place of its own."""

import re

from tests.house.reading import PACKAGE, functions, modules, name_of, part_of, templates

LINES = 300
FUNCTION = 50
VIEW = 25
TEMPLATE = 120
#: What is longer, and why it is better so.
LONGER: dict[str, str] = {}


LONGER_FUNCTIONS = {"ui/components/controls.py button": "a line for each thing that a button may have"}


def test_files_are_short() -> None:
    wrong = [
        f"{name_of(path)} has {count} lines"
        for path in modules(tests=True)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LINES
        and name_of(path) not in LONGER
    ]
    assert not wrong


def test_functions_are_short() -> None:
    wrong = [
        f"{name_of(path)}:{one.lineno} {one.name} has {length} lines"
        for path in modules()
        for one in functions(path)
        if (length := (one.end_lineno or 0) - one.lineno + 1) > FUNCTION
        and f"{name_of(path)} {one.name}" not in LONGER_FUNCTIONS
    ]
    assert not wrong


def test_views_are_short() -> None:
    wrong = [
        f"{name_of(path)}:{one.lineno} {one.name} has {length} lines"
        for path in modules()
        if re.search(r"(^|_|/)views\.py$", name_of(path))
        for one in functions(path)
        if one.decorator_list and any(argument.arg == "request" for argument in one.args.args)
        if (length := (one.end_lineno or 0) - one.lineno + 1) > VIEW
    ]
    assert not wrong


def test_templates_are_short() -> None:
    wrong = [name_of(one) for one in templates() if len(one.read_text("utf-8").splitlines()) > TEMPLATE]
    assert not wrong


def test_what_is_said_to_be_longer_still_is() -> None:
    for name in LONGER:
        assert len((PACKAGE / name).read_text("utf-8").splitlines()) > LINES, f"{name} is short again"


def test_public_things_say_what_they_are() -> None:
    """Public functions and classes of the parts have a docstring."""
    wrong = [
        f"{name_of(path)}:{one.lineno} {one.name}"
        for path in modules()
        if re.search(r"/(actions|queries|api|views|events|adopt\w*)\.py$", name_of(path))
        and part_of(path) != "config"
        for one in functions(path)
        if one.col_offset == 0 and not one.name.startswith("_") and not (one.body and _is_text(one.body[0]))
    ]
    assert not wrong


def _is_text(node: object) -> bool:
    value = getattr(getattr(node, "value", None), "value", None)
    return isinstance(value, str)


def test_templates_hold_no_script_and_no_style_of_their_own() -> None:
    """The policy forbids both; a data script (json) and one with a src are none."""
    wrong = []
    for path in templates():
        text = path.read_text("utf-8")
        if re.search(r"<script(?![^>]*(src=|application/json))|<style|\sstyle=|\son[a-z]+=|\|safe\b", text):
            wrong.append(name_of(path))
    assert not wrong


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    wrong = [name_of(one) for one in modules(tests=True) if marks.search(one.read_text("utf-8"))]
    assert not wrong
