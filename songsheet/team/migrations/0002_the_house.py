"""The one row of settings, with its defaults."""

from django.db import migrations


def found(apps, schema_editor):
    apps.get_model("team", "House").objects.get_or_create(id=1)


class Migration(migrations.Migration):
    dependencies = [("team", "0001_initial")]
    operations = [migrations.RunPython(found, migrations.RunPython.noop)]
