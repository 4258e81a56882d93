"""The guard: no page without a declared need; a need is met by the table of permissions or the answer is no."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.urls import reverse as url_of

from xiaoer.base.errors import ReportableError
from xiaoer.site.models import Person, Shop
from xiaoer.site.permissions import ANYONE, SIGNED_IN, table
from xiaoer.site.viewer import Viewer

View = Callable[..., HttpResponse]


def route(address: str, view: View, name: str, *, needs: str, methods: str = "GET") -> URLPattern:
    """Return a page's address with what it needs and how it may be asked; an unknown need stops the start-up."""
    assert needs in (ANYONE, SIGNED_IN) or needs in table().permissions, needs

    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:  # noqa: ANN401 -- Django's signature
        return view(request, *args, **named)

    guarded.needs = needs  # type: ignore[attr-defined]  # the guard reads them
    guarded.methods = frozenset(methods.split()) | ({"HEAD"} if "GET" in methods else set())  # type: ignore[attr-defined]
    return path(address, guarded, name=name)


class Guard:
    """Middleware; the last before the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _: tuple[object, ...], named: dict[str, Any]
    ) -> HttpResponse | None:
        """Return None to let the page answer; else an answer that lets nobody in."""
        needs = getattr(view, "needs", None)
        if needs is None:
            raise PermissionDenied
        if needs != ANYONE:
            refused = self._who(request) or self._may(request, needs, named)
            if refused is not None:
                return refused
        if request.method not in view.methods:  # type: ignore[attr-defined]  # set by route()
            from xiaoer.site.pages.errors import wrong_method

            return wrong_method(request, sorted(view.methods))  # type: ignore[attr-defined]
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return what the reader can mend in plain words; anything else is a bug."""
        from xiaoer.site.no_data import NoData
        from xiaoer.site.pages.errors import nothing_yet, plainly

        if isinstance(exception, NoData):
            return nothing_yet(request, exception.shop)
        return plainly(request, exception) if isinstance(exception, ReportableError) else None

    def _who(self, request: HttpRequest) -> HttpResponse | None:
        if request.user.is_authenticated:
            request.viewer = Viewer(request.user)
            return None
        if not Person.objects.exists():
            return redirect("welcome")
        wanted = request.get_full_path() if request.method == "GET" else url_of("home")
        return redirect_to_login(wanted)

    def _may(self, request: HttpRequest, needs: str, named: dict[str, Any]) -> HttpResponse | None:
        """Refuse what the table refuses; whatever is not the person's is not there at all."""
        viewer: Viewer = request.viewer
        if needs == SIGNED_IN:
            return None
        if "shop" in named:
            named["shop"] = self._shop(viewer, needs, named["shop"])
        elif not viewer.may(needs):
            raise PermissionDenied
        if "person" in named:
            named["person"] = self._person(viewer, named["person"])
        return None

    @staticmethod
    def _shop(viewer: Viewer, needs: str, number: int) -> Shop:
        shop = Shop.objects.filter(pk=number).first()
        if shop is None or not viewer.knows(shop):
            raise Http404
        if not viewer.may(needs, shop):
            raise PermissionDenied
        return shop

    @staticmethod
    def _person(viewer: Viewer, number: int) -> Person:
        person = Person.objects.filter(pk=number).first()
        if person is None or not viewer.manages(person):
            raise Http404
        return person
