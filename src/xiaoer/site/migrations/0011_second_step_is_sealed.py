"""Secrets of the second step lie sealed by the site's key; somebody else's second step can be reset."""

from collections.abc import Callable

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from xiaoer.site.sealed import seal, unseal


def _each(change: Callable[[str], str]) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    def changed(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        people = apps.get_model("xiaoer", "Person").objects.using(editor.connection.alias)
        for person in people.exclude(totp_secret=""):
            people.filter(pk=person.pk).update(totp_secret=change(person.totp_secret))

    return changed


class Migration(migrations.Migration):
    """Make room, then seal what is there."""

    dependencies = [("xiaoer", "0010_addresses_are_sealed")]
    operations = [
        migrations.AddField("person", "second_step_reset_at", models.DateTimeField(null=True)),
        migrations.AddField("person", "sessions_ended_at", models.DateTimeField(null=True)),
        migrations.AlterField("person", "totp_secret", models.TextField(blank=True, default="")),
        migrations.RunPython(_each(seal), _each(unseal), elidable=False),
    ]
