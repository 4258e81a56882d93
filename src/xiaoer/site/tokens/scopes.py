"""What a token may be given, by name; the pages, the guard of the API and its tests read this one table."""

from django.utils.translation import gettext_lazy as _

SCOPES = {
    "events:write": _("Post events and ask how far they are"),
    "imports:write": _("Send files"),
    "imports:read": _("Read what came of imports"),
    "reports:read": _("Read reports"),
    "explain:read": _("Read the rows behind a figure, customers masked"),
    "metrics:read": _("Read the catalog of metrics"),
}
