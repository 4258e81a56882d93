"""Platform rules as dated content: what holds from which day, put into the SQL of a metric, and said in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from xiaoer.base.days import MICROS_PER_SECOND
from xiaoer.metrics.metric import Aggregate, Metric, Ratio, Rule

# What stands in braces in an expression, and what a rule has for it.
PLACES = ("within_micros", "cap_micros", "first_hour", "last_hour")


def with_rules(metric: Metric) -> Metric:
    """Return the metric with each name in braces replaced by the value of the rule that holds on the row's day.

    The first rule also holds before its date, so a figure of the past is never lost.
    """
    if not metric.rules:
        return metric
    values = {"{" + name + "}": by_day(metric.rules, name) for name in PLACES}
    changed: dict[str, object] = {}
    if metric.value is not None:
        changed["value"] = _filled(metric.value, values)
    if metric.ratio is not None:
        changed["ratio"] = Ratio(
            numerator=_filled(metric.ratio.numerator, values), denominator=_filled(metric.ratio.denominator, values)
        )
    return metric.model_copy(update=changed)


def by_day(rules: Sequence[Rule], name: str) -> str:
    """Return the SQL of a rule's value by day; NULL where a rule has none."""
    ordered = sorted(rules, key=lambda rule: rule.from_)
    first, *later = ordered
    cases = [f"WHEN day >= DATE '{rule.from_}' THEN {_value(rule, name)}" for rule in reversed(later)]
    if len({_value(rule, name) for rule in ordered}) == 1:
        return _value(first, name)
    return f"(CASE {' '.join(cases)} ELSE {_value(first, name)} END)"


def rule_on(rules: Sequence[Rule], day: date) -> Rule:
    """Return the rule that holds on a day: the latest that has begun, else the first."""
    begun = [rule for rule in rules if rule.from_ <= day]
    return max(begun, key=lambda rule: rule.from_) if begun else min(rules, key=lambda rule: rule.from_)


def rule_lines(metric: Metric, language: str) -> list[str]:
    """Return each rule of a metric in words, newest first; empty when no platform's rule is behind it."""
    newest_first = sorted(metric.rules, key=lambda rule: rule.from_, reverse=True)
    separator = "；" if language != "en" else "; "
    return [separator.join(_said(rule, language)) for rule in newest_first]


def _filled(part: Aggregate | str, values: Mapping[str, str]) -> Aggregate | str:
    if isinstance(part, str):
        return part
    texts = {name: getattr(part, name) for name in ("where", "every", "sum", "max", "min")}
    return part.model_copy(update={name: _with(text, values) for name, text in texts.items() if text is not None})


def _with(text: str, values: Mapping[str, str]) -> str:
    for name, sql in values.items():
        text = text.replace(name, sql)
    return text


def _value(rule: Rule, name: str) -> str:
    match name:
        case "within_micros":
            value = None if rule.within_seconds is None else rule.within_seconds * MICROS_PER_SECOND
        case "cap_micros":
            value = None if rule.cap_seconds is None else rule.cap_seconds * MICROS_PER_SECOND
        case "first_hour":
            value = rule.hours[0]
        case _:
            value = rule.hours[1] - 1
    return "NULL" if value is None else str(value)


def _said(rule: Rule, language: str) -> Iterator[str]:
    en = language == "en"
    yield f"from {rule.from_}" if en else f"{rule.from_} 起"
    yield f"hours {rule.hours[0]}:00–{rule.hours[1]}:00" if en else f"时段 {rule.hours[0]}:00–{rule.hours[1]}:00"
    yield f"counted by {rule.unit.value}" if en else f"按{_UNITS[rule.unit.value]}计"
    if rule.within_seconds is not None:
        yield f"within {rule.within_seconds} s" if en else f"{rule.within_seconds} 秒内"
    if rule.cap_seconds is not None:
        yield f"waits count as at most {rule.cap_seconds} s" if en else f"等待最多按 {rule.cap_seconds} 秒计"
    if rule.at_least is not None:
        yield f"at least {_percent(rule.at_least)}" if en else f"要求不低于 {_percent(rule.at_least)}"
    if rule.at_most_seconds is not None:
        yield f"at most {rule.at_most_seconds} s" if en else f"要求不超过 {rule.at_most_seconds} 秒"
    if rule.leaves_out is not None:
        yield f"{'leaves out' if en else '不计'}{' ' if en else ''}{rule.leaves_out.in_language(language)}"
    yield f"{'source' if en else '来源'} {rule.grade.value}{': ' if en else '：'}{rule.source.in_language(language)}"


_UNITS = {"round": "回合", "person": "人", "session": "会话", "message": "消息"}


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f} %"
