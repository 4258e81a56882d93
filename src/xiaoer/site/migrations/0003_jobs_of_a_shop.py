"""Work of a shop: what it was asked with, and what came of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds to jobs their shop, what was asked and what came."""

    dependencies = [("xiaoer", "0002_log_is_written_once")]

    operations = [
        migrations.AddField(
            "job",
            "shop",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="xiaoer.shop"
            ),
        ),
        migrations.AddField("job", "asked", models.JSONField(default=dict)),
        migrations.AddField("job", "came", models.JSONField(default=dict)),
    ]
