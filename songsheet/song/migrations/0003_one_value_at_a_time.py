# What models cannot say: two values of a fact never hold at once in one scope.

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("song", "0002_facts"),
    ]

    operations = [
        migrations.RunSQL(
            """alter table song_factvalue add constraint one_value_at_a_time
                   exclude using gist (int8range(scope_id, scope_id, '[]') with &&,
                                       tstzrange(valid_from, valid_until) with &&)
                   where (voided_at is null)""",
            "alter table song_factvalue drop constraint one_value_at_a_time",
        )
    ]
