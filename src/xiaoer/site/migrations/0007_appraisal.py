"""Tables of pay: values by hand, signatures, appeals, incidents, schemes not yet in force."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables of the appraisal."""

    dependencies = [
        ("xiaoer", "0006_inspection"),
    ]

    operations = [
        migrations.CreateModel(
            name="PayIncident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("kind", models.CharField(max_length=40)),
                ("source", models.CharField(max_length=12)),
                ("cost", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("evidence", models.CharField(max_length=300)),
                ("door", models.CharField(blank=True, default="", max_length=300)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("written", "Written"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Refused"),
                            ("revoked", "Revoked"),
                        ],
                        default="written",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, default="", max_length=300)),
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
                    "shop",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="xiaoer.shop"),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-id"],
            },
        ),
        migrations.CreateModel(
            name="PayIncidentPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agent", models.CharField(max_length=120)),
                ("share", models.DecimalField(decimal_places=4, max_digits=5)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="xiaoer.payincident"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PaySignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.CharField(max_length=7)),
                ("agent", models.CharField(max_length=120)),
                ("document", models.CharField(max_length=64)),
                ("lines", models.JSONField(default=list)),
                ("name", models.CharField(max_length=40)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
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
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PayTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.CharField(max_length=7)),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
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
            name="SchemeDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=48)),
                ("text", models.TextField()),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("in_force", "In Force"), ("dropped", "Dropped")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("put_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "put_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            name="PayAppeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.CharField(max_length=7)),
                ("agent", models.CharField(max_length=120)),
                ("document", models.CharField(max_length=64)),
                ("line", models.CharField(max_length=48)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("wanted", models.CharField(max_length=200)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("decide_by", models.DateField()),
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
                ("remedy", models.CharField(blank=True, default="", max_length=10)),
                ("about", models.CharField(blank=True, default="", max_length=60)),
                ("value", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_appeals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="xiaoer.shop"),
                ),
            ],
            options={
                "ordering": ["decide_by", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("shop", "month", "agent", "line"),
                        name="one_open_appeal_of_a_line",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="payincident",
            index=models.Index(fields=["shop", "day"], name="incidents_of_a_shop"),
        ),
        migrations.AddConstraint(
            model_name="payincident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    models.Q(("written_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="confirmed_by_another_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="payincidentpart",
            constraint=models.UniqueConstraint(fields=("incident", "agent"), name="one_part_of_an_incident"),
        ),
        migrations.AddConstraint(
            model_name="payincidentpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__gt", 0), ("share__lte", 1)), name="a_part_of_the_whole"
            ),
        ),
        migrations.AddIndex(
            model_name="paysignature",
            index=models.Index(fields=["shop", "month", "agent"], name="signatures_of_a_statement"),
        ),
        migrations.AddConstraint(
            model_name="schemedraft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("shop", "name"), name="one_open_text_of_a_name"
            ),
        ),
    ]
