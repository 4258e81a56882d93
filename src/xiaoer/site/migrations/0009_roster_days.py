"""Days of rosters shared out by activity; publications taken back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Days of rosters shared out by activity."""

    dependencies = [
        ("xiaoer", "0008_roster"),
    ]

    operations = [
        migrations.CreateModel(
            name="RosterDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("made_from", models.CharField(max_length=64)),
                ("shared", models.JSONField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="days", to="xiaoer.roster"
                    ),
                ),
            ],
            options={"ordering": ["day"]},
        ),
        migrations.AddConstraint(
            model_name="rosterday",
            constraint=models.UniqueConstraint(fields=("roster", "day"), name="one_sharing_of_a_day"),
        ),
        migrations.AlterField(
            model_name="rosterchange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("made", "Made"),
                    ("moved", "Moved"),
                    ("mended", "Mended"),
                    ("swapped", "Swapped"),
                    ("undone", "Undone"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=10,
            ),
        ),
    ]
