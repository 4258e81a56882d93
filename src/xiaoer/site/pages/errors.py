"""The pages for what goes wrong: each says what happened and what to do next."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiaoer.base.errors import ReportableError
from xiaoer.base.language import say_issues
from xiaoer.site.api.problems import PREFIX, of_status
from xiaoer.site.models import Shop
from xiaoer.site.reader import reads


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the reader's role does not include this."""
    said = _("Your role does not include this page. If you need it, ask the owner of the shop.")
    return _page(request, 403, _("Not for your role"), said)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here."""
    said = _("There is nothing at this address, or it is not yours to see. The menu leads to all that is.")
    return _page(request, 404, _("Nothing here"), said)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request can not be read."""
    return _page(request, 400, _("This could not be read"), _("The browser sent something we do not understand."))


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours."""
    said = _("Something went wrong on our side; nothing that you entered was lost that had been saved. "
             "Try again; if it happens again, tell whoever runs this site when it was.")  # fmt: skip
    return _page(request, 500, _("Our fault"), said)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was open too long, or did not come from this site."""
    said = _("This form was open for too long, or cookies are off. Go back, load the page again, and send it again.")
    return _page(request, 403, _("Please send it again"), said)


def wrong_method(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """Say that the address can not be used this way."""
    answer = _page(
        request, 405, _("Not this way"), _("This address does not take such a request. Go back and use its form.")
    )
    answer["Allow"] = ", ".join(allowed)
    return answer


def nothing_yet(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Say how a shop's first data come in; a file of figures that there are none of is not found."""
    is_file = bool(PurePosixPath(request.path).suffix)
    return render(request, "pages/no_data.html", {"shop": shop}, status=404 if is_file else 200)


def plainly(request: HttpRequest, error: ReportableError) -> HttpResponse:
    """Say what the reader can mend, as the command line says it."""
    said = say_issues(error.issues, reads(request))
    return _page(request, 422, _("This can not be shown"), said)


def _page(request: HttpRequest, status: int, title: str, said: str) -> HttpResponse:
    if request.path.startswith(PREFIX):
        return of_status(request, status)
    return render(request, "errors/error.html", {"title": title, "said": said, "status": status}, status=status)
