"""The small language of schemes: sums and conditions over named values, read by our own grammar; nothing is run."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from xiaoer.appraisal.exact import EXACT, HUNDRED, settled
from xiaoer.base.errors import ReportableError

Value = Decimal | None
Values = Mapping[str, Value]
Compute = Callable[[Values], Any]  # a Decimal, a bool, or None where something is unknown

LONGEST, DEEPEST = 300, 20
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?%?)|(?P<name>[a-z_][a-z0-9_]*)|(?P<sign><=|>=|==|!=|[-+*/(),<>]))", re.ASCII
)
_SAME = str.maketrans("×÷（），＋－＜＞％≥≤", "*/(),+-<>%\x01\x02")
FUNCTIONS: Mapping[str, tuple[int, int]] = {"min": (2, 9), "max": (2, 9), "abs": (1, 1)}
_WORDS = frozenset({"and", "or", "not", "if", "else", *FUNCTIONS})


@dataclass(frozen=True)
class Expression:
    """A checked expression: the names it uses, whether it is a condition, and what computes it.

    It is None where a value that it needs is unknown, or where it would divide by nothing.
    """

    text: str
    names: tuple[str, ...]
    condition: bool
    compute: Compute


@lru_cache(maxsize=4096)
def read_expression(text: str) -> Expression:
    """Return the expression of a text; a ReportableError says at which character it stops making sense, and why."""
    if len(text) > LONGEST:
        raise ReportableError.of("appraisal.expression_long", values={"most": LONGEST})
    reader = _Reader(text)
    made = reader.choice()
    if reader.sign is not None:
        raise reader.wrong()
    return Expression(text.strip(), tuple(dict.fromkeys(reader.names)), made.condition, made.compute)


@dataclass(frozen=True)
class _Part:
    compute: Compute
    condition: bool = False


class _Reader:
    """Reads from left to right; each method takes what binds tighter than the one above it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: list[str] = []
        self.depth = 0
        self._tokens = list(_tokens(text))
        self._at = 0

    @property
    def sign(self) -> str | None:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else None

    def wrong(self) -> ReportableError:
        found, place = self._tokens[self._at] if self._at < len(self._tokens) else ("", len(self.text) + 1)
        if not found:
            return ReportableError.of("appraisal.expression_ends", values={"text": self.text[:60]})
        values: dict[str, str | int] = {"text": self.text[:60], "found": found[:20], "place": place}
        return ReportableError.of("appraisal.expression_sign", values=values)

    def take(self, *signs: str) -> str | None:
        found = self.sign
        if found is None or (signs and found not in signs):
            return None
        self._at += 1
        return found

    def must(self, sign: str) -> None:
        if self.take(sign) is None:
            raise self.wrong()

    def choice(self) -> _Part:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ReportableError.of("appraisal.expression_long", values={"most": LONGEST})
        made = self.any_of()
        if self.take("if"):
            asked = self._condition(self.any_of())
            self.must("else")
            other = self.choice()
            made = _Part(_chosen(asked.compute, self._number(made).compute, self._number(other).compute))
        self.depth -= 1
        return made

    def any_of(self) -> _Part:
        made = self.all_of()
        while self.take("or"):
            made = _Part(_either(self._condition(made).compute, self._condition(self.all_of()).compute, True), True)
        return made

    def all_of(self) -> _Part:
        made = self.denied()
        while self.take("and"):
            made = _Part(_either(self._condition(made).compute, self._condition(self.denied()).compute, False), True)
        return made

    def denied(self) -> _Part:
        if self.take("not"):
            inner = self._condition(self.denied()).compute
            return _Part(lambda values: None if (found := inner(values)) is None else not found, True)
        return self.compared()

    def compared(self) -> _Part:
        left = self.added()
        sign = self.take("<=", ">=", "==", "!=", "<", ">")
        if sign is None:
            return left
        right = self.added()
        if self.sign in ("<=", ">=", "==", "!=", "<", ">"):
            raise self.wrong()
        return _Part(_compared(sign, self._number(left).compute, self._number(right).compute), True)

    def added(self) -> _Part:
        made = self.multiplied()
        while sign := self.take("+", "-"):
            made = self._joined(sign, made, self.multiplied())
        return made

    def multiplied(self) -> _Part:
        made = self.signed()
        while sign := self.take("*", "/"):
            made = self._joined(sign, made, self.signed())
        return made

    def signed(self) -> _Part:
        if self.take("-"):
            self.depth += 1
            if self.depth > DEEPEST:
                raise self.wrong()
            inner = self._number(self.signed()).compute
            self.depth -= 1
            return _Part(lambda values: None if (found := inner(values)) is None else -found)
        return self.single()

    def single(self) -> _Part:
        if self.take("("):
            made = self.choice()
            self.must(")")
            return made
        found = self.sign
        if found is None or not (found[0].isdigit() or found[0].isalpha() or found[0] == "_"):
            raise self.wrong()
        if found[0].isdigit():
            self._at += 1
            number = Decimal(found.removesuffix("%"))
            constant = number / HUNDRED if found.endswith("%") else number
            return _Part(lambda values: constant)
        if found in FUNCTIONS:
            return self._called(found)
        if found in _WORDS:
            raise self.wrong()
        self._at += 1
        self.names.append(found)
        return _Part(lambda values: values[found])

    def _called(self, name: str) -> _Part:
        self._at += 1
        self.must("(")
        parts = [self._number(self.choice()).compute]
        while self.take(","):
            parts.append(self._number(self.choice()).compute)
        fewest, most = FUNCTIONS[name]
        if not fewest <= len(parts) <= most:
            raise self.wrong()
        self.must(")")
        if name == "abs":
            return _Part(lambda values: None if (found := parts[0](values)) is None else abs(found))
        pick: Callable[[list[Decimal]], Decimal] = min if name == "min" else max
        return _Part(lambda values: None if None in (found := [part(values) for part in parts]) else pick(found))

    def _joined(self, sign: str, left: _Part, right: _Part) -> _Part:
        return _Part(_arithmetic(sign, self._number(left).compute, self._number(right).compute))

    def _number(self, part: _Part) -> _Part:
        return part if not part.condition else self._other_kind("appraisal.expression_number")

    def _condition(self, part: _Part) -> _Part:
        return part if part.condition else self._other_kind("appraisal.expression_condition")

    def _other_kind(self, code: str) -> _Part:
        raise ReportableError.of(code, values={"text": self.text[:60]})


def _tokens(text: str) -> list[tuple[str, int]]:
    plain = text.translate(_SAME).replace("\x01", ">=").replace("\x02", "<=").rstrip()
    found, at = [], 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None:
            place = at + len(plain[at:]) - len(plain[at:].lstrip())
            values: dict[str, str | int] = {"text": text[:60], "found": plain[place], "place": place + 1}
            raise ReportableError.of("appraisal.expression_sign", values=values)
        group = match.lastgroup or "sign"
        found.append((match[group], match.start(group) + 1))
        at = match.end()
    return found


def _chosen(asked: Compute, yes: Compute, no: Compute) -> Compute:
    def compute(values: Values) -> Value:
        found = asked(values)
        return None if found is None else yes(values) if found else no(values)

    return compute


def _either(left: Compute, right: Compute, decides: bool) -> Compute:
    """Return `or` (True decides) or `and` (False does); one that is unknown leaves it open."""

    def compute(values: Values) -> bool | None:
        found = (left(values), right(values))
        if decides in found:
            return decides
        return None if None in found else not decides

    return compute


_COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def _compared(sign: str, left: Compute, right: Compute) -> Compute:
    holds = _COMPARED[sign]

    def compute(values: Values) -> bool | None:
        one, other = left(values), right(values)
        return None if one is None or other is None else bool(holds(settled(one), settled(other)))

    return compute


_ARITHMETIC: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply, "/": EXACT.divide,
}  # fmt: skip


def _arithmetic(sign: str, left: Compute, right: Compute) -> Compute:
    join, divides = _ARITHMETIC[sign], sign == "/"

    def compute(values: Values) -> Value:
        one, other = left(values), right(values)
        if one is None or other is None or (divides and not other):
            return None
        return join(one, other)

    return compute
