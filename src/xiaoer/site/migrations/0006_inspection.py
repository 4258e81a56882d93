"""What people do about inspection: plans, reviews, decisions, appeals, coaching."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables of inspection."""

    dependencies = [
        ("xiaoer", "0005_alerts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("agent", models.CharField(max_length=120)),
                ("buyer", models.CharField(max_length=200)),
                ("item", models.CharField(max_length=80)),
                ("raised_at", models.DateTimeField(auto_now_add=True)),
                ("expected", models.CharField(max_length=10)),
                ("reason", models.TextField()),
                ("answer_by", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("upheld", "Upheld"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, default="")),
                ("score_before", models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ("score_after", models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="xiaoer.shop"),
                ),
            ],
            options={
                "ordering": ["answer_by", "id"],
            },
        ),
        migrations.CreateModel(
            name="InspectionPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("way", models.CharField(max_length=10)),
                ("number", models.PositiveIntegerField(null=True)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("readers", models.PositiveSmallIntegerField(default=1)),
                ("conversations", models.PositiveIntegerField(default=0)),
                ("ranked", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("inspectors", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="xiaoer.shop"),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("agent", models.CharField(max_length=120)),
                ("buyer", models.CharField(max_length=200)),
                ("place", models.PositiveIntegerField(default=0)),
                ("counts", models.BooleanField(default=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("machine_score", models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ("score", models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ("version", models.CharField(blank=True, default="", max_length=12)),
                ("comment", models.TextField(blank=True, default="")),
                ("acknowledged_at", models.DateTimeField(null=True)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="xiaoer.inspectionplan",
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="xiaoer.shop"),
                ),
            ],
            options={
                "ordering": ["place", "id"],
            },
        ),
        migrations.CreateModel(
            name="FindingDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("agent", models.CharField(max_length=120)),
                ("buyer", models.CharField(max_length=200)),
                ("item", models.CharField(max_length=80)),
                ("verdict", models.CharField(max_length=10)),
                ("points", models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ("fatal", models.BooleanField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=20)),
                ("cause", models.CharField(blank=True, default="", max_length=40)),
                ("words", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "appeal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="xiaoer.appeal",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="xiaoer.shop"),
                ),
                (
                    "review",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="xiaoer.review",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CoachingNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agent", models.CharField(max_length=120)),
                ("item", models.CharField(blank=True, default="", max_length=80)),
                ("words", models.TextField()),
                ("shown", models.BooleanField(default=True)),
                ("look_again_on", models.DateField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="xiaoer.shop"),
                ),
                (
                    "review",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="xiaoer.review"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="appeal",
            name="review",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="xiaoer.review"
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["shop", "day", "agent"], name="reviews_of_an_account"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["inspector", "done_at"], name="reviews_of_an_inspector"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                fields=("plan", "day", "agent", "buyer", "inspector"), name="reads_it_once"
            ),
        ),
        migrations.AddIndex(
            model_name="findingdecision",
            index=models.Index(fields=["shop", "day"], name="decisions_of_a_day"),
        ),
        migrations.AddConstraint(
            model_name="findingdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appeal__isnull", False), ("review", None)),
                    models.Q(("appeal", None), ("review__isnull", False)),
                    _connector="OR",
                ),
                name="in_a_review_or_on_an_appeal",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("shop", "day", "agent", "buyer", "item"),
                name="one_open_appeal",
            ),
        ),
    ]
