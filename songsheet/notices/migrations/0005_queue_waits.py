"""Who answers for a queue is told of leads that nobody could take."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0004_returns"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="cause",
            field=models.CharField(
                choices=[
                    ("mention", "Mention"),
                    ("task_given", "Task Given"),
                    ("lead_given", "Lead Given"),
                    ("deal_given", "Deal Given"),
                    ("reminder", "Reminder"),
                    ("import_done", "Import Done"),
                    ("import_failed", "Import Failed"),
                    ("bulk_done", "Bulk Done"),
                    ("webhook_stopped", "Webhook Stopped"),
                    ("agreement_asked", "Agreement Asked"),
                    ("agreement_late", "Agreement Late"),
                    ("clock_soon", "Clock Soon"),
                    ("clock_over", "Clock Over"),
                    ("returned", "Returned"),
                    ("return_disputed", "Return Disputed"),
                    ("return_answered", "Return Answered"),
                    ("queue_waits", "Queue Waits"),
                ],
                max_length=16,
            ),
        ),
    ]
