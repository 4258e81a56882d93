"""YAML read as text: no silent booleans, dates or floats; a key written twice is an issue with its line."""

from pathlib import Path
from typing import Any

import yaml

from xiaoer.base.issues import Issue, Place, Severity

Text = str | list["Text"] | dict[str, "Text"]


class _TextLoader(yaml.CBaseLoader):
    """CBaseLoader gives every scalar as str, ten times faster than BaseLoader; this one also collects repeated keys."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeated: list[tuple[str, int]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                self.repeated.append((str(key.value), key.start_mark.line + 1))
            seen.add(key.value)
        return dict(super().construct_mapping(node, deep=deep))


def read_yaml(path: Path) -> tuple[Text | None, list[Issue]]:
    """Return the document (strings, lists and dicts only) and its issues; None when it can not be parsed."""
    try:
        loader = _TextLoader(path.read_text(encoding="utf-8"))
        try:
            content = loader.get_single_data()
        finally:
            loader.dispose()
    except UnicodeDecodeError:
        return None, [Issue("catalog.not_utf8", Severity.ERROR, Place(file=str(path)))]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problem = str(getattr(error, "problem", None) or "syntax")
        return None, [Issue("catalog.not_yaml", Severity.ERROR, Place(str(path), line=line), {"problem": problem})]
    issues = [
        Issue("catalog.key_twice", Severity.ERROR, Place(str(path), line=line), {"key": key})
        for key, line in loader.repeated
    ]
    return content, issues
