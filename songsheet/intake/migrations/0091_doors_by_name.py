from django.db import migrations, models

DOORS = [("event", "Program"), ("script", "Page"), ("click", "Link"), ("hook", "Hook")]


class Migration(migrations.Migration):
    """Only what the doors are called: no statement is run."""

    dependencies = [("intake", "0080_rounds")]

    operations = [
        migrations.AlterField(
            model_name=name, name="door", field=models.CharField(choices=DOORS, max_length=8)
        )
        for name in ("heldback", "hit", "inbox", "raw")
    ]
