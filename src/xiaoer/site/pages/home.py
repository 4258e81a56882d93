"""The front door: everybody is led to the first page that is theirs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from xiaoer.base.catalog import Words
from xiaoer.site.menu import first_page, shops_of
from xiaoer.site.permissions import table


def home(request: HttpRequest) -> HttpResponse:
    """Lead to the first shop; without one, to what makes one, or say that there is nothing yet."""
    viewer = request.viewer
    shops = shops_of(viewer)
    if shops:
        return redirect(first_page(viewer, shops[0]))
    if viewer.may("manage_shops"):
        return redirect("shops")
    return render(request, "pages/nothing_yet.html")


def health(request: HttpRequest) -> HttpResponse:
    """Say that the site answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def who_sees_what(request: HttpRequest) -> HttpResponse:
    """Show the table of permissions, as the guard reads it."""
    reads = request.reads

    def said(words: Words) -> str:
        return words.in_language(reads)

    roles = [(said(role.label), said(role.why)) for role in table().roles.values()]
    rows = [
        (said(one.label), said(one.why), [one.scopes.get(role) for role in table().roles])
        for one in table().permissions.values()
    ]
    return render(request, "pages/who_sees_what.html", {"roles": roles, "rows": rows})
