"""The fields of a scheme's parts, read off what declares them: how each is asked for, and what it is called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from xiaoer.actions.shop_data import catalog_of
from xiaoer.appraisal.exact import Rounding
from xiaoer.appraisal.scheme import Input, Line, Parameter
from xiaoer.appraisal.steps import STEPS
from xiaoer.appraisal.steps.bands import EDGES
from xiaoer.base.catalog import Declared, Words
from xiaoer.base.language import Language


class How(StrEnum):
    """How a field is asked for."""

    TEXT = "text"
    WORDS = "words"
    CHOICE = "choice"
    NAMES = "names"
    ROWS = "rows"
    PAIRS = "pairs"
    EDGE = "edge"


@dataclass(frozen=True)
class Field:
    """One field: its key (round.to: a key within a key), what it is called, what can be chosen, what a row has."""

    key: str
    label: str
    how: How = How.TEXT
    needed: bool = False
    usual: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple["Field", ...] = ()


@dataclass(frozen=True)
class Part:
    """A kind of thing in a scheme: what it is called, why there is one, and its fields."""

    label: str
    why: str
    fields: tuple[Field, ...]


class KindWords(Declared):
    """What a kind of step is called and does."""

    label: Words
    why: Words


class FormWords(Declared):
    """What the form of a scheme calls everything: catalog/scheme_form.yaml."""

    kinds: dict[str, KindWords]
    fields: dict[str, Words]
    choices: dict[str, Words]

    def of_field(self, key: str, part: str) -> Words:
        """Return what a field is called, in this part of a scheme before all."""
        return self.fields.get(f"{part}.{key}") or self.fields[key]

    def of_choice(self, choice: str, key: str) -> Words:
        """Return what a choice of a field is called."""
        return self.choices.get(f"{key}.{choice}") or self.choices[choice]


def scheme_fields(home: Path, language: Language) -> Mapping[str, Part]:
    """Return the parts of a scheme by kind: parameters, inputs, lines, and each kind of step."""
    words = catalog_of(home).load_one("scheme_form.yaml", FormWords)
    reader = _Reader(words, language)
    made = {
        name: Part("", "", (*reader.named(name), *reader.fields(model, name)))
        for name, model in (("parameters", Parameter), ("inputs", Input), ("lines", Line))
    }
    for kind, step in STEPS.items():
        said = words.kinds[kind]
        fields = tuple(one for one in reader.fields(step.spec, kind) if one.key != "kind")
        made[kind] = Part(said.label.in_language(language), said.why.in_language(language), fields)
    return made


@dataclass(frozen=True)
class _Reader:
    words: FormWords
    language: Language

    def named(self, part: str) -> Iterator[Field]:
        """Yield the field of the name of what stands in a scheme by its name."""
        if part != "lines":
            yield Field("name", self._label("name", part), needed=True)

    def fields(self, model: type[BaseModel], part: str) -> tuple[Field, ...]:
        """Return the fields of a model, those that must be given first, and what holds for any step last."""
        found = list(self._fields(model, part))
        later = {key: place for place, key in enumerate(("missing", "round.to", "round.how"), start=1)}
        return tuple(sorted(found, key=lambda one: later.get(one.key, 0)))

    def _fields(self, model: type[BaseModel], part: str) -> Iterator[Field]:
        edges = [key for key in model.model_fields if key in EDGES]
        if "gives" in model.model_fields or "rate" in model.model_fields:
            if edges:
                choices = tuple((key, self._choice(key, "edge")) for key in edges)
                yield Field("edge", self._label("edge", part), How.EDGE, needed=True, choices=choices)
        else:
            edges = []
        for key, declared in model.model_fields.items():
            if key in edges:
                continue
            plain = _plain(declared.annotation)
            if plain is Rounding:
                yield from (self._field(f"{key}.{one.key}", part, one) for one in self._fields(Rounding, key))
            else:
                usual = "" if declared.is_required() or declared.default is None else declared.default
                yield self._one(key, part, plain, needed=declared.is_required(), usual=usual)

    def _field(self, key: str, part: str, one: Field) -> Field:
        return Field(key, self._label(key, part), one.how, choices=one.choices)

    def _one(self, key: str, part: str, plain: Any, *, needed: bool, usual: Any) -> Field:  # noqa: ANN401 -- annotations
        label = self._label(key, part)
        if plain is Words:
            return Field(key, label, How.WORDS, needed)
        if isinstance(plain, type) and issubclass(plain, StrEnum):
            choices = tuple((one.value, self._choice(one.value, f"{part}.{key}")) for one in plain)
            return Field(key, label, How.CHOICE, needed, str(usual), choices)
        if plain is bool:
            choices = tuple((one, self._choice(one, key)) for one in ("true", "false"))
            return Field(key, label, How.CHOICE, needed, str(usual).lower(), choices)
        origin, within = get_origin(plain), [_plain(one) for one in get_args(plain)]
        if origin is tuple and isinstance(within[0], type) and issubclass(within[0], BaseModel):
            return Field(key, label, How.ROWS, needed, columns=tuple(self._fields(within[0], key)))
        if origin is tuple:
            return Field(key, label, How.NAMES, needed)
        if origin is dict:
            columns = (Field("key", self._label("key", key)), Field("value", self._label("value", key)))
            return Field(key, label, How.PAIRS, needed, columns=columns)
        return Field(key, label, How.TEXT, needed, "" if usual == "" else f"{usual}")

    def _label(self, key: str, part: str) -> str:
        return self.words.of_field(key, part).in_language(self.language)

    def _choice(self, choice: str, key: str) -> str:
        return self.words.of_choice(choice, key).in_language(self.language)


def _plain(annotation: Any) -> Any:  # noqa: ANN401 -- any annotation
    """Return what is declared, without the marks on it and without None."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return next(_plain(one) for one in get_args(annotation) if one is not type(None))
    return annotation
