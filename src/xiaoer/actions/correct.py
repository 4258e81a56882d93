"""Correct what was counted wrongly: an order's credit, a test order, a contact; withdraw a correction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date
from pathlib import Path

from xiaoer.actions.shop_data import ShopData, account_named, open_home, open_shops
from xiaoer.base.corrections import Correction, CorrectionKind
from xiaoer.base.days import Period, parse_day
from xiaoer.base.environment import user_name
from xiaoer.base.errors import ReportableError
from xiaoer.base.steps import Step
from xiaoer.facts.relations import Scope, relations_for
from xiaoer.metrics.literal import sql_literal

Original = Mapping[str, str | None]
Accounts = list[str]


@dataclass(frozen=True)
class Given:
    """Why something is corrected, by whom (without a name: the user of this computer), in which shop."""

    reason: str
    author: str | None = None
    shop: str | None = None


@dataclass(frozen=True)
class ContactAsk:
    """Which contact, as the reader wrote it: the buyer's whole name, the account, the local day."""

    buyer: str
    agent: str
    day: str


def correct_order(
    home: Path, order_id: str, given: Given, *, agent: str | None = None, nobody: bool = False, test: bool = False
) -> Correction:
    """Write who an order is credited to, or that it is a test; a ReportableError says why it can not be written."""
    _one_of(agent is not None, nobody, test, near="--agent, --nobody, --test")
    author, reason = _signed(given)
    with open_shops(home, given.shop) as data:
        shop, days = _order_found(data, order_id)
        original, accounts = _order_as_imported(data, shop, order_id, days)
        made = _blank(shop, CorrectionKind.TEST_ORDER if test else CorrectionKind.ORDER_AGENT, author, reason, original)
        value = account_named(agent, accounts) if agent is not None else None
        return data.store.correct(replace(made, order_id=order_id, value=value))


def correct_contact(
    home: Path, ask: ContactAsk, given: Given, *, handled_by: str | None = None, spam: bool = False, keep: bool = False
) -> Correction:
    """Write that a contact is spam, counts, or was another's; a ReportableError says why it can not be written."""
    _one_of(handled_by is not None, spam, keep, near="--spam, --keep, --handled-by")
    author, reason = _signed(given)
    day = parse_day(ask.day, name="--day")
    kind = (
        CorrectionKind.SPAM_CONTACT if spam else CorrectionKind.KEEP_CONTACT if keep else CorrectionKind.CONTACT_AGENT
    )
    with open_shops(home, given.shop) as data:
        shop, agent, original, accounts = _contact_found(data, ask, day)
        value = account_named(handled_by, accounts) if handled_by is not None else None
        made = _blank(shop, kind, author, reason, original)
        return data.store.correct(replace(made, buyer=ask.buyer, agent=agent, day=day, value=value))


def withdraw_correction(home: Path, number: int) -> Correction:
    """Take a correction out of force and return it; a ReportableError says when there is none to withdraw."""
    with open_home(home) as store:
        return store.withdraw(number)


def _blank(shop: str, kind: CorrectionKind, author: str, reason: str, original: Original) -> Correction:
    """Return a correction that the log has not numbered yet."""
    return Correction(id=0, seq=0, at="", shop=shop, kind=kind, author=author, reason=reason, original=original)


def _one_of(*chosen: bool, near: str) -> None:
    if sum(chosen) != 1:
        raise ReportableError.of("correction.one_decision", values={"near": near})


def _signed(given: Given) -> tuple[str, str]:
    """Return author and reason; a correction without either would be worth nothing later."""
    reason = " ".join(given.reason.split())
    author = " ".join((given.author if given.author is not None else user_name() or "").split())
    if not reason:
        raise ReportableError.of("correction.missing_reason")
    if not author:
        raise ReportableError.of("correction.missing_author")
    return author, reason


def _order_found(data: ShopData, order_id: str) -> tuple[str, Period]:
    """Return the shop of an order and the local days from its creation to its payment."""
    orders = data.store.current(data.snapshot, "orders", shops=data.shops)
    found = [row for row in orders.select(["shop", "order_id", "created_at", "paid_at"]).to_pylist()
             if row["order_id"] == order_id]  # fmt: skip
    if not found:
        raise ReportableError.of("correction.unknown_order")
    shop = _only_shop([row["shop"] for row in found])
    clock = data.snapshot.settings_of(shop).clock
    instants = [found[0][name] for name in ("created_at", "paid_at") if found[0][name] is not None]
    days = [clock.local_day(at.replace(tzinfo=UTC)) for at in instants]
    return shop, Period(min(days), max(days))


def _only_shop(shops: list[str]) -> str:
    if len(set(shops)) > 1:
        raise ReportableError.of("cli.which_shop", values={"shops": ", ".join(sorted(set(shops)))})
    return shops[0]


def _order_as_imported(data: ShopData, shop: str, order_id: str, days: Period) -> tuple[Original, Accounts]:
    """Return who an order is credited to without any correction, and the accounts it could be credited to."""
    scope = Scope((shop,), days, data.snapshot.settings_of(shop).on(days.last).text("credit_policy"))
    with relations_for(data.store, replace(data.snapshot, corrections=()), scope) as engine:
        sql = f"SELECT order_agent, payment_agent FROM created_order WHERE order_id = {sql_literal(order_id)}"
        original = engine.query([Step("credit", sql)]).to_pylist()[0]
    return original, _accounts(data, shop)


def _accounts(data: ShopData, shop: str) -> Accounts:
    """Return every account of a shop, seen in its messages or listed."""
    slices = data.store.slices(data.snapshot, shop, first=date.min, last=date.max)
    listed = data.store.current(data.snapshot, "agents", shops=[shop])["agent"].to_pylist()
    return sorted({*listed, *(account for part in slices for account in part.accounts)})


def _contact_found(data: ShopData, ask: ContactAsk, day: date) -> tuple[str, str, Original, Accounts]:
    """Return shop, account, what the contact was as imported (else: as corrected by now), and the shop's accounts."""
    every = {shop: _accounts(data, shop) for shop in data.shops}
    agent = account_named(ask.agent, sorted({account for accounts in every.values() for account in accounts}))
    sql = (
        f"SELECT shop, agent, filter_reason FROM contact WHERE buyer = {sql_literal(ask.buyer)} "
        f"AND agent = {sql_literal(agent)} AND day = {sql_literal(day)}"
    )
    for snapshot in (replace(data.snapshot, corrections=()), data.snapshot):
        with relations_for(data.store, snapshot, Scope(data.shops, Period(day, day), "order_first")) as engine:
            found = engine.query([Step("found", sql)]).to_pylist()
        if found:
            shop = _only_shop([row["shop"] for row in found])
            return shop, agent, {"agent": agent, "filter_reason": found[0]["filter_reason"]}, every[shop]
    raise ReportableError.of("correction.unknown_contact", values={"day": str(day), "agent": agent})
