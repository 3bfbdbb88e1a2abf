from django.db import migrations


class Migration(migrations.Migration):
    """What stands recorded before today both readers of search hear; from here each hears its own."""

    dependencies = [("find", "0001_initial"), ("journal", "0004_where_a_reader_began")]

    operations = [
        migrations.RunSQL(
            """update journal_reader set began = (select position from journal_head)
                where name = 'find.now' and began is null""",
            migrations.RunSQL.noop,
        ),
    ]
