import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import songsheet.intake.inbox.models
import songsheet.intake.links.models
import songsheet.intake.sites.models
import songsheet.intake.visitors.models

#: Raw bodies by the day on which they came: a day that is over its term is dropped whole. What comes on a day
#: without a partition of its own stands in the last one until the nightly round makes room for it.
RAW = """
create table intake_raw (
    id bigint not null, received_at timestamptz not null, hash uuid not null, door varchar(8) not null,
    feed varchar(60) not null, body text not null, became varchar(12) not null, person_id bigint,
    primary key (received_at, id)
) partition by range (received_at);
create index intake_raw_of_person on intake_raw (person_id) where person_id is not null;
create table intake_raw_other partition of intake_raw default;
"""
# Rows come and go within a second: the table is tidied early, or reading its first rows grows slow.
TIDY = """
alter table intake_inbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("buyers", "0007_fold_letters"),
        ("touches", "0006_fold_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Raw",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "received_at", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("received_at", models.DateTimeField()),
                ("hash", models.UUIDField()),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("event", "Event"),
                            ("script", "Script"),
                            ("click", "Click"),
                            ("hook", "Hook"),
                        ],
                        max_length=8,
                    ),
                ),
                ("feed", models.CharField(max_length=60)),
                ("body", models.TextField()),
                ("became", models.CharField(max_length=12)),
                ("person_id", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "intake_raw",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Inbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hash", models.UUIDField()),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("event", "Event"),
                            ("script", "Script"),
                            ("click", "Click"),
                            ("hook", "Hook"),
                        ],
                        max_length=8,
                    ),
                ),
                ("feed", models.CharField(max_length=60)),
                ("received_at", models.DateTimeField()),
                ("body", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("hash", models.UUIDField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Site",
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
                        default=songsheet.intake.sites.models.site_key,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("origins", models.JSONField(default=list)),
                (
                    "mode",
                    models.CharField(
                        choices=[("anonymous", "Anonymous"), ("stitched", "Stitched")],
                        default="anonymous",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("gone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Visitor",
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
                        default=songsheet.intake.visitors.models.visitor_key,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("token", models.UUIDField(unique=True)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("consented_at", models.DateTimeField(null=True)),
                ("covers_past", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Link",
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
                        default=songsheet.intake.links.models.link_key,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("token", models.CharField(db_collation="C", max_length=22, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("target", models.CharField(max_length=2000)),
                ("utm", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "campaign",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="touches.campaign",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="buyers.person",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="touches.source",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Count",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("address", models.CharField(max_length=500)),
                ("came_from", models.CharField(blank=True, default="", max_length=253)),
                ("human", models.PositiveIntegerField(default=0)),
                ("machine", models.PositiveIntegerField(default=0)),
                ("unknown", models.PositiveIntegerField(default=0)),
                (
                    "site",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="intake.site",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recognised",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("form", "Form"), ("link", "Link"), ("event", "Event")], max_length=5
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="buyers.person"
                    ),
                ),
                (
                    "visitor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="intake.visitor",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Hit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hash", models.UUIDField(unique=True)),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("event", "Event"),
                            ("script", "Script"),
                            ("click", "Click"),
                            ("hook", "Hook"),
                        ],
                        max_length=8,
                    ),
                ),
                ("what", models.CharField(choices=[("page", "Page"), ("click", "Click")], max_length=5)),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("address", models.CharField(blank=True, default="", max_length=500)),
                ("title", models.CharField(blank=True, default="", max_length=200)),
                ("referrer", models.CharField(blank=True, default="", max_length=253)),
                ("utm", models.JSONField(default=dict)),
                ("agent", models.CharField(blank=True, default="", max_length=300)),
                ("network", models.CharField(blank=True, default="", max_length=45)),
                ("method", models.CharField(blank=True, default="", max_length=8)),
                ("prefetch", models.BooleanField(default=False)),
                (
                    "made_by",
                    models.CharField(
                        choices=[("human", "Human"), ("machine", "Machine"), ("unknown", "Unknown")],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                ("made_why", models.CharField(blank=True, default="", max_length=60)),
                ("touch_key", models.CharField(blank=True, default="", max_length=40)),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="touches.campaign",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="buyers.person",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="touches.source",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="intake.link",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="intake.site",
                    ),
                ),
                (
                    "visitor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="intake.visitor",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HeldBack",
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
                        default=songsheet.intake.inbox.models.held_key,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("event", "Event"),
                            ("script", "Script"),
                            ("click", "Click"),
                            ("hook", "Hook"),
                        ],
                        max_length=8,
                    ),
                ),
                ("feed", models.CharField(max_length=60)),
                ("mark", models.UUIDField()),
                ("body", models.TextField()),
                ("problem", models.CharField(max_length=500)),
                ("field", models.CharField(blank=True, default="", max_length=60)),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("replayed", "Replayed"), ("dropped", "Dropped")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["-received_at", "-id"],
                        name="held_back_by_time",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")), fields=("mark",), name="held_back_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True), ("ended_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="held_back_ends_at_a_time",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["-made_at", "-id"], name="link_by_made"),
        ),
        migrations.AddConstraint(
            model_name="count",
            constraint=models.UniqueConstraint(
                fields=("site", "day", "address", "came_from"), name="one_count_a_day"
            ),
        ),
        migrations.AddIndex(
            model_name="recognised",
            index=models.Index(fields=["visitor", "since"], name="recognised_visitor"),
        ),
        migrations.AddConstraint(
            model_name="recognised",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("visitor",),
                name="visitor_is_one_person_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(
                condition=models.Q(("visitor__isnull", False)),
                fields=["visitor", "at"],
                name="hit_of_visitor",
            ),
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(
                condition=models.Q(("person__isnull", False)), fields=["person", "at"], name="hit_of_person"
            ),
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(
                condition=models.Q(("link__isnull", False)), fields=["link", "at"], name="hit_of_link"
            ),
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(
                condition=models.Q(("site__isnull", False)), fields=["site"], name="hit_of_site"
            ),
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(
                condition=models.Q(("source__isnull", False)), fields=["source"], name="hit_of_source"
            ),
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(
                condition=models.Q(("campaign__isnull", False)), fields=["campaign"], name="hit_of_campaign"
            ),
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(
                condition=models.Q(("touch_key", ""), _negated=True),
                fields=["touch_key"],
                name="hit_of_touch",
            ),
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(fields=["network", "received_at"], name="hit_by_network"),
        ),
        migrations.RunSQL(RAW, "drop table intake_raw"),
        migrations.RunSQL(TIDY, migrations.RunSQL.noop),
    ]
