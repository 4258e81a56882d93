"""The API: every operation with the scope that it needs, and how problems are answered."""

import json
from decimal import Decimal
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.mask import shown_word
from xiaoer.site.api import events, figures, imports, shapes, shops
from xiaoer.site.api.problems import CONTENT_TYPE, of_status, problem
from xiaoer.site.api.token_auth import Bearer, ScopeError, TooOftenError

DESCRIPTION = """Post events and files of a shop, and read its figures.

Show a token as `Authorization: Bearer …`; an owner makes it on the page “API”. Problems are `application/problem+json`
in the language of `Accept-Language` (zh or en). A list's `next` is the `cursor` of its next part."""
STATUS = {"api.key_reused": 409, "api.too_large": 413, "store.busy": 503}
FAULTS = {"missing": "api.missing_field", "extra_forbidden": "api.unknown_field"}
PROBLEMS = {status: shapes.Problem for status in (400, 401, 403, 404, 413, 422, 429)}
# Every operation: method, address, function, scope (None: any token), what it answers.
OPERATIONS: tuple[tuple[str, str, Any, str | None, dict[int, Any]], ...] = (
    ("GET", "/shops", shops.shops, None, {200: shapes.ShopsShape}),
    ("POST", "/shops/{int:shop}/events", events.post_events, "events:write",
     {202: shapes.AppendedShape, 409: shapes.Problem}),
    ("GET", "/shops/{int:shop}/events/state", events.events_state, "events:write", {200: shapes.JournalShape}),
    ("GET", "/shops/{int:shop}/report", figures.report, "reports:read", {200: shapes.ReportShape}),
    ("GET", "/shops/{int:shop}/explain/{str:metric}", figures.explain, "explain:read", {200: shapes.ExplainShape}),
    ("POST", "/shops/{int:shop}/imports", imports.post_import, "imports:write", {202: shapes.DeliveryShape}),
    ("GET", "/shops/{int:shop}/deliveries/{int:delivery}", imports.delivery, "imports:write",
     {200: shapes.DeliveryShape}),
    ("GET", "/shops/{int:shop}/imports", imports.imports, "imports:read", {200: shapes.LeafShape}),
    ("GET", "/shops/{int:shop}/imports/{int:number}", imports.one_import, "imports:read", {200: dict[str, Any]}),
    ("GET", "/metrics", figures.metrics, "metrics:read", {200: shapes.LeafShape}),
    ("GET", "/metrics/{str:metric}", figures.metric, "metrics:read", {200: dict[str, Any]}),
)  # fmt: skip


class Exact(Parser):
    """Reads JSON with its numbers as they are written: 59.90 yuan are no binary fraction."""

    def parse_body(self, request: HttpRequest) -> Any:  # noqa: ANN401 -- any JSON
        """Return the body; a ValueError where it is no JSON."""
        return json.loads(request.body, parse_float=Decimal, parse_constant=_no_number)


def _no_number(name: str) -> None:
    raise ValueError(name)


class Api(NinjaAPI):
    """An API whose file says that problems have a type of content of their own."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:  # noqa: ANN401 -- ninja's signature
        """Return the OpenAPI 3.1 file."""
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400:
                        answer["content"] = {CONTENT_TYPE: answer["content"]["application/json"]}
        return schema


def _made() -> Api:
    made = Api(
        title="Xiaoer", version="1", description=DESCRIPTION, docs_url=None, openapi_url=None, parser=Exact(),
        urls_namespace="api",
    )  # fmt: skip
    for method, address, function, scope, answers in OPERATIONS:
        needs = f"Scope: `{scope}`." if scope else "Any token."
        made.api_operation(
            [method], address, auth=Bearer(scope), response={**answers, **PROBLEMS},
            url_name=f"api_{function.__name__}", operation_id=function.__name__,
            summary=(function.__doc__ or "").splitlines()[0], description=f"{function.__doc__ or ''}\n\n{needs}",
        )(function)  # fmt: skip
    return made


api = _made()


@api.exception_handler(ReportableError)
def _reportable(request: HttpRequest, error: ReportableError) -> HttpResponse:
    return problem(request, STATUS.get(error.issues[0].code, 422), error.issues)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(request, 422, [_issue(one) for one in error.errors])


def _issue(fault: dict[str, Any]) -> Issue:
    place = ".".join(str(part) if isinstance(part, int) else shown_word(str(part)) for part in fault["loc"][:8])
    return Issue(FAULTS.get(fault["type"], "api.bad_field"), Severity.ERROR, Place(), {"field": place})


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
    answer = problem(request, 401, [Issue("api.no_token")])
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(ScopeError)
def _no_scope(request: HttpRequest, _: ScopeError) -> HttpResponse:
    return problem(request, 403, [Issue("api.no_scope")])


@api.exception_handler(TooOftenError)
def _too_often(request: HttpRequest, error: TooOftenError) -> HttpResponse:
    answer = problem(request, 429, [Issue("api.too_often", values={"seconds": error.seconds})])
    answer["Retry-After"] = str(error.seconds)
    return answer


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, _: RequestDataTooBig) -> HttpResponse:
    return problem(request, 413, [Issue("api.body_too_large")])


@api.exception_handler(Http404)
def _missing(request: HttpRequest, _: Http404) -> HttpResponse:
    return of_status(request, 404)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return of_status(request, error.status_code)
