"""What goes wrong, as RFC 9457 has it: a code for the program, a sentence in the reader's language for people."""

import json
from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import say, say_place

PREFIX = "/api/"
CONTENT_TYPE = "application/problem+json"
MOST_SAID = 50
# What the pages of the site answer by their status alone.
OF_STATUS = {400: "api.unreadable", 403: "api.not_allowed", 404: "api.not_found", 405: "api.wrong_method"}


def problem(request: HttpRequest, status: int, issues: Sequence[Issue]) -> HttpResponse:
    """Return the answer for one or more issues; the first names the kind of problem."""
    reads = request.reads
    said = [{"code": one.code, "detail": say(one, reads), "place": say_place(one.place, reads)} for one in issues]
    body = {
        "type": f"urn:xiaoer:{issues[0].code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": said[0]["detail"],
        "instance": request.path,
        "count": len(said),
        "issues": said[:MOST_SAID],
    }
    text = json.dumps(body, ensure_ascii=False)
    answer = HttpResponse(text.encode("utf-8", "replace"), status=status, content_type=CONTENT_TYPE)
    answer["Content-Language"] = "en" if reads == "en" else "zh-CN"
    return answer


def of_status(request: HttpRequest, status: int) -> HttpResponse:
    """Return the answer for what went wrong before or beside an address of the API."""
    return problem(request, status, [Issue(OF_STATUS.get(status, "api.our_fault"), Severity.ERROR)])
