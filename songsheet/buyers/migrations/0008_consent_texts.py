"""What people read when they allow something: versions that stay as they were read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import songsheet.buyers.models

STAYS = """
create function buyers_consent_text_stays() returns trigger language plpgsql as $$
begin
    raise exception 'a text of consent stays as it was read' using errcode = 'restrict_violation';
end $$;
create trigger buyers_consent_text_stays before update or delete on buyers_consenttext
   for each row execute function buyers_consent_text_stays();
"""
GOES = """
drop trigger buyers_consent_text_stays on buyers_consenttext;
drop function buyers_consent_text_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("buyers", "0007_fold_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="source",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.CreateModel(
            name="ConsentText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=songsheet.buyers.models.wording_key,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("mail", "Mail"),
                            ("call", "Call"),
                            ("post", "Post"),
                            ("tracking", "Tracking"),
                        ],
                        max_length=12,
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("number", models.PositiveIntegerField()),
                ("text", models.CharField(max_length=2000)),
                ("since", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="consent",
            name="wording",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="buyers.consenttext",
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(
                condition=models.Q(("wording__isnull", False)), fields=["wording"], name="consent_of_wording"
            ),
        ),
        migrations.AddConstraint(
            model_name="consenttext",
            constraint=models.UniqueConstraint(
                fields=("purpose", "language", "number"), name="consent_text_of_a_number"
            ),
        ),
        migrations.RunSQL(STAYS, GOES),
    ]
