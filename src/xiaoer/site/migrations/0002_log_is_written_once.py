"""The database itself refuses to change or remove an entry of the log."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "xiaoer_auditentry"
_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the log is written once'); END"
SQLITE = [
    f"CREATE TRIGGER log_not_changed BEFORE UPDATE ON {TABLE} {_REFUSE}",
    f"CREATE TRIGGER log_not_removed BEFORE DELETE ON {TABLE} {_REFUSE}",
]
POSTGRESQL = [
    "CREATE FUNCTION log_is_written_once() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log is written once'; END $$",
    f"CREATE TRIGGER log_not_changed BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION log_is_written_once()",
    f"CREATE TRIGGER log_not_emptied BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION log_is_written_once()",
]


def protect(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers of the database at hand."""
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers on the log."""

    dependencies = [("xiaoer", "0001_initial")]
    operations = [migrations.RunPython(protect, elidable=False)]
