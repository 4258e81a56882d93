"""Answers that pages show, each computed once for as long as no data, setting or correction changes."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings

from xiaoer.actions.shops import days_known, last_change

MOST = 100
MOST_LARGE = 12  # an explanation holds every row behind a figure

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Question = tuple[Any, ...]


@dataclass
class _Kept:
    """Answers by question, the one least asked for lately goes first; one question is computed by one thread."""

    most: int
    answers: OrderedDict[Question, Any] = field(default_factory=OrderedDict)
    under_way: dict[Question, Lock] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


_KEPT = _Kept(MOST)
_LARGE = _Kept(MOST_LARGE)


def kept(
    compute: Callable[Concatenate[Path, Asked], Answer], *question: Asked.args, **named: Asked.kwargs
) -> Answer:  # fmt: skip
    """Return what an action answers of the site's data folder, computed unless it is at hand."""
    return _once(_KEPT, compute, question, named)


def kept_large(
    compute: Callable[Concatenate[Path, Asked], Answer], *question: Asked.args, **named: Asked.kwargs
) -> Answer:  # fmt: skip
    """Return the same as `kept`; of such answers, which are large, only few are kept."""
    return _once(_LARGE, compute, question, named)


def is_kept(compute: Callable[Concatenate[Path, Asked], Any], *question: Asked.args, **named: Asked.kwargs) -> bool:
    """Return whether an answer is at hand, so that showing it costs no time."""
    with _KEPT.lock:
        return _key(compute, question, named) in _KEPT.answers


def forget(compute: Callable[Concatenate[Path, Asked], Any], *question: Asked.args, **named: Asked.kwargs) -> None:
    """Let an answer be computed anew when it is asked for again."""
    with _KEPT.lock:
        _KEPT.answers.pop(_key(compute, question, named), None)


def last_day_known(shop: str) -> date | None:
    """Return the last day of which a shop has data; None for a shop without any."""
    runs = kept(days_known, shop)
    return runs[-1].last if runs else None


def _once(
    among: _Kept, compute: Callable[..., Answer], question: Question, named: dict[str, Any]
) -> Answer:  # fmt: skip
    key = _key(compute, question, named)
    with among.lock:
        if key in among.answers:
            among.answers.move_to_end(key)
            found: Answer = among.answers[key]
            return found
        turn = among.under_way.setdefault(key, Lock())
    with turn:
        with among.lock:
            if key in among.answers:
                found = among.answers[key]
                return found
        try:
            found = compute(settings.SITE.home, *question, **named)
            with among.lock:
                among.answers[key] = found
                if len(among.answers) > among.most:
                    among.answers.popitem(last=False)
        finally:
            with among.lock:
                among.under_way.pop(key, None)
    return found


def _key(compute: Callable[..., Any], question: Question, named: dict[str, Any]) -> Question:
    home: Path = settings.SITE.home
    return (compute, home, last_change(home), _own_catalog(home), *question, *sorted(named.items()))


def _own_catalog(home: Path) -> float:
    """Return when the shop's own catalog was last changed."""
    return max((file.stat().st_mtime for file in (home / "catalog").rglob("*.yaml")), default=0.0)
