"""Blocks are stored anew by the job that keeps them: addresses have some now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("buyers", "0005_archives")]
    operations = [
        migrations.RunSQL(
            "truncate buyers_personblock, buyers_companyblock", reverse_sql=migrations.RunSQL.noop
        )
    ]
