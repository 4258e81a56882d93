"""The API's answers: scopes × addresses, problems in words, limits, pages, the file that describes it all."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.functional.site.api_door import ROOT, Program, message, token
from tests.functional.site.cast import browser, person, shop
from xiaoer.site.api import token_auth
from xiaoer.site.api.api import OPERATIONS, api
from xiaoer.site.api.limits import Limit
from xiaoer.site.models import ApiToken, AuditEntry, Person
from xiaoer.site.tokens.changes import revoke_token
from xiaoer.site.tokens.scopes import SCOPES

DAYS = {"from": "2024-09-01", "to": "2024-09-30"}
COMMITTED = Path(__file__).resolve().parents[3] / "docs" / "develop" / "openapi.json"


@pytest.fixture
def owner(site: Path) -> Iterator[Person]:
    """Return the owner, with nothing counted against anybody's limit."""
    token_auth.READS.counts.clear()
    token_auth.WRITES.counts.clear()
    yield person("olga", "owner")


def asked(program: Program, method: str, address: str, place: int) -> Any:  # noqa: ANN401 -- Django's answer
    """Return the answer of an address to a request that it can use."""
    filled = address.replace("{int:shop}", str(place)).replace("{str:metric}", "reply_share")
    filled = filled.replace("{int:delivery}", "987654").replace("{int:number}", "1")
    if method == "GET":
        return program.get(filled, **(DAYS if "report" in filled or "explain" in filled else {}))
    if filled.endswith("events"):
        row = message("2024-09-05T10:00:00+08:00")
        return program.post(filled, {"events": [{"key": "k-1", "table": "messages", "row": row}]})
    file = SimpleUploadedFile("agents.csv", "agent,name\n晨光店:小新,小新\n".encode())
    return program.send(filled, file=file)


@pytest.mark.parametrize("scope", [None, *SCOPES])
def test_every_address_opens_for_its_scope_and_for_no_other(owner: Person, scope: str | None) -> None:
    program = Program(token(owner, *([scope] if scope else []))[1] if scope else None)
    wrong = {}
    for method, address, _function, needs, answers in OPERATIONS:
        answer = asked(program, method, address, shop().pk)
        allowed = scope is not None and needs in (None, scope)
        wanted = set(answers) | {404} if allowed else {401 if scope is None else 403}
        if answer.status_code not in wanted:
            wrong[address] = (answer.status_code, wanted, answer.content[:300])
    assert wrong == {}


def test_a_token_of_one_shop_finds_no_other(owner: Person) -> None:
    program = Program(token(owner, where=shop())[1])
    for method, address, *_ in OPERATIONS:
        if "{int:shop}" in address:
            assert asked(program, method, address, shop("远山店").pk).status_code == 404, address
    assert program.events(("x", "messages", message("2024-09-05 10:00")), where=shop("远山店")).status_code == 404
    assert [one["name"] for one in program.get("/shops").json()["items"]] == ["晨光店"]


def test_a_revoked_and_an_outlived_token_open_nothing(owner: Person) -> None:
    made, shown = token(owner)
    assert Program(shown).get("/shops").status_code == 200
    revoke_token(made, by=owner)
    assert Program(shown).get("/shops").status_code == 401
    outlived, shown = token(owner)
    ApiToken.objects.filter(pk=outlived.pk).update(last_day=timezone.localdate() - timedelta(days=1))
    assert Program(shown).get("/shops").status_code == 401
    assert shown not in ApiToken.objects.get(pk=outlived.pk).digest
    acts = list(AuditEntry.objects.order_by("id").values_list("act", flat=True))
    assert acts[-3:] == ["token_made", "token_revoked", "token_made"]


def test_a_session_is_no_token(owner: Person) -> None:
    assert browser(owner).get(f"{ROOT}/shops").status_code == 401


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "缺少"), ("en", "is missing"), ("fr;q=0.9, en;q=0.8", "is missing")]
)
def test_problems_are_said_in_the_readers_language(owner: Person, language: str, said: str) -> None:
    program = Program(token(owner)[1], language)
    answer = program.get(f"/shops/{shop().pk}/report", to="2024-09-30")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    body = answer.json()
    assert body["type"] == "urn:xiaoer:api.missing_field"
    assert said in body["detail"]
    assert "from" in body["detail"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400), ("[]", 422), ('{"events": []}', 422), ('{"events": [{}]}', 422), ("\ufeff", 400), ("NaN", 400),
        ('{"events": [{"key": "a", "table": "messages", "row": {"sent_at": NaN}}]}', 400),
        ('{"events": [{"key": "a b", "table": "messages", "row": {}}]}', 422),
        ('{"events": [{"key": "a", "table": "nope", "row": {}}]}', 422),
        ('{"events": [{"key": "a", "table": "messages", "row": {"text": "\\ud800"}}]}', 422),
        ('{"events": [{"key": "a", "table": "messages", "row": {"text": ["x"]}}]}', 422),
        ("[" * 100_000, 400),
    ],
)  # fmt: skip
def test_bodies_of_no_use_are_said_to_be(owner: Person, body: str, status: int) -> None:
    answer = Program(token(owner)[1]).post(f"/shops/{shop().pk}/events", body)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"


def test_everything_wrong_with_a_batch_is_said_at_once_without_the_values(owner: Person) -> None:
    bad = message("yesterday") | {"sender": "somebody", "nick": "王小姐"}
    bad.pop("buyer")
    answer = Program(token(owner)[1]).events(("a", "messages", message("2024-09-05 10:00")), ("b", "messages", bad))
    assert answer.status_code == 422
    codes = sorted(one["code"] for one in answer.json()["issues"])
    assert codes == ["api.bad_value", "api.bad_value", "api.missing_value", "api.unknown_column"]
    assert all("2" in one["place"] for one in answer.json()["issues"])
    assert "王小姐" not in answer.content.decode()


def test_unknown_addresses_methods_and_parameters_are_problems_too(owner: Person) -> None:
    program = Program(token(owner)[1])
    assert program.get("/nothing")["Content-Type"] == "application/problem+json"
    wrong = program.client.delete(f"{ROOT}/shops", headers=program.headers)
    assert (wrong.status_code, wrong["Content-Type"], wrong["Allow"]) == (405, "application/problem+json", "GET, HEAD")
    assert program.get(f"/shops/{shop().pk}/report", **DAYS, polcy="order").status_code == 422
    assert program.get(f"/shops/{shop().pk}/report", **DAYS, metrics="reply_shar").status_code == 422
    assert program.get(f"/shops/{10**30}/events/state").status_code == 404


def test_a_token_that_asks_too_often_is_told_when_to_come_back(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_auth, "READS", Limit(2))
    monkeypatch.setattr("time.time", lambda: 1_000_000_010.0)
    program, other = Program(token(owner)[1]), Program(token(owner)[1])
    assert [program.get("/shops").status_code for _ in range(3)] == [200, 200, 429]
    assert program.get("/shops")["Retry-After"] == str(60 - 1_000_000_010 % 60)
    assert other.get("/shops").status_code == 200


def test_a_report_is_the_command_lines(owner: Person, site: Path) -> None:
    from xiaoer.actions.report import report
    from xiaoer.actions.report_wanted import ReportAsk

    answer = Program(token(owner)[1]).get(f"/shops/{shop().pk}/report", **DAYS, by="agent", metrics="reply_share")
    ask = ReportAsk("2024-09-01", "2024-09-30", "晨光店", by=("agent",), metrics=("reply_share",))
    assert answer.json() == json.loads(json.dumps(dict(report(site, ask, "zh").data)))
    assert len(answer.json()["rows"]) > 1


def test_an_explanation_comes_in_parts_and_masks_customers(owner: Person) -> None:
    program, rows, cursor, leaves = Program(token(owner)[1]), [], None, 0
    while True:
        more: dict[str, str] = {"cursor": cursor} if cursor else {}
        body = program.get(f"/shops/{shop().pk}/explain/reply_share", **DAYS, limit=2, **more).json()
        rows += body["rows"]
        leaves, cursor = leaves + 1, body["next"]
        if cursor is None:
            break
    whole = program.get(f"/shops/{shop().pk}/explain/reply_share", **DAYS, limit=200).json()["rows"]
    assert rows == whole
    assert leaves == -(-len(whole) // 2) > 1
    assert {row["buyer"] for row in rows} >= {"阿***", "小***"}
    assert not {"阿青", "小白"} & {str(value) for row in rows for value in row.values()}
    assert program.get(f"/shops/{shop().pk}/explain/reply_share", **DAYS, cursor="zzz").status_code == 422


def test_metrics_come_in_parts(owner: Person) -> None:
    program = Program(token(owner)[1])
    first = program.get("/metrics", limit=3).json()
    second = program.get("/metrics", limit=3, cursor=first["next"]).json()
    names = [one["name"] for one in first["items"] + second["items"]]
    assert len(set(names)) == 6
    assert program.get(f"/metrics/{names[4]}").json()["name"] == names[4]
    assert program.get("/metrics/nothing_like_it").status_code == 422


def test_the_description_is_valid_and_the_one_that_is_committed(site: Path) -> None:
    shown = browser().get(f"{ROOT}/openapi.json").json()
    assert shown["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(shown).validate()
    said = {(method.upper(), address) for address, methods in shown["paths"].items() for method in methods}
    assert len(said) == len(OPERATIONS)
    committed = json.loads(COMMITTED.read_text(encoding="utf-8"))
    assert committed == shown, "python .ci/openapi.py"
    assert api.version == "1"
