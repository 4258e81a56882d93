"""What comes in and goes out, as the OpenAPI file says it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Schema
from pydantic import ConfigDict, Field, StrictBool, StrictInt, StrictStr

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue
from xiaoer.base.mask import shown_word

MOST_EVENTS = 1_000
EVENT: dict[str, Any] = {
    "key": "chat-1790-3", "table": "messages",
    "row": {
        "buyer": "阿青", "agent": "晨光店:小艾", "sent_at": "2024-09-02T10:15:20+08:00", "sender": "buyer",
        "text": "这款有货吗",
    },
}  # fmt: skip
Value = StrictStr | StrictBool | StrictInt | Decimal | None


class Asked(Schema):
    """What is asked for; an unknown name is refused."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


def only_known(request: HttpRequest, asked: Asked) -> None:
    """Refuse a question with parameters that it does not have: a misspelt one would be answered as if not asked."""
    known = {field.alias or name for name, field in type(asked).model_fields.items()}
    unknown = [Issue("api.unknown_field", values={"field": shown_word(one)}) for one in request.GET if one not in known]
    if unknown:
        raise ReportableError(unknown)


MetricName = Path[Annotated[str, Field(max_length=80, json_schema_extra={"example": "reply_share"})]]


class SentEvent(Asked):
    """One row of a canonical table under a key of your own."""

    key: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\x21-\x7e]+$")]
    table: Annotated[str, Field(min_length=1, max_length=40, examples=["messages"])]
    row: Annotated[dict[str, Value], Field(max_length=60)]


class SentEvents(Asked):
    """Events of one shop; all are kept, or none."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"events": [EVENT]}]})

    events: Annotated[list[SentEvent], Field(min_length=1, max_length=MOST_EVENTS)]


class AppendedShape(Schema):
    """How many events were new and how many were kept already."""

    accepted: int
    repeated: int


class JournalShape(Schema):
    """How far the events of a shop are on their way into its figures."""

    received: int
    taken_in: int
    waiting: int
    refused: int
    oldest_waiting_at: datetime | None


class ShopShape(Schema):
    """A shop, and its number in addresses."""

    shop: int
    name: str


class ShopsShape(Schema):
    """The shops that the token opens."""

    items: list[ShopShape]


class Leaf(Asked):
    """Which part of a long list: its cursor is the `next` of the part before."""

    cursor: Annotated[str | None, Field(max_length=200)] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class LeafShape(Schema):
    """A part of a long list."""

    items: list[dict[str, Any]]
    next: str | None


class ReportAsked(Asked):
    """A report, as `xiaoer report` is asked for it; names with commas between them."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    by: Annotated[str | None, Field(max_length=200)] = None
    metrics: Annotated[str, Field(max_length=5_000)] = ""
    view: Annotated[str | None, Field(max_length=80)] = None
    policy: Annotated[str | None, Field(max_length=40)] = None
    compare: Annotated[str, Field(max_length=200)] = ""
    sort: Annotated[str | None, Field(max_length=80)] = None
    snapshot: Annotated[int | None, Field(ge=0, le=2**53)] = None


class ReportShape(Schema):
    """A report: its rows, the states and intervals of figures, and what it was made of."""

    model_config = ConfigDict(extra="allow")

    rows: list[dict[str, Any]]
    immature: list[dict[str, Any]]
    meta: dict[str, Any]


class ExplainAsked(Leaf):
    """A figure to be explained, as `xiaoer explain` is asked for it."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    agent: Annotated[str | None, Field(max_length=120)] = None
    day: date | None = None
    policy: Annotated[str | None, Field(max_length=40)] = None
    snapshot: Annotated[int | None, Field(ge=0, le=2**53)] = None


class ExplainShape(Schema):
    """The formula, its numbers, and a part of the rows behind it; customers are masked."""

    model_config = ConfigDict(extra="allow")

    metric: str
    rows: list[dict[str, Any]]
    next: str | None


class DeliveryShape(Schema):
    """A file that was sent: what became of it, and under which number it was imported."""

    delivery: int
    state: str
    import_number: int | None
    rejected: int
    issues: list[str]


class IssueShape(Schema):
    """One thing that is wrong."""

    code: str
    detail: str
    place: str


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    count: int
    issues: list[IssueShape]
