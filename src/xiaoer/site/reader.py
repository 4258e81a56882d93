"""The reader's language, and what every page knows of its reader."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from xiaoer.base.door import answering_on_pages
from xiaoer.base.language import Language
from xiaoer.site.first_answers import under_way
from xiaoer.site.viewer import Viewer

COOKIE = "xiaoer_language"
COOKIE_SECONDS = 400 * 86400
CODES: dict[Language, str] = {"zh": "zh-hans", "en": "en"}


class ReaderLanguage:
    """Middleware: the person's own choice, else the browser's last choice here, else the site's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer in the reader's language."""
        request.reads = reads(request)
        with translation.override(CODES[request.reads]), answering_on_pages():
            answer = self.get_response(request)
        answer["Content-Language"] = "en" if request.reads == "en" else "zh-CN"
        return answer


def reads(request: HttpRequest) -> Language:
    """Return the language to answer in."""
    if request.path.startswith("/api/"):
        asked = translation.get_language_from_request(request) if "Accept-Language" in request.headers else None
        return settings.SITE.language if asked is None else "en" if asked == "en" else "zh"
    chosen = getattr(request.user, "language", "") or request.COOKIES.get(COOKIE, "")
    if chosen in CODES:
        return "en" if chosen == "en" else "zh"
    site: Language = settings.SITE.language
    return site


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return what every template may use: the reader's language, who looks, and the menu."""
    from xiaoer.site.menu import menu_of

    viewer: Viewer | None = getattr(request, "viewer", None)
    reading = getattr(request, "reads", settings.SITE.language)
    return {
        "reads": reading,
        "html_language": "en" if reading == "en" else "zh-CN",
        "viewer": viewer,
        "menu": menu_of(request, viewer) if viewer is not None else None,
        "figures_under_way": under_way.is_set(),
    }
