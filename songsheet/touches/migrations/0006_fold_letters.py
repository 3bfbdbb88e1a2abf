"""Names with letters such as ø and ł are found without them."""

from typing import Any

from django.db import migrations

from songsheet.base.refolding import fold_register_again


def fold_again(apps: Any, schema_editor: Any) -> None:
    fold_register_again(schema_editor, "touches_source")


class Migration(migrations.Migration):
    dependencies = [("touches", "0005_archives")]
    operations = [migrations.RunPython(fold_again, migrations.RunPython.noop)]
