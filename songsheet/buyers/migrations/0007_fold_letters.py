"""Names with letters such as ø and ł are found without them; some at a time, beside those who work."""

from typing import Any

from django.db import migrations

from songsheet.base.refolding import fold_names_again

#: Of these duplicates were compared otherwise: where a name holds one, the job stores the blocks of all anew.
_COMPARED_OTHERWISE = "[ħŋŧĸƒəɓɗƙɨ]"


def hash_again(apps: Any, schema_editor: Any) -> None:
    """Before they are folded: if this is cut off, it is asked again."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            f"""select exists (select from buyers_person where name_folded ~ '{_COMPARED_OTHERWISE}')
                    or exists (select from buyers_company where name_folded ~ '{_COMPARED_OTHERWISE}')"""
        )
        if cursor.fetchone()[0]:
            cursor.execute("truncate buyers_personblock, buyers_companyblock")


def fold_again(apps: Any, schema_editor: Any) -> None:
    for table in ("buyers_company", "buyers_person"):
        fold_names_again(schema_editor, table, 300)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("buyers", "0006_hash_again")]
    operations = [
        migrations.RunPython(hash_again, migrations.RunPython.noop),
        migrations.RunPython(fold_again, migrations.RunPython.noop),
    ]
