from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_forgetting")]

    operations = [
        migrations.AddField(
            model_name="cursor",
            name="began",
            field=models.BigIntegerField(null=True),
        ),
    ]
