"""Figures of ratings by where they came from: all, invited by the agent, the buyer's own."""

from collections.abc import Callable
from fractions import Fraction

from tests.reference.figures import Figure, Slice, Value, ratio
from tests.reference.reception_figures import received
from tests.reference.service_figures import is_rated
from tests.reference.shop import Row

ORIGINS = {"": None, "agent_invited_": "agent", "own_": "buyer"}
LEVELS = {"very_satisfied": 5, "satisfied": 4, "neutral": 3, "dissatisfied": 2, "very_dissatisfied": 1}


def _asked_by(row: Row) -> str:
    source: str | None = row.get("source")
    return source or ("agent" if row.get("invited_at") is not None else "buyer")


def _of(rows: Slice, origin: str | None) -> list[Row]:
    return [row for row in rows.all("rating") if origin in (None, _asked_by(row))]


def _scores(ratings: list[Row]) -> list[Fraction]:
    return [Fraction(row["score"]) for row in ratings if row.get("score") is not None]


def _invited(ratings: list[Row]) -> int:
    return sum(row.get("invited_at") is not None for row in ratings)


def _count(origin: str | None, holds: Callable[[Row], bool]) -> Figure:
    return lambda rows: sum(map(holds, _of(rows, origin)))


def _level(origin: str | None, level: int) -> Figure:
    # Half points belong to the level below; the lowest level takes everything under 2.
    return lambda rows: sum(max(int(score), 1) == level for score in _scores(_of(rows, origin)))


def _share(origin: str | None, holds: Callable[[Fraction], bool]) -> Figure:
    def share(rows: Slice) -> Value:
        scores = _scores(_of(rows, origin))
        return ratio(sum(map(holds, scores)), len(scores))

    return share


def _degree(origin: str | None) -> Figure:
    def mean(rows: Slice) -> Value:
        scores = _scores(_of(rows, origin))
        return ratio(sum(scores, Fraction(0)), len(scores))

    return mean


def _by_origin(prefix: str, origin: str | None) -> dict[str, Figure]:
    return {
        f"{prefix}ratings_sent": lambda rows: _invited(_of(rows, origin)),
        f"{prefix}ratings_received": _count(origin, is_rated),
        **{f"{prefix}{name}_ratings": _level(origin, level) for name, level in LEVELS.items()},
        f"{prefix}service_degree": _degree(origin),
        f"{prefix}dissatisfied_share": _share(origin, lambda score: score < 3),
        f"{prefix}satisfied_share": _share(origin, lambda score: score >= 4),
    }


def _returned(rows: Slice) -> Value:
    ratings = _of(rows, "agent")
    came = sum(row.get("invited_at") is not None and is_rated(row) for row in ratings)
    return ratio(came, _invited(ratings))


def _kuaishou_good(rows: Slice) -> Value:
    scores = [
        one.what["score"]
        for one in rows.facts["rating"]
        if one.agent is not None
        and one.hour is not None
        and 8 <= one.hour < 23
        and one.what.get("invited_at") is not None
        and one.what.get("score") is not None
    ]
    return ratio(sum(score >= 4 for score in scores), len(scores))


def _client_scores(rows: Slice) -> list[Fraction]:
    return _scores(rows.all("client_rating"))


_ALL = {key: figure for prefix, origin in ORIGINS.items() for key, figure in _by_origin(prefix, origin).items()}
RATING: dict[str, Figure] = {
    **{key: figure for key, figure in _ALL.items() if key != "own_ratings_sent"},
    "agent_invited_rated_share": _returned,
    "agent_invited_share": lambda rows: ratio(_invited(_of(rows, "agent")), received(rows)),
    "kuaishou_good_share": _kuaishou_good,
    "client_ratings_received": lambda rows: sum(map(is_rated, rows.all("client_rating"))),
    "client_satisfied_share": lambda rows: ratio(
        sum(score >= 4 for score in _client_scores(rows)), len(_client_scores(rows))
    ),
    "client_service_degree": lambda rows: ratio(sum(_client_scores(rows), Fraction(0)), len(_client_scores(rows))),
}
