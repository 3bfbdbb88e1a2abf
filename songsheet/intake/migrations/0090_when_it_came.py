from django.db import migrations, models

#: Days that were made before have the column as well: they are parts of this table.
RAW = "alter table intake_raw add column came_at timestamptz"


class Migration(migrations.Migration):
    dependencies = [("intake", "0050_asks")]

    operations = [
        migrations.AddField(model_name="heldback", name="came_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="raw", name="came_at", field=models.DateTimeField(null=True)),
        migrations.RunSQL(RAW, "alter table intake_raw drop column came_at"),
    ]
