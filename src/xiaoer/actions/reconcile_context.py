"""What a reconciliation is about and what came of it."""

from dataclasses import dataclass

from xiaoer.actions.import_files import ImportOutcome
from xiaoer.actions.shop_data import ShopData
from xiaoer.metrics import Request
from xiaoer.reconcile.compare import Comparison


@dataclass(frozen=True)
class Reconciled:
    """A report beside ours: `said_policy` is the one the report names, `beside` are accounts it does not list."""

    data: ShopData
    file: str
    kept: ImportOutcome
    request: Request
    said_policy: str | None
    comparison: Comparison
    beside: tuple[str, ...]
