"""How often each key asked in this minute; unlogged, since a count may be lost."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("doors", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Asked",
            fields=[
                ("holder", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("began", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={"db_table": "doors_asked"},
        ),
        migrations.RunSQL(
            "alter table doors_asked set unlogged; alter table doors_asked set (fillfactor = 50)",
            "alter table doors_asked set logged",
        ),
    ]
