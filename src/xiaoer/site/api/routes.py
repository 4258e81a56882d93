"""The addresses of the API as the guard knows them: no session opens them, each asks for its token itself."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern

from xiaoer.site.access import route
from xiaoer.site.api.api import OPERATIONS, api
from xiaoer.site.permissions import ANYONE

ROOT = "api/v1"


def openapi(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI file."""
    return JsonResponse({**description()}, json_dumps_params={"ensure_ascii": False})


@cache
def description() -> Mapping[str, Any]:
    """Return every operation of the API with its shapes, as OpenAPI 3.1."""
    return dict(api.get_openapi_schema(path_prefix=f"{ROOT}/"))


def api_routes() -> list[URLPattern]:
    """Return every address of the API."""
    methods = defaultdict(list)
    for method, address, *_ in OPERATIONS:
        methods[address.removeprefix("/").replace("{", "<").replace("}", ">")].append(method)
    patterns, _app, _namespace = api.urls
    made = [route(f"{ROOT}/openapi.json", openapi, "api_openapi", needs=ANYONE)]
    for pattern in patterns:
        address = str(pattern.pattern)
        if address not in methods:
            continue
        one = route(
            f"{ROOT}/{address}", pattern.callback, pattern.name, needs=ANYONE, methods=" ".join(methods[address])
        )
        one.callback.csrf_exempt = True  # a token is sent on purpose; a browser never adds it by itself
        made.append(one)
    return made
