"""The catalog: declared content (tables, settings, platforms, metrics …), the shop's own folder laid over ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.near_names import near_names
from xiaoer.base.text_yaml import read_yaml
from xiaoer.base.yaml_lines import line_of

Thing = TypeVar("Thing", bound=BaseModel)

OUR_CATALOG = Path(__file__).resolve().parent.parent / "catalog"
SHORT = "too_short"


class Declared(BaseModel):
    """Base of every declared thing: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Words(Declared):
    """One text in both languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the text in the language asked for; anything but "en" is Chinese."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True)
class Catalog:
    """Folders of declared content; a file in a later folder replaces the file of the same place in an earlier one."""

    folders: tuple[Path, ...] = (OUR_CATALOG,)

    def files(self, kind: str) -> dict[str, Path]:
        """Return the YAML files below `kind`, by file stem (the declared thing's name), names ascending."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            found |= {path.stem: path for path in (folder / kind).rglob("*.yaml")}
        return dict(sorted(found.items()))

    def load(self, kind: str, model: type[Thing]) -> dict[str, Thing]:
        """Return every thing below `kind` by name; a ReportableError lists all issues of all files at once."""
        things: dict[str, Thing] = {}
        issues: list[Issue] = []
        for name, path in self.files(kind).items():
            thing, found = load_file(path, model)
            issues += found
            if thing is not None:
                things[name] = thing
        if issues:
            raise ReportableError(issues)
        return things

    def load_one(self, file: str, model: type[Thing]) -> Thing:
        """Return the thing of one file such as "settings.yaml", the last folder that has it winning."""
        path = [folder / file for folder in self.folders if (folder / file).exists()][-1]
        thing, issues = load_file(path, model)
        if thing is None or issues:
            raise ReportableError(issues)
        return thing


def load_file(path: Path, model: type[Thing]) -> tuple[Thing | None, list[Issue]]:
    """Return the declared thing of one YAML file, or None, and every issue found in it."""
    content, issues = read_yaml(path)
    if content is None or issues:
        return None, issues
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        return None, [_issue_of(detail, path=path, model=model) for detail in _causes(error.errors())]


def _causes(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out that a list is too short where its faulty items were not counted."""
    faulty = [one["loc"] for one in details if one["type"] != SHORT]
    return [one for one in details if one["type"] != SHORT or not any(_within(place, one["loc"]) for place in faulty)]


def _within(place: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer


def _issue_of(detail: ErrorDetails, *, path: Path, model: type[BaseModel]) -> Issue:
    where = ".".join(str(part) for part in detail["loc"])
    place = Place(str(path), line=line_of(path, detail["loc"]), column=where)
    if detail["type"] == "extra_forbidden":
        near = near_names(str(detail["loc"][-1]), keys_of(model))
        return Issue("catalog.unknown_key", Severity.ERROR, place, {"key": where, "near": ", ".join(near) or "–"})
    if detail["type"] == "missing":
        return Issue("catalog.missing_key", Severity.ERROR, place, {"key": where})
    return Issue("catalog.bad_value", Severity.ERROR, place, {"key": where, "problem": str(detail["msg"])})


def keys_of(model: type[BaseModel], seen: frozenset[type] = frozenset()) -> set[str]:
    """Return the field names of a model and of the models inside it: what a mistyped key may have meant."""
    keys: set[str] = set()
    for name, field in model.model_fields.items():
        keys.add(field.alias or name)
        for inner in _models_in(field.annotation):
            if inner not in seen:
                keys |= keys_of(inner, seen | {model, inner})
    return keys


def _models_in(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401 -- a type annotation can be anything
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
