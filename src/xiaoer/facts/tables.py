"""Canonical rows (all but messages) → facts with their local day and hour, instants as whole microseconds."""

from collections.abc import Callable, Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.days import MICROS_PER_SECOND
from xiaoer.base.local_time import local_days, local_hours, local_minutes
from xiaoer.base.settings import ShopSettings
from xiaoer.base.tables import canonical_tables
from xiaoer.facts.lines import is_robot
from xiaoer.facts.nick_shape import STARS
from xiaoer.facts.order_lines import with_lines
from xiaoer.facts.presence import presence_days

REFUND_MARK = "-refund"
Shops = Mapping[str, ShopSettings]


def table_facts(canonical: Mapping[str, pa.Table], shops: Shops) -> dict[str, pa.Table]:
    """Return what canonical tables other than messages tell, by name of the fact; a missing table is empty."""
    tables = {name: canonical.get(name, table.schema.empty_table()) for name, table in canonical_tables().items()}
    return {
        "orders": _each_shop(with_lines(tables["orders"], tables["order_lines"]), shops, _orders),
        "refund": _each_shop(_told_once(tables["refunds"]), shops, _refund),
        "rating": _each_shop(_asked(tables["ratings"], client=False), shops, _rating),
        "client_rating": _each_shop(_asked(tables["ratings"], client=True), shops, _rating),
        "review": _each_shop(tables["reviews"], shops, _review),
        "complaint": _each_shop(tables["complaints"], shops, _complaint),
        "call": _each_shop(tables["calls"], shops, _call),
        "presence_day": _each_shop(tables["presence"], shops, presence_days),
        "agents": _each_shop(tables["agents"], shops, _agents),
    }


Make = Callable[[pa.Table, ShopSettings], dict[str, pa.Array]]


def _each_shop(table: pa.Table, shops: Shops, make: Make) -> pa.Table:
    """Apply `make` to each shop's rows; with no rows at all the empty result still has its columns."""
    parts = [(shop, table.filter(pc.equal(table["shop"], shop)), settings) for shop, settings in shops.items()]
    made = []
    for shop, rows, settings in parts or [("", table.slice(0, 0), ShopSettings())]:
        columns = _people_only(make(rows, settings), settings)
        length = len(next(iter(columns.values())))
        made.append(pa.table({"shop": pa.repeat(pa.scalar(shop, pa.string()), length), **columns}))
    return pa.concat_tables(made, promote_options="permissive")


def _people_only(columns: dict[str, pa.Array], settings: ShopSettings) -> dict[str, pa.Array]:
    """Take robots out of the agent column: what they did counts for the shop only."""
    if "agent" not in columns or "day" not in columns:
        return columns
    days_of: dict[tuple[str, ...], list[date]] = {}
    for day in pc.unique(columns["day"]).drop_null().to_pylist():
        days_of.setdefault(settings.on(day).items("robot_accounts"), []).append(day)
    people = columns["agent"]
    accounts = pc.unique(people).drop_null().to_pylist()
    for listed, days in days_of.items():
        robots = pa.array([account for account in accounts if is_robot(account, listed)], pa.string())
        theirs = pc.and_(pc.is_in(people, robots), pc.is_in(columns["day"], pa.array(days, pa.date32())))
        people = pc.if_else(theirs, pa.scalar(None, pa.string()), people) if len(robots) else people
    return {**columns, "agent": people}


def _micros(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.int64())


def _when(instants: pa.ChunkedArray, settings: ShopSettings, prefix: str = "") -> dict[str, pa.Array]:
    return {
        f"{prefix}day": local_days(instants, settings.clock),
        f"{prefix}hour": local_hours(instants, settings.clock),
    }


def _told_once(refunds: pa.Table) -> pa.Table:
    """Leave out refunds told by an order form only (`<order_id>-refund`) where a refund form tells of the order too."""
    told_by_order = pc.equal(refunds["refund_id"], pc.binary_join_element_wise(refunds["order_id"], REFUND_MARK, ""))
    key = ["shop", "order_id"]
    own = refunds.filter(pc.invert(told_by_order)).group_by(key).aggregate([])
    alone = refunds.filter(told_by_order).join(own, keys=key, join_type="left anti").select(refunds.column_names)
    return pa.concat_tables([refunds.filter(pc.invert(told_by_order)), alone])


def _orders(rows: pa.Table, settings: ShopSettings) -> dict[str, pa.Array]:
    return {
        **{name: rows[name] for name in ("order_id", "amount_paid", "item_count", "amount_payable", "postage")},
        "list_amount": rows["list_amount"],
        "shipped": pc.is_valid(rows["shipped_at"]),
        "is_deposit": pc.fill_null(rows["is_deposit"], False),
        "is_cod": pc.fill_null(pc.equal(rows["payment"], "cod"), False),
        **_buyers(rows["buyer"]),
        "created_at": _micros(rows["created_at"]),
        "paid_at": _micros(rows["paid_at"]),
        **_when(rows["created_at"], settings, "created_"),
        **_when(rows["paid_at"], settings, "paid_"),
    }


def _buyers(nicks: pa.ChunkedArray) -> dict[str, pa.Array]:
    """Return buyers by their whole names, and masked nicks apart: t******7 is nobody in particular."""
    nobody = pa.scalar(None, pa.string())
    masked = pc.fill_null(pc.match_substring_regex(nicks, STARS), False)
    known = pc.and_(pc.not_equal(pc.fill_null(nicks, ""), ""), pc.invert(masked))
    return {"buyer": pc.if_else(known, nicks, nobody), "masked_buyer": pc.if_else(masked, nicks, nobody)}


def _refund(rows: pa.Table, settings: ShopSettings) -> dict[str, pa.Array]:
    succeeded = pc.fill_null(pc.equal(rows["status"], "success"), False)
    finished_unsaid = pc.and_(pc.is_null(rows["status"]), pc.is_valid(rows["finished_at"]))
    return {
        **_when(rows["requested_at"], settings),
        **{name: rows[name] for name in ("refund_id", "order_id", "buyer", "agent", "kind", "finished_by")},
        "amount": pc.coalesce(rows["amount"], pa.scalar(0, rows["amount"].type)),
        "success": pc.or_(succeeded, finished_unsaid),
        "disputed": pc.fill_null(rows["disputed"], False),
        "requested_at": _micros(rows["requested_at"]),
        "finished_at": _micros(rows["finished_at"]),
    }


def _asked(ratings: pa.Table, *, client: bool) -> pa.Table:
    """Return the ratings by clients, whom an outsourced team works for, or those by everybody else."""
    by_client = pc.fill_null(pc.equal(ratings["source"], "client"), False)
    return ratings.filter(by_client if client else pc.invert(by_client))


def _rating(rows: pa.Table, settings: ShopSettings) -> dict[str, pa.Array]:
    return {
        **_when(pc.coalesce(rows["invited_at"], rows["rated_at"]), settings),
        **{name: rows[name] for name in ("buyer", "agent", "score", "source")},
        "invited": pc.is_valid(rows["invited_at"]),
        "asked_by": pc.coalesce(rows["source"], pc.if_else(pc.is_valid(rows["invited_at"]), "agent", "buyer")),
        "rated": pc.or_(pc.is_valid(rows["score"]), pc.is_valid(rows["rated_at"])),
    }


def _review(rows: pa.Table, settings: ShopSettings) -> dict[str, pa.Array]:
    names = ("review_id", "order_id", "buyer", "rating", "service_score")
    return {**_when(rows["created_at"], settings), **{name: rows[name] for name in names}}


def _complaint(rows: pa.Table, settings: ShopSettings) -> dict[str, pa.Array]:
    names = ("complaint_id", "order_id", "buyer", "agent", "upheld")
    return {**_when(rows["created_at"], settings), **{name: rows[name] for name in names}}


def _call(rows: pa.Table, settings: ShopSettings) -> dict[str, pa.Array]:
    offered, answered, abandoned, ended = (
        _micros(rows[name]) for name in ("offered_at", "answered_at", "abandoned_at", "ended_at")
    )
    is_answered = pc.is_valid(answered)
    is_abandoned = pc.and_(pc.invert(is_answered), pc.is_valid(abandoned))
    wait = pc.subtract(pc.coalesce(answered, abandoned), offered)
    talk = pc.subtract(ended, answered)
    wrap_up = pc.round(pc.multiply(pc.fill_null(rows["wrap_up_seconds"], 0.0), float(MICROS_PER_SECOND)))
    in_time = pc.fill_null(pc.less_equal(wait, _service_level_micros(rows, settings)), False)
    return {
        **_when(rows["offered_at"], settings),
        **{name: rows[name] for name in ("call_id", "queue", "agent")},
        "answered": is_answered,
        "abandoned": is_abandoned,
        "offered_at": offered,
        "minute": local_minutes(rows["offered_at"], settings.clock),
        "wait_micros": wait,
        "talk_micros": talk,
        "handle_micros": pc.add(talk, wrap_up.cast(pa.int64())),
        "within_service_level": pc.and_(is_answered, in_time),
        "abandoned_within_service_level": pc.and_(is_abandoned, in_time),
    }


def _service_level_micros(rows: pa.Table, settings: ShopSettings) -> pa.Array:
    """Return the service level that holds on each row's local day, in microseconds."""
    days = local_days(rows["offered_at"], settings.clock).combine_chunks().dictionary_encode()
    seconds = [settings.on(day).count("service_level_seconds") for day in days.dictionary.to_pylist()]
    return pa.array([each * MICROS_PER_SECOND for each in seconds], pa.int64()).take(days.indices)


def _agents(rows: pa.Table, settings: ShopSettings) -> dict[str, pa.Array]:
    return {
        "agent": rows["agent"], "name": rows["name"], "group_name": rows["group"], "role": rows["role"],
    }  # fmt: skip
