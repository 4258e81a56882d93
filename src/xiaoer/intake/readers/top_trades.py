"""The platform's sold trades: each trade is an order, each of its orders a line of it."""

from collections.abc import Iterator

from xiaoer.intake.chat import clean_nick, documents, json_head, known_buyer
from xiaoer.intake.chat.records import Record, first_text, records
from xiaoer.intake.raw import BadRow, RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.text_rows import TextRow, text_table

NAME = "top_trades"
ORDER_HEADER = (
    "order_id", "buyer", "created_at", "paid_at", "shipped_at", "finished_at", "closed_at", "status", "amount_payable",
    "amount_paid", "postage", "item_count", "payment", "is_deposit", "buyer_note", "seller_note",
)  # fmt: skip
LINE_HEADER = ("order_id", "line_id", "product_id", "title", "sku", "quantity", "unit_price", "amount_paid")
ONLY_THE_DEPOSIT_IS_PAID = "FRONT_PAID_FINAL_NOPAID"


def recognises(source: Source) -> bool:
    """Return whether the content has trades with their own and their buyer's names."""
    keys = json_head(source)
    return {"tid", "created", "payment"} <= keys and bool(keys & {"buyer_nick", "buyer_open_uid", "orders"})


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the table of orders, then that of their lines."""
    yield text_table(NAME, source, header=ORDER_HEADER, rows=_orders(source))
    yield text_table(NAME, source, header=LINE_HEADER, rows=_lines(source))


def _trades(source: Source) -> Iterator[tuple[int, Record] | BadRow]:
    for each in documents(source):
        if isinstance(each, BadRow):
            yield each
            continue
        for record, _ in records(each[1], "tid", "created"):
            yield each[0], record


def _orders(source: Source) -> Iterator[TextRow | BadRow]:
    for each in _trades(source):
        yield each if isinstance(each, BadRow) else TextRow(each[0], _order(each[1]))


def _lines(source: Source) -> Iterator[TextRow | BadRow]:
    for each in _trades(source):
        if isinstance(each, BadRow):
            continue  # said with the orders
        line, trade = each
        for part in _parts(trade):
            yield TextRow(line, _part(trade, part))


def _parts(trade: Record) -> list[Record]:
    found = trade.get("orders")
    if isinstance(found, dict):
        found = found.get("order")
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []


def _order(trade: Record) -> tuple[str | None, ...]:
    status = first_text(trade, "status") or ""
    ended = first_text(trade, "end_time")
    paid_at = first_text(trade, "pay_time")
    payable = first_text(trade, "payment")
    deposit = _is_deposit(trade)
    paid = first_text(trade, "step_paid_fee") if deposit else payable if paid_at else "0.00"
    cash = first_text(trade, "type") == "cod"
    return (
        first_text(trade, "tid"),
        known_buyer(clean_nick(first_text(trade, "buyer_nick") or ""), first_text(trade, "buyer_open_uid")),
        first_text(trade, "created"),
        paid_at,
        first_text(trade, "consign_time"),
        None if status.startswith("TRADE_CLOSED") else ended,
        ended if status.startswith("TRADE_CLOSED") else None,
        status or None,
        payable,
        paid,
        first_text(trade, "post_fee"),
        _item_count(trade),
        "cod" if cash else "online",
        "true" if deposit else "false",
        first_text(trade, "buyer_message"),
        first_text(trade, "seller_memo"),
    )


def _is_deposit(trade: Record) -> bool:
    return first_text(trade, "step_trade_status") == ONLY_THE_DEPOSIT_IS_PAID


def _item_count(trade: Record) -> str | None:
    """The trade's own number means nothing when it has several orders; theirs add up."""
    counts = [first_text(part, "num") or "" for part in _parts(trade)]
    if counts and all(count.isdecimal() and len(count) < 10 for count in counts):
        return str(sum(int(count) for count in counts))
    return first_text(trade, "num")


def _part(trade: Record, part: Record) -> tuple[str | None, ...]:
    amount = first_text(part, "divide_order_fee", "payment") if first_text(trade, "pay_time") else "0.00"
    if _is_deposit(trade):
        amount = None  # how a deposit spreads over the lines is not said
    return (
        first_text(trade, "tid"),
        first_text(part, "oid"),
        first_text(part, "num_iid"),
        first_text(part, "title"),
        first_text(part, "sku_properties_name"),
        first_text(part, "num"),
        first_text(part, "price"),
        amount,
    )


READER = Reader(recognises, read)
