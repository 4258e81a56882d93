"""How contacts are served: how long they take alone and side by side, how long people wait before they give up."""

from dataclasses import dataclass

from xiaoer.base.errors import ReportableError

MOST_SIDE_BY_SIDE = 20
ENDLESS_PATIENCE_SECONDS = 1e6  # a mean beyond this is no patience that anybody measured: nobody gives up


@dataclass(frozen=True)
class Work:
    """Mean handle time of a contact while its agent has 1, 2, … contacts; mean patience, None where nobody gives up."""

    handle_seconds: tuple[float, ...]
    patience_seconds: float | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.handle_seconds) <= MOST_SIDE_BY_SIDE:
            raise ReportableError.of("planning.side_by_side", values={"most": MOST_SIDE_BY_SIDE})
        if any(not 0 < seconds < float("inf") for seconds in self.handle_seconds):
            raise ReportableError.of("planning.handle_seconds")
        if self.patience_seconds is not None and not self.patience_seconds > 0:
            raise ReportableError.of("planning.patience_seconds")

    @property
    def side_by_side(self) -> int:
        """Return how many contacts an agent has at most at once."""
        return len(self.handle_seconds)

    @property
    def giving_up_rate(self) -> float:
        """Return how many of those who wait give up per second; 0 where nobody does."""
        patience = self.patience_seconds
        return 0.0 if patience is None or patience > ENDLESS_PATIENCE_SECONDS else 1 / patience
