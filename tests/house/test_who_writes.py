"""Only actions write; nothing happens behind their back."""

import ast
import re
from pathlib import Path

from tests.house.reading import modules, name_of, tree

#: Modules that hold what acts do to rows, by the name of the file; a flow is an act of several parts.
ACTIONS = re.compile(r"(actions|acts|undo|refresh|handing|adopt\w*)\.py$|/(actions|adopting)/|^flows/")
#: Others that write, and why they may. A new line here is a decision.
ALSO = {
    "journal/sealed.py": "what entries must not hold; called by actions inside their act",
    "buyers/reaching.py": "mails and phones of one person, written by the actions on people",
    "files/store.py": "bytes of files, put there by the action that keeps them",
    "doors/idempotency.py": "the kept answer is written in the transaction of the act that it answers",
}
#: Parts whose work is a long run of many acts: their own bookkeeping is no act of anybody.
BOOKKEEPING = ("imports/", "desk/standing/", "config/demo/")
#: Where the machine's own time is meant: whether a process that works on an import still lives.
MACHINE_TIME = {"imports/jobs.py", "imports/runner.py"}
WRITING = {"save", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
WHEN_OF_ROWS = {"create", "update", "delete"}
ROWS = {"objects", "filter", "exclude", "all", "select_for_update", "order_by"}


def chain(node: ast.expr) -> set[str]:
    """The names along a chain of calls, such as Lead.objects.filter(…).update."""
    names: set[str] = set()
    while True:
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        else:
            return names


def writes(path: Path) -> list[int]:
    """The lines where a module writes rows."""
    return [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in WRITING or (node.func.attr in WHEN_OF_ROWS and chain(node.func.value) & ROWS)
    ]


def test_only_actions_write() -> None:
    wrong = [
        f"{name_of(path)}:{line}"
        for path in modules()
        if not ACTIONS.search(name_of(path))
        and name_of(path) not in ALSO
        and not name_of(path).startswith(BOOKKEEPING)
        for line in writes(path)
    ]
    assert not wrong, "\n".join(wrong)


def test_what_is_said_to_write_still_does() -> None:
    for name in ALSO:
        (path,) = [one for one in modules() if name_of(one) == name]
        assert writes(path), f"{name} writes nothing any more: take it out of the list"


def test_views_and_api_never_open_an_act_of_their_own() -> None:
    wrong = [
        name_of(path)
        for path in modules()
        if re.search(r"(^|_|/)(views|api)\.py$", name_of(path))
        and re.search(r"with (act|transaction\.atomic)\(", path.read_text(encoding="utf-8"))
    ]
    assert not wrong


def test_there_are_no_signals_and_no_model_has_a_save_of_its_own() -> None:
    wrong = []
    for path in modules():
        text = path.read_text(encoding="utf-8")
        if re.search(r"django\.dispatch|models\.signals|@receiver\(", text):
            wrong.append(f"{name_of(path)} listens to a signal")
        if path.name == "models.py" and re.search(r"^ +def (save|delete)\(", text, re.MULTILINE):
            wrong.append(f"{name_of(path)} has a save of its own")
    assert not wrong


def test_nobody_asks_the_machine_for_the_time() -> None:
    """Time is passed in, so that the demo and the tests have theirs."""
    wrong = []
    for path in [one for one in modules() if name_of(one) not in MACHINE_TIME]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"datetime\.now\(|timezone\.now\(|date\.today\(|utcnow\(", line):
                wrong.append(f"{name_of(path)}:{number}")
    assert not wrong
