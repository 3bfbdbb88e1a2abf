"""What was found by letters such as ø, or by the key of what was chosen, is found by what people type.

A job cuts those words again, a part at a time; nothing is locked here.
"""

from django.db import migrations, models

WHAT = [
    "insert into find_again (kind, after, until, field) select kind, 0, max(of), '' from find_found group by kind",
    """
insert into find_again (kind, after, until, field)
select found.kind, 0, found.until, field.name
  from team_customfield field
  join (values ('person', 1), ('company', 2), ('lead', 3), ('deal', 4), ('campaign', 5)) as known ("on", kind)
    on known."on" = field."on"
  join (select kind, max(of) as until from find_found group by kind) as found on found.kind = known.kind
 where field.type = 'choice' or field.gone_at is not null""",
]


class Migration(migrations.Migration):
    dependencies = [("find", "0002_where_it_began"), ("team", "0006_money_fields")]

    operations = [
        migrations.CreateModel(
            name="Again",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.SmallIntegerField()),
                ("after", models.BigIntegerField(default=0)),
                ("until", models.BigIntegerField()),
                ("field", models.CharField(blank=True, default="", max_length=60)),
            ],
        ),
        migrations.RunSQL(WHAT, migrations.RunSQL.noop),
    ]
