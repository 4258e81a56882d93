"""The site as an application of Django."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class XiaoerConfig(AppConfig):
    """The one application: all models are here, under one label."""

    name = "xiaoer.site"
    label = "xiaoer"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every session note when it began, however it began."""
        user_logged_in.connect(_begun, dispatch_uid="xiaoer.session_begun")


def _begun(request: Any, **_: object) -> None:  # noqa: ANN401 -- Django calls it
    from xiaoer.site.session_rules import begin

    begin(request)
