"""Imports, templates and references go down; siblings do not speak."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import ForeignKey

from tests.house.reading import PACKAGE, STOREYS, is_below_or_same, modules, name_of, part_of, templates

#: References that are walked the other way too, by name: lower things whose rows belong to them.
WALKED_BACK = {
    "buyers_mail.person", "buyers_phone.person", "buyers_externalid.person", "buyers_externalid.company",
    "buyers_consent.person", "buyers_donotcontact.person", "leads_lead.person", "deals_deal.lead",
    "desk_standing.lead", "imports_importfile.run", "buyers_person.root",
}  # fmt: skip
#: References without an index, and why they need none.
UNINDEXED = {
    "imports_import.member_id": "a row per import",
    "imports_rowseen.first_id": "asked for by an undo alone, which reads the whole table once",
    "imports_rowseen.last_id": "asked for by an undo alone, which reads the whole table once",
}
_NAMED = re.compile(r"""\{%-?\s*(?:include|extends)\s+["']([^"'#]+)""")


def references() -> list[Any]:
    return [
        field
        for model in apps.get_models()
        if model.__module__.startswith("songsheet.")
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
    ]


def test_the_contract_of_the_storeys_holds() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter], cwd=PACKAGE.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_part_is_a_storey_and_has_one_sentence() -> None:
    parts = {one.parent.name for one in PACKAGE.glob("*/__init__.py")}
    assert parts <= set(STOREYS)
    assert set(settings.PARTS) | {"config"} == set(STOREYS)
    for part in parts:
        first = (PACKAGE / part / "__init__.py").read_text(encoding="utf-8")
        assert re.match(r'"""[A-Z][^"]+\."""\n', first), f"{part} does not say what it is for"


def test_references_point_down() -> None:
    wrong = [
        str(field)
        for field in references()
        if not is_below_or_same(
            field.model.__module__.split(".")[1], field.related_model.__module__.split(".")[1]
        )
    ]
    assert not wrong


def test_references_are_walked_one_way_unless_it_is_said() -> None:
    back = {
        f"{field.model._meta.db_table}.{field.name}"
        for field in references()
        if field.remote_field.related_name != "+"
    }
    assert back == WALKED_BACK


def test_every_reference_is_indexed(db: None) -> None:
    """By an index that begins with it: whoever deletes or asks from the other side would scan the table."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select t.relname || '.' || a.attname from pg_index i
                 join pg_class t on t.oid = i.indrelid
                 join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]"""
        )
        led = {row[0] for row in cursor.fetchall()}
    held = [one for one in references() if one.db_constraint]
    columns = {f"{one.model._meta.db_table}.{one.column}" for one in held}
    assert columns - led == set(UNINDEXED)


def test_templates_name_only_their_own_part_or_a_lower_one() -> None:
    wrong = []
    for path in templates():
        for name in _NAMED.findall(path.read_text(encoding="utf-8")):
            other = name.split("/")[0]
            if other in STOREYS and not is_below_or_same(part_of(path), other):
                wrong.append(f"{name_of(path)} names {name}")
    assert not wrong


def test_models_are_never_looked_up_by_name() -> None:
    """A name in a text would hide a reference from the contract."""
    wrong = [
        name_of(path)
        for path in modules()
        if re.search(r"apps\.get_model\(|get_model\(|ContentType\b(?!=)", path.read_text(encoding="utf-8"))
    ]
    assert not wrong


def test_references_name_the_model_itself_not_a_text() -> None:
    wrong = [
        f"{name_of(path)}: {found}"
        for path in PACKAGE.glob("*/models.py")
        for found in re.findall(
            r"""(?:ForeignKey|OneToOneField)\(\s*["'](?!self["'])[^"']+["']""", path.read_text()
        )
    ]
    assert not wrong
