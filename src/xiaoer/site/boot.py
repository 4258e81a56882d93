"""Start Django for one site; every process of the site begins here."""

import django
from django.conf import settings

from xiaoer.site.place import Site
from xiaoer.site.settings import django_settings


def boot(site: Site) -> None:
    """Configure Django for the site; a process has one site for good."""
    settings.configure(**django_settings(site))
    django.setup()
