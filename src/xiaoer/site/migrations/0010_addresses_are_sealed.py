"""Addresses of alerts lie sealed by the site's key; going back lays them open again."""

from collections.abc import Callable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from xiaoer.site.sealed import seal, unseal


def _each(change: Callable[[str], str]) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    def changed(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        kept = apps.get_model("xiaoer", "AlertAddress").objects.using(editor.connection.alias)
        for address in kept.exclude(secret=""):
            kept.filter(pk=address.pk).update(secret=change(address.secret))

    return changed


class Migration(migrations.Migration):
    """Seal what is there."""

    dependencies = [("xiaoer", "0009_roster_days")]
    operations = [migrations.RunPython(_each(seal), _each(unseal), elidable=False)]
